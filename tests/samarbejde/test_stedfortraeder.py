"""A deputy acts in the leader's absence, and that is all (decision 4): Viggo for Sanne at Lindeskolen."""

from datetime import date, timedelta

import pytest
from django.test import Client

from aftaler import queries
from aftaler.models import Godkendelse
from samarbejde import opslag, tid
from samarbejde.actions import afslut_rolle, tildel_rolle
from samarbejde.models import Besked, Haendelse, Person, Rolletildeling
from samarbejde.organisation import ret_person
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from samarbejde.personale import naevn_stedfortraeder
from tests.aftaler import byg
from tests.fabrik import FRA, Art, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def v():
    return verden()


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def dag(om_dage):
    return tid.i_dag() + om_dage * DAG


def naevn(klient, hvor, status=302, **mere):
    typet = {"gyldig_fra": f"{dag(0):%Y-%m-%d}", "gyldig_til": f"{dag(13):%Y-%m-%d}", **mere}
    svar = klient.post(f"/enheder/{hvor.slug}/stedfortraeder/", typet)
    assert svar.status_code == status, svar.content.decode()
    return svar


def fejl(svar):
    return {navn: saetninger[0] for navn, saetninger in svar.context["form"].errors.items()}


@pytest.fixture
def stedfortraeder(v):
    """Viggo for Sanne, from today and two weeks on."""
    naevnt = naevn_stedfortraeder(
        enhed=v.skole, af=v.skoleleder, medarbejder=v.vejleder, gyldig_fra=dag(0), gyldig_til=dag(14)
    )
    return naevnt.tildeling


# --- named -------------------------------------------------------------------------------------------------------
def test_beslutning_4_lederen_udpeger_en_af_sine_egne(v):
    """Logged with who did it; told at once, with what a deputy may and may not; shown on the unit's page."""
    with tid.frys(tid.datetime.fromisoformat("2026-11-24T09:00+01:00")):
        naevn(logget_ind(v.skoleleder), v.skole, medarbejder=v.vejleder.pk)
        tildeling = Rolletildeling.objects.get(i_fravaer=True)
        assert (tildeling.rolle, tildeling.user, tildeling.er_primaer) == (Rolle.SKOLELEDER, v.vejleder, False)
        assert (tildeling.gyldig_fra, tildeling.gyldig_til) == (date(2026, 11, 24), date(2026, 12, 8))
        haendelse = Haendelse.objects.get(navn="tildel_rolle", objekt_id=tildeling.pk)
        assert (haendelse.af, haendelse.rod_id) == (v.skoleleder, v.skole.pk)
        assert "skoleleder i leders fravær" in haendelse.saetning
        besked = Besked.objects.get(til=v.vejleder)
        assert (besked.levering, besked.tidligst_den) == ("straks", tid.nu())
        assert "bortset fra at udpege koordinatorer" in besked.tekst
        for hvem in (v.skoleleder, v.paedagogiskleder):
            side = logget_ind(hvem).get(v.skole.get_absolute_url()).content.decode()
            assert "Viggo Holm er skoleleder i leders fravær til og med 7. december 2026." in side


def test_kun_lederen_selv_kan_udpege_og_afslutte(v, stedfortraeder):
    """403 with the rule for the deputy, coordinator, forvaltning and administrator; 404 for the neighbour."""
    for hvem in (v.vejleder, v.koordinator, v.forvaltning, v.administrator):
        for svar in (
            logget_ind(hvem).get(f"/enheder/{v.skole.slug}/stedfortraeder/"),
            naevn(logget_ind(hvem), v.skole, status=403, medarbejder=v.vejleder.pk),
        ):
            assert svar.status_code == 403
            assert "kan ikke selv udpege en anden" in svar.content.decode()
        with pytest.raises(IkkeTilladtError):
            afslut_rolle(tildeling=stedfortraeder, gyldig_til=dag(1), af=hvem)
    naevn(logget_ind(v.naboskoleleder), v.skole, status=404, medarbejder=v.vejleder.pk)
    assert afslut_rolle(tildeling=stedfortraeder, gyldig_til=dag(0), af=v.skoleleder)
    assert not maa(v.vejleder, Handling.SKRIV_AFTALE, byg.kladde(v))


@pytest.mark.parametrize(
    ("typet", "felt", "saetning"),
    [
        ({"gyldig_til": ""}, "gyldig_til", "Vælg en dato."),
        ({"gyldig_til": "2020-01-01"}, "gyldig_til", "Den sidste dag kan ikke ligge før den første."),
        ({"gyldig_fra": f"{dag(-1):%Y-%m-%d}"}, "gyldig_fra", "kan tidligst begynde i dag"),
        ({"gyldig_til": f"{dag(366):%Y-%m-%d}"}, "gyldig_til", "højst have perioden et år"),
        ({"medarbejder": ""}, "medarbejder", "Vælg en medarbejder."),
        ({"medarbejder": "999999"}, "medarbejder", "Vælg en af enhedens egne medarbejdere."),
        ({"medarbejder": "vrøvl"}, "medarbejder", "Vælg en af enhedens egne medarbejdere."),
    ],
)
def test_det_der_er_galt_staar_ved_feltet(v, typet, felt, saetning):
    svar = naevn(logget_ind(v.skoleleder), v.skole, status=200, **{"medarbejder": v.vejleder.pk, **typet})
    assert list(fejl(svar)) == [felt]
    assert saetning in fejl(svar)[felt]
    assert not Rolletildeling.objects.filter(i_fravaer=True).exists()
    assert not Besked.objects.exists()


def test_hoejst_et_aar_er_et_helt_aar(v):
    naevn(logget_ind(v.skoleleder), v.skole, medarbejder=v.vejleder.pk, gyldig_til=f"{dag(365):%Y-%m-%d}")


def test_een_stedfortraeder_ad_gangen(v, stedfortraeder):
    """The next may begin the day after; the leaders' own posts are something else."""
    sanne = logget_ind(v.skoleleder)
    svar = naevn(sanne, v.skole, status=200, medarbejder=v.koordinator.pk, gyldig_fra=f"{dag(13):%Y-%m-%d}")
    assert "Viggo Holm er allerede stedfortræder" in fejl(svar)["gyldig_fra"]
    naesten = {"gyldig_fra": f"{dag(14):%Y-%m-%d}", "gyldig_til": f"{dag(20):%Y-%m-%d}"}
    naevn(sanne, v.skole, medarbejder=v.koordinator.pk, **naesten)
    naevn(logget_ind(v.paedagogiskleder), v.kkfo, medarbejder=v.medarbejder.pk)
    assert Rolletildeling.objects.filter(i_fravaer=True).count() == 3


def test_en_fra_et_andet_sted_eller_en_der_stopper_imens_afvises(v):
    """By hand, round the list of choices."""
    kort = person("Kort Ansat")
    rolle(kort, Rolle.MEDARBEJDER, v.skole, til=dag(3))
    svar = naevn(logget_ind(v.skoleleder), v.skole, status=200, medarbejder=kort.pk)
    assert "Kort Ansat er kun registreret" in fejl(svar)["gyldig_til"]
    for hvem in (v.medarbejder.pk, v.skoleleder.pk, v.udenfor.pk):
        svar = naevn(logget_ind(v.skoleleder), v.skole, status=200, medarbejder=hvem)
        assert fejl(svar) == {"medarbejder": "Vælg en af enhedens egne medarbejdere."}
    with pytest.raises(Exception, match="Vælg en af enhedens egne"):
        naevn_stedfortraeder(
            enhed=v.skole, af=v.skoleleder, medarbejder=v.medarbejder, gyldig_fra=dag(0), gyldig_til=dag(2)
        )
    ret_person(person=v.vejleder, af=None, udloeber_den=tid.i_dag())
    svar = naevn(logget_ind(v.skoleleder), v.skole, status=200, medarbejder=v.vejleder.pk)
    assert "Kontoen for Viggo Holm er lukket eller udløbet" in fejl(svar)["medarbejder"]
    assert not Rolletildeling.objects.filter(i_fravaer=True).exists()


def test_et_boernehus_uden_medarbejdere_finder_sin_stedfortraeder_med_email(v):
    """A school registers its own first; the invited deputy is told what it is in the invitation."""
    dorte = logget_ind(v.dagtilbudsleder)
    svar = naevn(dorte, v.boernehus, status=200, email="ida@demo.example")
    assert "Skriv personens navn" in fejl(svar)["navn"]
    svar = naevn(dorte, v.boernehus, status=200, email=v.dagtilbudsleder.email)
    assert "Dorte Sol er allerede" in fejl(svar)["email"]
    naevn(dorte, v.boernehus, email="ida@demo.example", navn="Ida Ibsen")
    ida = Person.objects.get(email="ida@demo.example")
    assert ida.rolletildelinger.get().vist_titel == "dagtilbudsleder i leders fravær"
    assert "/invitation/" in Besked.objects.get(til=ida).tekst
    afslut_rolle(tildeling=v.vejleder.rolletildelinger.get(), gyldig_til=dag(0), af=None)
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=dag(0), af=None)
    side = logget_ind(v.skoleleder).get(f"/enheder/{v.skole.slug}/stedfortraeder/").content.decode()
    assert "Registrér personen som medarbejder først" in side
    assert 'name="email"' not in side
    naevn(logget_ind(v.skoleleder), v.skole, status=200, email="a@demo.example", navn="A")
    assert not Person.objects.filter(email="a@demo.example").exists()


def test_en_klyngeleder_kan_ogsaa_have_en_stedfortraeder(v):
    naevn(logget_ind(v.klyngeleder), v.klynge, email=v.netvaerkskoordinator.email)
    assert v.netvaerkskoordinator.rolletildelinger.get(i_fravaer=True).rolle == Rolle.KLYNGELEDER


# --- what a deputy is, and is not --------------------------------------------------------------------------------
def test_en_stedfortraeder_kan_det_lederen_kan_bortset_fra_tre_ting(v, stedfortraeder):
    """Decision 4: appointing coordinators, delegating and naming a deputy stay with the leader."""
    assert maa(v.vejleder, Handling.SKRIV_AFTALE, byg.kladde(v))
    assert logget_ind(v.vejleder).get(f"/enheder/{v.skole.slug}/medarbejdere/").status_code == 200
    with pytest.raises(IkkeTilladtError) as afvist:
        tildel_rolle(person=v.udenfor, rolle=Rolle.KOORDINATOR, enhed=v.skole, gyldig_fra=dag(0), af=v.vejleder)
    assert afvist.value.handling == Handling.UDPEG_KOORDINATOR
    rolle(v.teamkoordinator, Rolle.FRITIDSLEDER, v.center, til=dag(9), i_fravaer=True, er_primaer=False)
    assert not maa(v.teamkoordinator, Handling.DELEGER_DELTAGELSE, v.center)
    assert not maa(v.teamkoordinator, Handling.NAEVN_STEDFORTRAEDER, v.center)
    assert maa(v.centerleder, Handling.DELEGER_DELTAGELSE, v.center)


def test_forsiden_siger_hvordan_man_er_leder(v, stedfortraeder):
    side = logget_ind(v.vejleder).get("/").content.decode()
    assert "medarbejder og skoleleder i leders fravær på" in side
    assert "<li>skoleleder på" in logget_ind(v.skoleleder).get("/").content.decode()


def test_retten_slutter_efter_den_sidste_dag(v, stedfortraeder):
    """S54."""
    aftale = byg.kladde(v)
    with tid.frys(tid.fra_lokal(dag(13), tid.time(23, 59))):
        assert maa(v.vejleder, Handling.SKRIV_AFTALE, aftale)
    with tid.frys(tid.fra_lokal(dag(14), tid.time(0, 1))):
        assert not maa(v.vejleder, Handling.SKRIV_AFTALE, aftale)


def test_s28_en_stedfortraeder_fylder_ikke_en_ledig_post(v, stedfortraeder):
    """The leader leaves: vacant on the unit's page, in the overview and on the district's, though the deputy acts."""
    frida = logget_ind(v.forvaltning)
    side = frida.get(v.skole.get_absolute_url()).content.decode()
    assert "Posten som leder er ikke besat" not in side
    assert v.skole not in opslag.friskhed()["uden_leder"]
    afslut_rolle(tildeling=v.skoleleder.rolletildelinger.get(), gyldig_til=dag(0), af=None)
    side = frida.get(v.skole.get_absolute_url()).content.decode()
    assert "Posten som leder er ikke besat" in side
    assert "Viggo Holm er skoleleder i leders fravær" in side
    assert v.skole in opslag.friskhed()["uden_leder"]
    distriktet = frida.get(v.distrikt.get_absolute_url()).content.decode()
    assert "Viggo Holm, skoleleder i leders fravær</p><p>Posten er ikke besat" in distriktet
    assert "Posten som skoleleder på Lindeskolen er ikke besat" in distriktet
    forummet = logget_ind(v.vejleder).get(f"/ressourcecentre/{v.skole.slug}/").content.decode()
    assert "Skoleleder i leders fravær" in forummet
    assert "Posten er ikke besat" in forummet


def test_en_kommende_stedfortraeder_staar_med_sin_periode(v):
    with tid.frys(tid.datetime.fromisoformat("2026-11-24T09:00+01:00")):
        naevn(logget_ind(v.skoleleder), v.skole, medarbejder=v.vejleder.pk, gyldig_fra="2026-12-01")
        side = logget_ind(v.skoleleder).get(v.skole.get_absolute_url()).content.decode()
        assert "Viggo Holm bliver skoleleder i leders fravær 1. december 2026 til og med 7. december 2026." in side


def test_post_til_enheden_gaar_til_begge_og_godkendelsen_siger_i_leders_fravaer(v, stedfortraeder):
    """Both are asked; the deputy approves for the school, and the approval says how."""
    assert {r.user for r in queries.ledere_af([v.skole.pk])} == {v.skoleleder, v.vejleder}
    aftale = byg.sendt(v)
    bedt = Besked.objects.filter(noegle__startswith="bed_om_svar").values_list("til", flat=True)
    assert {v.skoleleder.pk, v.vejleder.pk} <= set(bedt)
    byg.godkend(aftale, v.skole, v.vejleder)
    godkendelse = Godkendelse.objects.get(part=byg.part(aftale, v.skole))
    assert godkendelse.af == v.vejleder
    assert godkendelse.titel == "skoleleder i leders fravær"
    side = logget_ind(v.paedagogiskleder).get(aftale.get_absolute_url()).content.decode()
    assert "i leders fravær" in side


def test_en_leder_af_to_enheder_faar_en_stedfortraeder_paa_den_ene(v):
    rolle(v.skoleleder, Rolle.SKOLELEDER, syd := enhed("Sydskolen", Art.SKOLE, i=v.distrikt), fra=FRA)
    naevn(logget_ind(v.skoleleder), v.skole, medarbejder=v.vejleder.pk)
    assert not maa(v.vejleder, Handling.REGISTRER_MEDARBEJDER, syd)
