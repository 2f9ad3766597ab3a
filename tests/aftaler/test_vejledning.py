"""Guidance beside the fields and the wording of the six areas are forvaltning's data (S12, S18, decisions 9 and 17)."""

import importlib
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from aftaler import pdf
from aftaler.actions import lav_ny_version, ret_maalomraade, ret_vejledning
from aftaler.maalomraader import Maalomraade, glem_maalomraader, maalomraader
from aftaler.models import Vejledning
from aftaler.vejledninger import NAVNE, VISION, glem_vejledninger, vejledning_til
from samarbejde.models import Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import KonfliktError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, maal_i, rod, skjulte, tekst, til_maal
from tests.data import aftryk
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
LISTE = "/aftaler/vejledning/"
OMRAADE = "/aftaler/maalomraader/3/ret/"
BEHOV = {"version": "1", "overskrift": "Behov og udfordringer", "eksempel": "", "kilde": ""}


@pytest.fixture
def v():
    yield verden()
    glem_vejledninger()
    glem_maalomraader()


def ret(v, sted="behov", *, version=1, af=None, **felter):
    nye = {"tekst": "Hvad ser I?", "eksempel": "", "kilde": "", **felter}
    return ret_vejledning(sted=sted, version=version, af=af or v.forvaltning, **nye)


def omraade(v, nummer=3, *, version=1, af=None, **felter):
    nye = {"navn": "Gode overgange", "beskrivelse": "Skift mellem tilbud.", **felter}
    return ret_maalomraade(nummer=nummer, version=version, af=af or v.forvaltning, **nye)


# --- guidance ----------------------------------------------------------------------------------------------------
def test_decision_17_every_place_has_its_row_from_the_start():
    assert set(Vejledning.objects.values_list("sted", flat=True)) == set(NAVNE)


def test_every_field_of_the_editor_shows_what_the_row_says(v):
    """Guidance, example and source: no form has a text of its own that forvaltning cannot correct."""
    for sted in set(NAVNE) - {VISION}:
        ret(v, sted, tekst=f"vejl-{sted}-her", eksempel=f"eks-{sted}-her", kilde=f"kil-{sted}-her")
    aftale = byg.tom(v)
    maal = byg.skriv_maal(aftale, v.skoleleder)
    delmaal = byg.skriv_delmaal(aftale, v.skoleleder, maal)
    under = f"{til_maal(aftale, maal.noegle)}delmaal/"
    steder = ["afsnit/behov/", "afsnit/retning/", "maal/nyt/", "parter/"]
    sider = [rod(aftale) + sted for sted in steder] + [f"{under}nyt/", f"{under}{delmaal.noegle}/aktivitet/ny/"]
    sider.append(f"{v.nabodistrikt.get_absolute_url().replace('/distrikter/', '/aftaler/')}{byg.dette_aar()}/opret/")
    sanne, nils = logget_ind(v.skoleleder), logget_ind(v.naboskoleleder)
    alt = " ".join(tekst((nils if sted.endswith("opret/") else sanne).get(sted)) for sted in sider)
    for sted in set(NAVNE) - {VISION}:
        for hvad in (f"vejl-{sted}-her", f"Fx «eks-{sted}-her».", f"Kilde: kil-{sted}-her."):
            assert hvad in alt, hvad


def test_what_is_written_is_shown_as_text_and_never_as_markup(v):
    ret(v, tekst="<script>alert(1)</script>", eksempel="<b>x</b>")
    svar = logget_ind(v.skoleleder).get(f"{rod(byg.tom(v))}afsnit/behov/").content.decode()
    assert "<script>alert" not in svar
    assert "&lt;b&gt;x&lt;/b&gt;" in svar


def test_guidance_costs_no_page_a_query(v):
    vejledning_til("behov")
    with CaptureQueriesContext(connection) as spurgt:
        for sted in NAVNE:
            vejledning_til(sted)
    assert len(spurgt) == 0


def test_a_place_that_lost_its_row_is_silent_and_can_be_written_again(v):
    Vejledning.objects.all().delete()
    glem_vejledninger()
    svar = logget_ind(v.skoleleder).get(f"{rod(byg.tom(v))}afsnit/behov/")
    assert svar.status_code == 200
    assert ret(v, version=0).version == 1
    with pytest.raises(ValidationError):
        ret(v, "ukendt", version=0)


def test_matrix_nobody_but_forvaltning_writes_the_guidance(v):
    for hvem in (v.skoleleder, v.klyngeleder, v.omraadechef, v.administrator, v.udenfor):
        with pytest.raises(IkkeTilladtError):
            ret(v, af=hvem)
        with pytest.raises(IkkeTilladtError):
            omraade(v, af=hvem)
        for sted in (LISTE, f"{LISTE}behov/ret/", OMRAADE):
            assert logget_ind(hvem).get(sted).status_code == 403
        assert "Ret vejledningen" not in tekst(logget_ind(hvem).get("/aftaler/aarshjul/"))
    assert not Haendelse.objects.filter(navn__in=["ret_vejledning", "ret_maalomraade"]).exists()


def test_forvaltning_finds_the_page_and_corrects_and_the_same_form_twice_is_once(v):
    frida = logget_ind(v.forvaltning)
    for sted in ("/forvaltning/", "/aftaler/aarshjul/"):
        assert f'href="{LISTE}"' in frida.get(sted).content.decode()
    felter = {**BEHOV, "tekst": "Hvad ser I?", "eksempel": "Børn, der venter", "kilde": "Skabelonen"}
    for _ in range(2):
        svar = frida.post(f"{LISTE}behov/ret/", felter, follow=True)
        assert "Hvad ser I?" in tekst(svar)
    assert Haendelse.objects.filter(navn="ret_vejledning").count() == 1
    assert "Vejledningen til «Behov og udfordringer» er rettet." in tekst(logget_ind(v.skoleleder).get("/haendelser/"))


def test_a_stale_form_shows_both_texts_and_keeps_ones_own_with_one_press(v):
    ret(v, tekst="Den førstes")
    frida = logget_ind(v.forvaltning)
    svar = frida.post(f"{LISTE}behov/ret/", {**BEHOV, "tekst": "Min egen"})
    assert svar.status_code == 409
    assert "Den førstes" in tekst(svar)
    assert "Min egen" in tekst(svar)
    assert frida.post(f"{LISTE}behov/ret/", skjulte(svar)).status_code == 302
    assert Vejledning.objects.get(sted="behov").tekst == "Min egen"
    with pytest.raises(KonfliktError):
        ret(v, tekst="Forældet", version=1)


def test_d12_a_personnummer_is_refused_also_here(v):
    frida = logget_ind(v.forvaltning)
    svar = frida.post(f"{LISTE}behov/ret/", {**BEHOV, "tekst": "010203-1234"})
    assert "personnumre" in tekst(svar)
    assert frida.get(f"{LISTE}ukendt/ret/").status_code == 404


# --- the vision --------------------------------------------------------------------------------------------------
def test_s18_the_vision_is_the_models_own_words_until_forvaltning_says_otherwise(v):
    tekster = importlib.import_module("aftaler.migrations.0006_vejledning").TEKSTER
    vision, _, kilde = tekster[VISION]
    assert kilde == "Samarbejdsmodellen, afsnit Indledning"
    assert aftryk.staar_i(vision, "Indledning", aftryk.laes())


def test_s18_the_vision_stands_in_the_editor_and_before_the_text_of_the_pdf(v):
    ret(v, VISION, tekst="Vi vil, at **alle** er med.", kilde="Egen kilde")
    aftale = byg.indgaaet(v)
    dokument = aftale.dokumenter.get()
    pdf.lav_dokument(dokument.pk)
    dokument.refresh_from_db()
    laest = " ".join(" ".join(side.extract_text().split()) for side in PdfReader(io.BytesIO(dokument.pdf)).pages)
    assert "Kilde: Egen kilde" in laest
    assert laest.index("Vi vil, at alle er med.") < laest.index("Mange børn skifter")
    with byg.i_aaret(2024):
        kladde = byg.tom(v)
        for afsnit in ("behov", "retning"):
            svar = logget_ind(v.paedagogiskleder).get(f"{rod(kladde)}afsnit/{afsnit}/").content.decode()
            assert "<strong>alle</strong> er med." in svar


# --- the six areas -----------------------------------------------------------------------------------------------
def test_s12_the_wording_is_corrected_everywhere_and_the_number_stands(v):
    aftale, sanne = byg.kladde(v), logget_ind(v.skoleleder)
    omraade(v)
    assert [str(et) for et in maalomraader()][2] == "3. Gode overgange"
    assert "3. Gode overgange" in tekst(sanne.get(rod(aftale)))
    svar = tekst(sanne.get(til_maal(aftale, maal_i(aftale).noegle)))
    assert "3. Gode overgange" in svar
    assert "Skift mellem tilbud." in svar
    assert [et.nummer for et in maalomraader()] == [1, 2, 3, 4, 5, 6]
    assert Haendelse.objects.get(navn="ret_maalomraade").data["felter"]["navn"] == ["Overgange", "Gode overgange"]


def test_s12_a_name_that_another_area_has_or_none_is_refused(v):
    frida = logget_ind(v.forvaltning)
    taget = Maalomraade.objects.get(pk=2).navn
    with pytest.raises(ValidationError) as fejl:
        omraade(v, navn=taget.upper())
    for navn, besked in ((taget, fejl.value.message_dict["navn"][0]), ("", "Udfyld «Målområdets navn».")):
        assert besked in tekst(frida.post(OMRAADE, {"version": "1", "navn": navn, "beskrivelse": ""}))
    assert Maalomraade.objects.get(pk=3).navn == "Overgange"
    assert frida.get("/aftaler/maalomraader/7/ret/").status_code == 404


def test_s12_the_six_are_not_deleted_in_use_and_no_seventh_comes(v):
    byg.kladde(v)
    with pytest.raises(IntegrityError), transaction.atomic():
        Maalomraade.objects.create(nummer=7, navn="Et syvende")
    assert not any(hasattr(modul, "slet_maalomraade") for modul in (importlib.import_module("aftaler.actions"),))


def test_a_stale_wording_is_refused_with_both(v):
    omraade(v)
    felter = {"version": "1", "navn": "Skift", "beskrivelse": ""}
    svar = logget_ind(v.forvaltning).post(OMRAADE, felter)
    assert svar.status_code == 409
    assert "Gode overgange" in tekst(svar)
    assert "Skift" in tekst(svar)


# --- section titles ----------------------------------------------------------------------------------------------
def test_decision_17_forvaltning_names_the_two_texts_and_every_page_follows(v):
    aftale = byg.indgaaet(v)
    frida = logget_ind(v.forvaltning)
    assert 'value="Strategisk retning"' in frida.get(f"{LISTE}retning/ret/").content.decode()
    felter = {"version": 1, "overskrift": "Vores retning i år", "tekst": "Hvad vælger I?", "eksempel": "", "kilde": ""}
    assert frida.post(f"{LISTE}retning/ret/", felter).url == LISTE
    assert "Overskrift: «Vores retning i år»" in tekst(frida.get(LISTE))
    sanne = logget_ind(v.skoleleder)
    for sted in ("", "paa-en-side/"):
        side = tekst(sanne.get(rod(aftale) + sted))
        assert "Vores retning i år" in side
        assert "Strategisk retning" not in side
    assert "Vores retning i år</h2>" in render_to_string("aftaler/dokument.html", pdf.data_til(aftale.dokumenter.get()))
    ny = byg.frisk(lav_ny_version(aftale=aftale, af=v.skoleleder, grund="Retningen."))
    assert "Vores retning i år" in tekst(sanne.get(f"{rod(ny)}afsnit/retning/"))
    byg.skriv_afsnit(ny, v.skoleleder, "retning", "En anden vej.")
    assert Haendelse.objects.filter(navn="skriv_afsnit").latest("pk").saetning == "«Vores retning i år» er rettet."


def test_decision_17_a_title_is_asked_for_where_there_is_one_and_only_there(v):
    frida = logget_ind(v.forvaltning)
    tom = {"version": 1, "overskrift": "", "tekst": "Hvad?", "eksempel": "", "kilde": ""}
    assert "Udfyld «Overskrift»." in tekst(frida.post(f"{LISTE}behov/ret/", tom))
    assert "Overskrift" not in tekst(frida.get(f"{LISTE}maal_titel/ret/"))
    ret(v, "maal_titel", overskrift="Noget andet")
    assert Vejledning.objects.get(sted="maal_titel").overskrift == ""


def test_decision_17_saving_the_title_that_is_there_is_no_change(v):
    ret(v, "behov", overskrift="Behov og udfordringer")
    assert Vejledning.objects.get(sted="behov").overskrift == ""
