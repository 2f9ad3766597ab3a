"""The agreement as data: canonical, no more of people than the PDF shows, and as the published schema says (D16)."""

import json
import random
import re
from copy import deepcopy
from pathlib import Path

import jsonschema
import pytest
import rfc8785

from aftaler import actions
from aftaler.actions.genindlaesning import genindlaes_aftale
from aftaler.data import aftale_json
from aftaler.datafil import laes_data
from aftaler.demo import lav_demo
from aftaler.indhold import SKEMA, pak, som_data
from aftaler.models import Aftale, Dokument, Godkendelse
from aftaler.papir import data_til, som_html
from aftaler.skema import fejl_i, skemaet
from samarbejde import tid
from samarbejde.demo import EKSEMPEL
from samarbejde.importer import indlaes
from samarbejde.models import Person
from tests.aftaler import byg
from tests.aftaler.test_genindlaesning import fuld, glem_alle_aftaler
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
MAPPE = Path("static/skema")


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def dokument(v):
    return fuld(v).dokumenter.get()


def i_skemaet(data):
    return jsonschema.Draft202012Validator(skemaet()).is_valid(data)


def test_samme_dokument_giver_samme_kanoniske_bytes(dokument):
    foerste = aftale_json(dokument)
    with tid.frys(tid.nu().replace(year=2031)):
        assert aftale_json(Dokument.objects.get(pk=dokument.pk)) == foerste
    assert rfc8785.dumps(json.loads(foerste)) == foerste


def test_indholdet_er_ordret_det_der_blev_godkendt_og_ikke_raekkerne(dokument):
    Aftale.objects.update(behov="Rettet bagom ryggen på alle")
    dokument.aftale.maal.all().delete()
    data = json.loads(aftale_json(dokument))
    assert rfc8785.dumps(data["indhold"]).decode() == dokument.indhold.json
    assert data["aftryk"] == dokument.indhold_id


def test_intet_om_personer_ud_over_hvad_dokumentet_viser(dokument):
    """Names and titles of those who approved; no address, no code, and nobody else."""
    tekst = aftale_json(dokument).decode()
    assert "@" not in tekst
    godkendere = {part["godkendelse"]["navn"] for part in json.loads(tekst)["parter"]}
    andre = set(Person.objects.values_list("navn", flat=True)) - godkendere
    assert [navn for navn in andre if navn in tekst] == []


def test_en_godkendelse_af_en_tidligere_tekst_staar_der_ikke(v):
    """S17: a party that approved another text and then left has not approved this one."""
    aftale = byg.indgaaet(v)
    dokument, part = aftale.dokumenter.get(), byg.part(aftale, v.center)
    assert "Carl Havn" in som_html(data_til(dokument))
    part.godkendelse.indhold = pak({"behov": "En anden tekst"})
    part.godkendelse.indhold.save()
    part.godkendelse.save()
    type(part).objects.filter(pk=part.pk).update(tilstand="udtraadt", udtraadt_den=tid.i_dag())
    fundet = next(en for en in json.loads(aftale_json(dokument))["parter"] if en["kode"] == v.center.kode)
    assert (fundet["status"], fundet["godkendelse"]) == ("udtraadt", None)
    assert "Carl Havn" not in som_html(data_til(dokument))


def test_antal_opslag_er_det_samme_for_faa_og_mange(v, django_assert_num_queries):
    """The agreement, its parties, and the names of those who answer: for four parties and two goals, or for one."""
    dokument = Dokument.objects.select_related("indhold").get(pk=fuld(v).dokumenter.get().pk)
    with django_assert_num_queries(3):
        aftale_json(dokument)
    dokument.aftale.parter.exclude(enhed=v.skole).update(godkendelse=None, tilstand="afventer")
    Godkendelse.objects.exclude(part__enhed=v.skole).delete()
    dokument.aftale.parter.exclude(enhed=v.skole).delete()
    with django_assert_num_queries(3):
        aftale_json(dokument)


# --- the published schema ----------------------------------------------------------------------------------------
def test_skemaet_er_gyldigt_og_hedder_som_udgaven():
    """A new SKEMA without a file of its own fails here and wherever data is read."""
    navn = f"{SKEMA.replace('/', '-')}.json"
    assert (MAPPE / navn).is_file()
    jsonschema.Draft202012Validator.check_schema(skemaet())
    assert skemaet()["$id"] == navn
    assert skemaet()["properties"]["skema"]["const"] == SKEMA
    assert skemaet()["$defs"]["indhold"]["properties"]["skema"]["const"] == SKEMA


def test_hvert_felt_er_beskrevet_paa_dansk():
    def felter(skema):
        for navn, under in skema.get("properties", {}).items():
            yield navn, under
            yield from felter(under)
        if "items" in skema:
            yield from felter(skema["items"])

    alle = [*felter(skemaet()), *(par for en in skemaet()["$defs"].values() for par in felter(en))]
    assert len(alle) > 50
    assert [navn for navn, felt in alle if not felt.get("description") and "$ref" not in felt] == []


def test_skemaet_kan_hentes_paa_sin_adresse(client, settings):
    from django.contrib.staticfiles import finders

    assert finders.find("skema/samarbejdsaftale-1.json")


def test_hver_indgaaet_aftale_i_demoen_foelger_skemaet_og_overlever_turen():
    indlaes(EKSEMPEL)
    lav_demo()
    dokumenter = list(Dokument.objects.select_related("indhold").order_by("pk"))
    assert len(dokumenter) > 5
    for dokument in dokumenter:
        data = json.loads(aftale_json(dokument))
        jsonschema.validate(data, skemaet())
        assert list(fejl_i(data)) == []
    foer = [aftale_json(dokument) for dokument in dokumenter]
    glem_alle_aftaler()
    for fil in foer:
        genindlaes_aftale(fil=laes_data(fil), af=None)
    assert [aftale_json(dokument) for dokument in Dokument.objects.order_by("pk")] == foer
    assert {pak(som_data(aftale)).aftryk == aftale.indhold_id for aftale in Aftale.objects.all()} == {True}


def test_koder_og_navne_med_danske_bogstaver_foelger_skemaet(v):
    """The organisation import takes them, so the schema must."""
    type(v.skole).objects.filter(pk=v.skole.pk).update(kode="Skole_Ærø-å.1", navn="Å" * 120)
    type(v.distrikt).objects.filter(pk=v.distrikt.pk).update(kode="ØST")
    data = json.loads(aftale_json(byg.indgaaet(v).dokumenter.get()))
    assert data["distrikt"]["kode"] == "ØST"
    jsonschema.validate(data, skemaet())


def steder(data, sti=()):
    yield sti
    if isinstance(data, dict | list):
        for noegle in data if isinstance(data, dict) else range(len(data)):
            yield from steder(data[noegle], (*sti, noegle))


def med(data, sti, vaerdi):
    kopi = deepcopy(data)
    if not sti:
        return vaerdi
    over = kopi
    for noegle in sti[:-1]:
        over = over[noegle]
    if vaerdi is FJERN:
        del over[sti[-1]]
    else:
        over[sti[-1]] = vaerdi
    return kopi


FJERN = object()
VAERDIER = (FJERN, None, True, 0, -1, 10**30, "", "x" * 20_000, "2026-1-1", "aaben", [], {}, [None], {"kode": "x"})


def test_vores_eget_eftersyn_doemmer_som_biblioteket(dokument):
    """Every place in a full agreement, with everything that does not belong there."""
    data = json.loads(aftale_json(dokument))
    proever = [(sti, vaerdi) for sti in steder(data) for vaerdi in VAERDIER if sti or vaerdi is not FJERN]
    for sti, vaerdi in random.Random(6).sample(proever, 600):
        proeve = med(data, sti, vaerdi)
        assert (list(fejl_i(proeve)) == []) == i_skemaet(proeve), (sti, vaerdi)


def test_dokumentets_felter_staar_i_dokumentationen():
    tekst = Path("docs/data.md").read_text(encoding="utf-8")
    assert [felt for felt in skemaet()["properties"] if not re.search(rf"`{felt}`", tekst)] == []


def test_grunde_staar_ikke_i_dokumentets_data(v):
    """Why one went on without an answer, and why a party left, is told to the parties alone."""
    aftale = byg.sendt(v)
    for enhed in (v.skole, v.kkfo, v.center):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    actions.indgaa_uden_svar(aftale=byg.frisk(aftale), af=v.skoleleder, grund="Hemmelig A")
    ude = {"enhed": v.center, "dato": tid.i_dag(), "grund": "Hemmelig B"}
    actions.lad_udtraede(aftale=byg.frisk(aftale), af=v.skoleleder, **ude)
    tekst = aftale_json(aftale.dokumenter.get()).decode()
    assert "Hemmelig" not in tekst
    assert [part["status"] for part in json.loads(tekst)["parter"]] == ["godkendt", "godkendt", "udtraadt", "aaben"]
    assert json.loads(tekst)["indgaaet_uden_svar_fra_alle"] is True
