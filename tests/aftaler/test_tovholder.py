"""Which school is tovholder is forvaltning's to change (D1); last year's text to begin with (S7); bulk add (D2)."""

import pytest
from django.core.exceptions import ValidationError

from aftaler import actions
from aftaler.models import Aktivitet, StrategiskMaal
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import Art, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    v = verden()
    v.nyskole = enhed("Linde Skole Syd", i=v.distrikt)
    v.nyleder = rolle(person("Nina Nord"), Rolle.SKOLELEDER, v.nyskole).user
    return v


@pytest.fixture
def aftale(v):
    return byg.kladde(v, enheder=[*byg.parter(v), v.nyskole])


def skift(aftale, af, til):
    return actions.skift_tovholder(aftale=aftale, af=af, tovholder=til)


def test_d1_forvaltning_names_another_school_of_the_agreement(v, aftale):
    frida = logget_ind(v.forvaltning)
    assert "Udpeg en anden tovholder" in tekst(frida.get(rod(aftale)))
    svar = frida.post(f"{rod(aftale)}tovholder/", {"tovholder": v.nyskole.pk}, follow=True)
    assert "Linde Skole Syd er tovholder." in tekst(svar)
    assert byg.frisk(aftale).tovholder == v.nyskole
    byg.send(aftale, v.nyleder)
    with pytest.raises(IkkeTilladtError):
        actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    breve = Besked.objects.filter(noegle__startswith="skift_tovholder")
    assert {v.skoleleder, v.nyleder, v.paedagogiskleder} <= {brev.til for brev in breve}


def test_d1_the_approvals_that_were_given_stand(v, aftale):
    byg.send(aftale, v.skoleleder)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    skift(aftale, v.forvaltning, v.nyskole)
    assert byg.part(aftale, v.kkfo).tilstand == "godkendt"


def test_d1_one_from_outside_a_leisure_unit_or_one_that_is_no_party_is_refused(v, aftale):
    for udenfor in (v.naboskole, v.kkfo, enhed("Linde Privatskole", Art.SKOLE, i=v.distrikt, ejerform="privat")):
        with pytest.raises(ValidationError, match="åben folkeskole i distriktet, som er part"):
            skift(aftale, v.forvaltning, udenfor)
    svar = logget_ind(v.forvaltning).post(f"{rod(aftale)}tovholder/", {"tovholder": v.naboskole.pk})
    assert "Vælg en skole fra listen." in tekst(svar)
    assert byg.frisk(aftale).tovholder == v.skole


@pytest.mark.parametrize("hvem", ["skoleleder", "nyleder", "paedagogiskleder", "omraadechef", "administrator"])
def test_only_forvaltning_changes_it(v, aftale, hvem):
    with pytest.raises(IkkeTilladtError):
        skift(aftale, getattr(v, hvem), v.nyskole)


def test_one_that_is_over_keeps_its_tovholder(v, aftale):
    actions.annuller_aftale(aftale=aftale, af=v.skoleleder, grund="Forkert.")
    with pytest.raises(IkkeMuligtError, match="gælder ikke længere"):
        skift(aftale, v.forvaltning, v.nyskole)


def test_the_same_one_again_is_no_change(v, aftale):
    skift(aftale, v.forvaltning, v.skole)
    assert not Haendelse.objects.filter(navn="skift_tovholder").exists()


# --- last year's text ----------------------------------------------------------------------------------------------
@pytest.fixture
def sidste(v):
    with byg.i_aaret(byg.dette_aar() - 1):
        aftale = byg.indgaaet(v)
        Aktivitet.objects.filter(delmaal__maal__aftale=aftale).update(fra="2025-09-01", til_og_med="2026-05-01")
    return aftale


def opret(v, klient, **felter):
    felter = {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk], **felter}
    return klient.post(f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/", felter)


def test_s7_the_years_agreement_can_begin_with_last_years_text(v, sidste):
    Aktivitet.objects.get().ansvarlige.set([v.kkfo, v.boernehus])
    sanne = logget_ind(v.skoleleder)
    assert "Begynd med teksten fra aftalen for 2025/26" in tekst(
        sanne.get(f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/")
    )
    svar = opret(v, sanne, fra_sidste_aar="on")
    assert svar.status_code == 302
    ny = v.distrikt.aftaler.get(skoleaar=byg.dette_aar())
    assert (ny.behov, ny.erstatter_id, ny.nummer) == (sidste.behov, None, 1)
    aktivitet = Aktivitet.objects.get(delmaal__maal__aftale=ny)
    assert (aktivitet.fra, aktivitet.til_og_med) == (None, None), "the dates were last year's"
    assert list(aktivitet.ansvarlige.all()) == [v.kkfo], "the others are not parties"
    assert Haendelse.objects.get(navn="opret_aftale", objekt_id=ny.pk).saetning.endswith("teksten fra 2025/26.")


def test_s7_it_is_offered_not_done(v, sidste):
    opret(v, logget_ind(v.skoleleder))
    ny = v.distrikt.aftaler.get(skoleaar=byg.dette_aar())
    assert (ny.behov, StrategiskMaal.objects.filter(aftale=ny).count()) == ("", 0)


def test_s7_without_one_last_year_nothing_is_offered(v):
    with byg.i_aaret(byg.dette_aar() - 1):
        byg.kladde(v)
    side = tekst(logget_ind(v.skoleleder).get(f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/"))
    assert "Begynd med teksten" not in side
    assert opret(v, logget_ind(v.skoleleder), fra_sidste_aar="on").status_code == 302
    assert v.distrikt.aftaler.get(skoleaar=byg.dette_aar()).behov == ""


def test_s7_a_leader_from_elsewhere_cannot_take_a_foreign_text(v, sidste):
    with pytest.raises(IkkeTilladtError):
        actions.opret_aftale(
            distrikt=v.nabodistrikt,
            skoleaar=byg.dette_aar(),
            af=v.naboskoleleder,
            tovholder=v.naboskole,
            parter=byg.valg([v.naboskole, v.center]),
            fra=sidste,
        )


# --- bulk add ------------------------------------------------------------------------------------------------------
def test_d2_all_of_one_kind_or_of_a_klynge_are_taken_in_at_once(v):
    flere = [enhed(navn, Art.DAGINSTITUTION, i=v.distrikt, til=v.klynge) for navn in ("Bien", "Myren")]
    aftale = byg.tom(v, enheder=[v.skole, v.kkfo])
    sanne, sted = logget_ind(v.skoleleder), f"{rod(aftale)}parter/"
    side = sanne.get(sted)
    navne = dict(side.context["form"].fields["alle"].choices)
    assert set(navne.values()) == {"Alle distriktets 0-6 års institutioner", "Alle i Klynge Nord"}
    alle_i_klyngen = next(nummer for nummer, navn in navne.items() if navn == "Alle i Klynge Nord")
    assert sanne.post(sted, {"parter": [v.skole.pk, v.kkfo.pk], "alle": [alle_i_klyngen]}).url == rod(aftale)
    assert {part.enhed for part in aftale.parter.all()} == {v.skole, v.kkfo, v.center, v.boernehus, *flere}
    assert "alle" not in sanne.get(sted).context["form"].fields, "nothing is left to take in together"


def test_d2_a_group_that_does_not_exist_changes_nothing(v):
    enhed("Bien", Art.DAGINSTITUTION, i=v.distrikt, til=v.klynge)
    aftale = byg.tom(v, enheder=[v.skole, v.kkfo])
    svar = logget_ind(v.skoleleder).post(f"{rod(aftale)}parter/", {"parter": [v.skole.pk, v.kkfo.pk], "alle": [17]})
    assert "Et af valgene findes ikke længere." in tekst(svar)
    assert aftale.parter.count() == 2
