"""S27, S60: what the forums work within, as data. S4: the professions. Both are kept by forvaltning."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from ressourcecenter import queries
from ressourcecenter.actions import (
    genaabn_faglighed,
    luk_faglighed,
    opret_faglighed,
    opret_rammedokument,
    ret_rammedokument,
)
from ressourcecenter.models import Rammedokument
from samarbejde import tid
from samarbejde.models import Faglighed, Haendelse, Person
from samarbejde.organisation import ret_person
from samarbejde.permissions import REGLER, Handling, IkkeTilladtError
from samarbejde.tilstande import KonfliktError
from tests.fabrik import verden
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db

REGEL = REGLER[Handling.RET_RAMMER].saetning
NYT = reverse("opret_rammedokument")
FELTER = {
    "titel": "Vejledning om Ressourcecentre",
    "aar": "2016",
    "gaelder_for": "ressourcecenter",
    "link": "https://kommune.example/vejledning.pdf",
    "fra": "2016-08-01",
    "til_og_med": "",
    "version": "",
}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def forvaltning(v, client):
    client.force_login(v.forvaltning)
    return client


def dokument(af, **felter):
    ny = {"titel": "Vejledning", "aar": 2016, "link": "", "gaelder_for": "alle", "gyldig_fra": date(2016, 8, 1)}
    return opret_rammedokument(af=af, **{**ny, "gyldig_til": None, **felter})


def titler(raekker):
    return [en.titel for en in raekker]


# --- what everybody reads ----------------------------------------------------------------------------------------
def test_s27_the_frame_of_the_source_is_there_from_the_start_for_everybody(v, client):
    """Folkeskoleloven, the ministerial order, the decision of 2012 and the guide; also for whoever has no role."""
    for hvem in (v.medarbejder, v.udenfor):
        client.force_login(hvem)
        tekst = client.get(reverse("rammedokumenter")).content.decode()
        for titel in (
            "Folkeskoleloven",
            "Bekendtgørelse om pædagogiske læringscentre",
            "beslutning om Ressourcecentre",
            "(2012)",
        ):
            assert titel in tekst
        assert "Vision, målsætninger og hovedopgaver" in tekst
        assert reverse("rammer") not in tekst


def test_s60_a_forum_shows_what_holds_for_its_kind_today_and_nothing_else(v):
    i_dag = tid.i_dag()
    dokument(v.forvaltning, titel="Kun PLC", aar=2020, gaelder_for="laeringscenter")
    dokument(v.forvaltning, titel="Kun team", aar=2021, gaelder_for="ressourceteam")
    dokument(v.forvaltning, titel="Forbi", aar=2022, gyldig_til=i_dag)
    dokument(v.forvaltning, titel="Kommer", aar=2023, gyldig_fra=i_dag + timedelta(days=1))
    rc, plc, team = forum(v.skole), forum(v.skole, Art.PLC), forum(v.klynge)
    assert "Kun PLC" not in titler(queries.rammer_for([rc]))
    assert {"Kun PLC", "Folkeskoleloven"} <= set(titler(queries.rammer_for([rc, plc])))
    assert titler(queries.rammer_for([team]))[:2] == ["Folkeskoleloven", "Kun team"]
    for fora in ([rc], [plc], [team]):
        assert not {"Forbi", "Kommer"} & set(titler(queries.rammer_for(fora)))


def test_s16_a_link_goes_out_without_saying_where_from_and_an_empty_one_is_a_title(v, client):
    """S16: nothing is fetched, so a dead link breaks no page."""
    dokument(v.forvaltning, titel="Med link", link="https://findes-ikke.example/x")
    dokument(v.forvaltning, titel="Uden <link>")
    client.force_login(v.skoleleder)
    tekst = client.get(reverse("rammedokumenter")).content.decode()
    assert '<a href="https://findes-ikke.example/x" rel="noreferrer">Med link</a> (2016)' in tekst
    assert "<li>Uden &lt;link&gt; (2016)</li>" in tekst


# --- who keeps it ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "hvem", ["skoleleder", "koordinator", "administrator", "omraadechef", "klyngeleder", "udenfor"]
)
def test_only_forvaltning_changes_what_is_common(v, client, hvem):
    af, faglighed = getattr(v, hvem), Faglighed.objects.first()
    client.force_login(af)
    for navn, pk in (("rammer", None), ("opret_rammedokument", None), ("luk_faglighed", faglighed.pk)):
        sti = reverse(navn, args=[pk] if pk else [])
        for svar in (client.get(sti), client.post(sti, FELTER)):
            assert svar.status_code in {403, 405}
            assert svar.status_code == 405 or REGEL in svar.content.decode()
    for forsoeg in (
        lambda: dokument(af),
        lambda: ret_rammedokument(dokument=Rammedokument.objects.first(), version=0, af=af, titel="X"),
        lambda: opret_faglighed(navn="astrolog", af=af),
        lambda: luk_faglighed(faglighed=faglighed, af=af),
        lambda: genaabn_faglighed(faglighed=faglighed, af=af),
    ):
        with pytest.raises(IkkeTilladtError):
            forsoeg()
    assert not Haendelse.objects.filter(af=af).exists()


def test_the_way_there_is_on_the_page_of_forvaltning_and_only_for_those_who_may(v, client):
    for hvem, ses in ((v.forvaltning, True), (v.administrator, False)):
        client.force_login(hvem)
        assert (reverse("rammer") in client.get(reverse("forvaltning")).content.decode()) == ses


# --- documents ---------------------------------------------------------------------------------------------------
def test_s60_a_document_has_title_year_link_and_period(v, forvaltning):
    assert forvaltning.post(NYT, FELTER | {"til_og_med": "2027-07-31"}).status_code == 302
    ny = Rammedokument.objects.get(titel=FELTER["titel"])
    assert (ny.aar, ny.link, ny.gaelder_for) == (2016, FELTER["link"], "ressourcecenter")
    assert (ny.gyldig_fra, ny.gyldig_til) == (date(2016, 8, 1), date(2027, 8, 1))
    assert Haendelse.objects.get(navn="opret_rammedokument").af == v.forvaltning
    assert "1. august 2016 til og med 31. juli 2027" in forvaltning.get(reverse("rammer")).content.decode()


def test_the_same_form_twice_is_one_document(v, forvaltning):
    assert [forvaltning.post(NYT, FELTER).status_code for _ in range(2)] == [302, 302]
    assert Rammedokument.objects.filter(titel=FELTER["titel"]).count() == 1
    assert Haendelse.objects.filter(navn="opret_rammedokument").count() == 1


@pytest.mark.parametrize(
    ("felt", "vaerdi", "fejl"),
    [
        ("link", "javascript:alert(1)", "Skriv en hel adresse"),
        ("link", "ftp://kommune.example/x", "Skriv en adresse, der begynder med https://"),
        ("link", "data:text/html,x", "Skriv en hel adresse"),
        ("link", "https://" + "a" * 300 + ".dk", "Adressen er for lang."),
        ("link", "http://[", "Skriv en hel adresse"),
        ("titel", "", "Udfyld «Titel»."),
        ("titel", "a" * 201, "Teksten er på 201 tegn."),
        ("aar", "1899", "Skriv et helt tal fra 1900 til 2200."),
        ("aar", "to tusind", "Skriv et helt tal fra 1900 til 2200."),
        ("gaelder_for", "alle skoler", "Vælg en af mulighederne."),
        ("fra", "31-02-2020", "Skriv en dato, der findes"),
        ("til_og_med", "2016-07-30", "Dokumentet kan ikke slutte, før det begynder."),
        ("titel", "\x00", "titel"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_field(forvaltning, felt, vaerdi, fejl):
    foer = Rammedokument.objects.count()
    svar = forvaltning.post(NYT, FELTER | {felt: vaerdi})
    if felt == "titel" and vaerdi == "\x00":
        assert svar.status_code == 200  # cleaned to nothing
    else:
        assert fejl in " ".join(svar.context["form"].errors[felt])
    assert Rammedokument.objects.count() == foer


def test_the_action_itself_takes_no_other_links(v):
    for link in ("javascript:alert(1)", "ftp://x.example/", "//x.example/"):
        with pytest.raises(ValidationError):
            dokument(v.forvaltning, link=link)


def test_the_same_document_is_not_added_beside_itself(v, forvaltning):
    svar = forvaltning.post(NYT, FELTER | {"titel": "  folkeskoleLOVEN ", "aar": "2025", "gaelder_for": "alle"})
    assert "Dokumentet står allerede på listen." in svar.content.decode()
    assert Rammedokument.objects.filter(aar=2025).count() == 1


def test_a_document_is_ended_and_stays_among_the_earlier_ones(v, forvaltning, client):
    """S27: ended, never deleted."""
    lov = Rammedokument.objects.get(titel="Folkeskoleloven")
    sti = reverse("ret_rammedokument", args=[lov.pk])
    form = forvaltning.get(sti).context["form"]
    i_gaar = (tid.i_dag() - timedelta(days=1)).isoformat()
    data = {navn: form.initial[navn] or "" for navn in form.fields} | {"til_og_med": i_gaar}
    assert forvaltning.post(sti, data).status_code == 302
    lov.refresh_from_db()
    assert lov.gyldig_til == tid.i_dag()
    assert "Gælder ikke længere" in forvaltning.get(reverse("rammer")).content.decode()
    assert "Folkeskoleloven" not in forvaltning.get(reverse("rammedokumenter")).content.decode()
    assert Haendelse.objects.get(navn="ret_rammedokument").data["felter"] == {"gyldig_til": ["", str(tid.i_dag())]}
    assert forvaltning.post(sti, data).status_code == 302  # the same again is no change
    assert Haendelse.objects.filter(navn="ret_rammedokument").count() == 1


def test_a_stale_correction_shows_both_and_loses_nothing(v, forvaltning):
    lov = Rammedokument.objects.get(titel="Folkeskoleloven")
    sti = reverse("ret_rammedokument", args=[lov.pk])
    form = forvaltning.get(sti).context["form"]
    data = {navn: form.initial[navn] or "" for navn in form.fields} | {"titel": "Min titel"}
    ret_rammedokument(dokument=lov, version=lov.version, af=v.forvaltning, titel="Lov om folkeskolen")
    svar = forvaltning.post(sti, data)
    assert svar.status_code == 409
    assert svar.context["raekker"] == [("Titel", "Min titel", "Lov om folkeskolen")]
    assert Rammedokument.objects.get(pk=lov.pk).titel == "Lov om folkeskolen"
    assert forvaltning.post(sti, dict(svar.context["skjulte"])).status_code == 302
    assert Rammedokument.objects.get(pk=lov.pk).titel == "Min titel"
    with pytest.raises(KonfliktError):
        ret_rammedokument(dokument=lov, version=-1, af=v.forvaltning, titel="Uden version")


def test_a_document_that_is_not_there_is_not_found(forvaltning):
    assert forvaltning.get(reverse("ret_rammedokument", args=[999_999])).status_code == 404
    assert forvaltning.post(reverse("luk_faglighed", args=[999_999])).status_code == 404


# --- professions -------------------------------------------------------------------------------------------------
def test_s4_a_profession_is_added_once(v, forvaltning):
    sti = reverse("opret_faglighed")
    assert forvaltning.post(sti, {"navn": " ergoterapeut "}).status_code == 302
    assert Faglighed.objects.filter(navn="ergoterapeut").count() == 1
    svar = forvaltning.post(sti, {"navn": "ERGOterapeut"})
    assert "Fagligheden «ergoterapeut» findes allerede. Brug den, der er." in svar.content.decode()
    assert Faglighed.objects.filter(navn__icontains="ergoterapeut").count() == 1
    for navn in ("", "a" * 61):
        assert forvaltning.post(sti, {"navn": navn}).status_code == 200


def test_s4_one_in_use_is_closed_and_never_deleted(v, forvaltning):
    psykolog = Faglighed.objects.get(navn="psykolog")
    ret_person(person=v.sundhedsplejerske, faglighed=psykolog, af=None)
    for _ in range(2):
        assert forvaltning.post(reverse("luk_faglighed", args=[psykolog.pk])).status_code == 302
    psykolog.refresh_from_db()
    assert psykolog.er_lukket
    assert Person.objects.get(pk=v.sundhedsplejerske.pk).faglighed == psykolog
    assert Haendelse.objects.filter(navn="luk_faglighed").count() == 1
    svar = forvaltning.post(reverse("opret_faglighed"), {"navn": "Psykolog"})
    assert "Den er lukket. Åbn den igen på listen." in svar.content.decode()
    assert forvaltning.post(reverse("genaabn_faglighed", args=[psykolog.pk])).status_code == 302
    psykolog.refresh_from_db()
    assert not psykolog.er_lukket


def test_s4_the_list_says_which_are_in_use(v, forvaltning):
    ret_person(person=v.medarbejder, faglighed=Faglighed.objects.get(navn="pædagog"), af=None)
    i_brug = {en.navn for en in forvaltning.get(reverse("rammer")).context["fagligheder"] if en.i_brug}
    assert i_brug == {"pædagog"}


def test_everybody_can_follow_what_changed(v, client):
    opret_faglighed(navn="ergoterapeut", af=v.forvaltning)
    dokument(v.forvaltning, titel="Ny vejledning")
    client.force_login(v.medarbejder)
    tekst = client.get(reverse("haendelser")).content.decode()
    assert "Fagligheden «ergoterapeut» er lagt på listen." in tekst
    assert "Rammedokumentet «Ny vejledning (2016)» er lagt ind." in tekst


def test_the_pages_cost_the_same_however_long_the_list(v, forvaltning, django_assert_num_queries):
    steder = {reverse("rammer"): 5, reverse("rammedokumenter"): 4, NYT: 3}
    for sti in steder:
        forvaltning.get(sti)
    for nummer in range(30):
        for sti, antal in steder.items():
            if nummer in {0, 29}:
                with django_assert_num_queries(antal):
                    forvaltning.get(sti)
        dokument(v.forvaltning, titel=f"Nummer {nummer}")
        opret_faglighed(navn=f"faglighed {nummer}", af=v.forvaltning)
