"""Staff and leaders of a unit, through the pages (D26, D30, D32, S28, S57; decisions 3, 8, 9)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samarbejde import stik, tid
from samarbejde.actions import afslut_rolle, luk_person, ret_rolle
from samarbejde.models import Besked, Faglighed, Haendelse, Person, Rolletildeling
from samarbejde.organisation import luk_enhed, ret_person
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.personale import registrer_medarbejder, ret_medarbejder
from samarbejde.personaleopslag import aftryk_af
from tests.fabrik import FRA, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def sanne(v):
    return logget_ind(v.skoleleder)


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def sted(hvor, under=""):
    return f"/enheder/{hvor.slug}/medarbejdere/{under}"


def felter(**mere):
    i_dag = f"{tid.i_dag():%Y-%m-%d}"
    return {"navn": "Ida Ibsen", "email": "ida@demo.example", "gyldig_fra": i_dag, "gyldig_til": "", **mere}


def registrer(klient, hvor, status=302, **mere):
    svar = klient.post(sted(hvor, "registrer/"), felter(**mere))
    assert svar.status_code == status, svar.content.decode()
    return svar


def fejl(svar):
    """{field: sentences} of the form that came back; "" is above the form."""
    alle = svar.context["form"].errors
    return {"" if navn == "__all__" else navn: list(saetninger) for navn, saetninger in alle.items()}


def ansat(hvem, hvor):
    return Rolletildeling.objects.med_rolle(Rolle.MEDARBEJDER).filter(user=hvem, content_object=hvor).get()


def opslag(klient, adresse):
    return klient.get(adresse).content.decode()


# --- register ----------------------------------------------------------------------------------------------------
def test_d26_en_leder_registrerer_en_ny_medarbejder(v, sanne):
    """D26, S57: an account and a role, in the trail with who did it, and an invitation; the name is searchable."""
    laerer = Faglighed.objects.get(navn="lærer")
    svar = registrer(
        sanne,
        v.skole,
        faglighed=laerer.pk,
        titel="Matematikvejleder",
        arbejder_med="Sprog",
        gyldig_til="2099-07-31",
    )
    assert svar["Location"] == sted(v.skole)
    ida = Person.objects.get(email="ida@demo.example")
    tildeling = ansat(ida, v.skole)
    assert (tildeling.gyldig_fra, tildeling.gyldig_til) == (tid.i_dag(), date(2099, 8, 1))
    assert (tildeling.titel, tildeling.arbejder_med, tildeling.tildelt_af) == (
        "Matematikvejleder", "Sprog", v.skoleleder,
    )  # fmt: skip
    assert (ida.faglighed, ida.soegetekst, ida.has_usable_password()) == (laerer, "ida ibsen", False)
    assert {h.navn for h in Haendelse.objects.filter(af=v.skoleleder)} == {"opret_person", "tildel_rolle"}
    assert Besked.objects.get(til=ida).emne == "Du har fået adgang til Stærkt samarbejde"
    assert "der er sendt en mail med et link" in opslag(sanne, sted(v.skole))


def test_den_der_har_en_konto_faar_rollen_paa_den_og_beholder_sit_navn(v, sanne):
    """Only the name is told, and it stays; a faglighed is set where there was none."""
    ret_person(person=v.medarbejder, af=None, er_beskyttet=True)
    paedagog = Faglighed.objects.get(navn="pædagog")
    registrer(sanne, v.skole, email="Medarbejder@Demo.example ", navn="Forkert Navn", faglighed=paedagog.pk)
    side = opslag(sanne, sted(v.skole))
    assert "Mette Bak er registreret. Kontoen fandtes i forvejen, og navnet på den er beholdt: Mette Bak." in side
    v.medarbejder.refresh_from_db()
    assert (v.medarbejder.navn, v.medarbejder.faglighed) == ("Mette Bak", paedagog)
    assert not Person.objects.filter(navn="Forkert Navn").exists()
    for hemmeligt in ("medarbejder@demo.example", "KKFO Lindely"):
        assert hemmeligt not in side
    besked = Besked.objects.get(til=v.medarbejder)
    assert (besked.levering, besked.adresse) == ("samlet", "/mine-roller/")


def test_en_faglighed_der_er_sat_bliver_staaende(v, sanne):
    ret_person(person=v.medarbejder, af=None, faglighed=Faglighed.objects.get(navn="pædagog"))
    registrer(sanne, v.skole, email=v.medarbejder.email, faglighed=Faglighed.objects.get(navn="lærer").pk)
    v.medarbejder.refresh_from_db()
    assert v.medarbejder.faglighed.navn == "pædagog"


@pytest.mark.parametrize("hvordan", ["lukket", "udloebet", "superbruger"])
def test_en_lukket_eller_udloebet_konto_siger_hvem_der_kan_aabne_den(v, sanne, hvordan):
    if hvordan == "lukket":
        luk_person(person=v.udenfor, af=None)
    elif hvordan == "udloebet":
        ret_person(person=v.udenfor, af=None, udloeber_den=tid.i_dag())
    else:
        Person.objects.filter(pk=v.udenfor.pk).update(is_superuser=True)
    svar = registrer(sanne, v.skole, status=200, email=v.udenfor.email)
    assert fejl(svar) == {
        "email": ["Kontoen med den e-mail er lukket eller udløbet. Bed administrator om at åbne den igen."]
    }
    assert "Ulla" not in svar.content.decode()
    assert not v.udenfor.rolletildelinger.exists()


def test_samme_person_to_gange_og_samme_tryk_to_gange_giver_een_rolle(v, sanne):
    registrer(sanne, v.skole)
    svar = registrer(sanne, v.skole, status=200)
    assert fejl(svar) == {"email": ["Ida Ibsen er allerede medarbejder på Lindeskolen i en del af perioden."]}
    assert Rolletildeling.objects.filter(user__email="ida@demo.example").count() == 1
    assert Besked.objects.filter(til__email="ida@demo.example").count() == 1


@pytest.mark.parametrize(
    ("typet", "felt", "saetning"),
    [
        ({"gyldig_til": "2020-01-01"}, "gyldig_til", "Den sidste dag kan ikke ligge før den første."),
        ({"gyldig_fra": "2020-07-31"}, "gyldig_fra", "Lindeskolen findes først fra 1. august 2020."),
        ({"gyldig_fra": "2098-08-01"}, "gyldig_fra", "Lindeskolen er lukket fra fredag den 1. august 2098."),
        ({"gyldig_til": "2098-08-01"}, "gyldig_til", "Lindeskolen lukker, og sidste dag er 31. juli 2098."),
        ({"gyldig_fra": "i morgen"}, "gyldig_fra", "Skriv en dato, der findes"),
        ({"gyldig_fra": ""}, "gyldig_fra", "Vælg en dato."),
        ({"email": "ida"}, "email", "Skriv en hel e-mail"),
        ({"email": ""}, "email", "Skriv personens e-mail."),
        ({"navn": ""}, "navn", "Udfyld «Navn»."),
        ({"navn": "x" * 121}, "navn", "Der er plads til 120."),
        ({"arbejder_med": "Karl, 010112-1234"}, "arbejder_med", "Her må ikke stå personnumre"),
        ({"faglighed": "99999"}, "faglighed", "Den faglighed findes ikke længere."),
    ],
)
def test_det_der_er_galt_staar_ved_feltet_og_intet_er_halvt(v, sanne, typet, felt, saetning):
    luk_enhed(enhed=v.skole, gyldig_til=date(2098, 8, 1), af=None)
    foer = (Person.objects.count(), Rolletildeling.objects.count(), Haendelse.objects.count())
    svar = registrer(sanne, v.skole, status=200, **typet)
    assert list(fejl(svar)) == [felt]
    assert saetning in fejl(svar)[felt][0]
    assert (Person.objects.count(), Rolletildeling.objects.count(), Haendelse.objects.count()) == foer
    assert not Besked.objects.exists()


def test_den_foerste_dag_kan_vaere_den_sidste(v, sanne):
    registrer(sanne, v.skole, gyldig_til=f"{tid.i_dag():%Y-%m-%d}")
    assert [a.person.navn for a in sanne.get(sted(v.skole)).context["grupper"]["nu"]] == ["Ida Ibsen", "Viggo Holm"]


def test_paa_en_lukket_enhed_kan_ingen_registreres(v):
    """Case 28: the leader's own role ended with the unit; nobody else has the right either."""
    luk_enhed(enhed=v.kkfo, gyldig_til=tid.i_dag(), af=None)
    assert logget_ind(v.paedagogiskleder).get(sted(v.kkfo)).status_code == 404
    with pytest.raises(IkkeTilladtError):
        registrer_medarbejder(
            enhed=v.kkfo, af=v.paedagogiskleder, email="a@demo.example", navn="A", gyldig_fra=tid.i_dag()
        )


def test_d32_en_ekstern_faar_en_konto_der_udloeber(v, sanne):
    """D32: the typed day is the last; the list says when; an account that exists is never shortened from elsewhere."""
    registrer(sanne, v.skole, udloeber_den="2099-06-30")
    ida = Person.objects.get(email="ida@demo.example")
    assert ida.udloeber_den == date(2099, 7, 1)
    assert "Kontoen udløber 1. juli 2099" in opslag(sanne, sted(v.skole))
    svar = registrer(sanne, v.skole, status=200, email=v.naboskoleleder.email, udloeber_den="2099-06-30")
    assert "Kun administrator kan ændre, hvornår den udløber" in fejl(svar)["udloeber_den"][0]
    v.naboskoleleder.refresh_from_db()
    assert v.naboskoleleder.udloeber_den is None


@pytest.mark.parametrize("hvem", ["koordinator", "medarbejder", "vejleder", "forvaltning", "administrator"])
def test_kun_enhedens_egen_leder_registrerer(v, hvem):
    """The matrix: register staff of the own unit. Nobody else's hand-made request, and not at the neighbour's."""
    svar = logget_ind(getattr(v, hvem)).post(sted(v.skole, "registrer/"), felter())
    assert svar.status_code == 403
    assert "En leder registrerer medarbejderne på sin egen enhed." in svar.content.decode()
    assert logget_ind(v.skoleleder).post(sted(v.naboskole, "registrer/"), felter()).status_code == 404
    assert logget_ind(v.skoleleder).post(sted(v.kkfo, "registrer/"), felter()).status_code == 403
    assert not Person.objects.filter(email="ida@demo.example").exists()


# --- the list ----------------------------------------------------------------------------------------------------
def test_listen_er_paa_dansk_raekkefoelge_og_deler_nu_senere_og_foer(v, sanne):
    """Danish order (D35): æ, ø, å last, and Aa with Å; ended and coming ones told apart; an annulled one nowhere."""
    for navn in ("Åge Å", "Ærø Æ", "Bo B", "Øjvind Ø", "Aase Aa"):
        rolle(person(navn), Rolle.MEDARBEJDER, v.skole)
    rolle(person("Snart Her"), Rolle.MEDARBEJDER, v.skole, fra=tid.i_dag() + DAG)
    rolle(person("Gik Igår", email="gik@demo.example"), Rolle.MEDARBEJDER, v.skole, til=tid.i_dag())
    rolle(person("Aldrig Her"), Rolle.MEDARBEJDER, v.skole, til=FRA)
    grupper = sanne.get(sted(v.skole)).context["grupper"]
    navne = {hvornaar: [a.person.navn for a in ansatte] for hvornaar, ansatte in grupper.items()}
    assert navne["nu"] == ["Bo B", "Viggo Holm", "Ærø Æ", "Øjvind Ø", "Åge Å", "Aase Aa"]
    assert (navne["senere"], navne["tidligere"]) == (["Snart Her"], ["Gik Igår"])
    assert "gik@demo.example" not in opslag(sanne, sted(v.skole))


def test_beslutning_30_en_beskyttet_medarbejder_er_et_navn_og_ikke_mere(v, sanne):
    ret_person(person=v.vejleder, af=None, er_beskyttet=True)
    side = opslag(sanne, sted(v.skole))
    assert "Viggo Holm" in side
    assert "E-mail er beskyttet" in side
    assert "vejleder@demo.example" not in side + opslag(sanne, sted(v.skole, f"{ansat(v.vejleder, v.skole).pk}/ret/"))
    svar = ret(sanne, v, navn="Viggo Ægte-Navn", email="ny@demo.example")
    v.vejleder.refresh_from_db()
    assert svar.status_code == 302
    assert (v.vejleder.navn, v.vejleder.email) == ("Viggo Holm", "vejleder@demo.example")


def test_listen_og_formularerne_koster_det_samme_med_1_og_50(v, sanne):
    tildeling = ansat(v.vejleder, v.skole)
    ventet = {
        sted(v.skole): 5,
        sted(v.skole, "registrer/"): 5,
        sted(v.skole, f"{tildeling.pk}/ret/"): 7,
        f"/enheder/{v.skole.slug}/stedfortraeder/": 5,
        v.skole.get_absolute_url(): 13,
    }
    assert {adresse: antal(sanne, adresse) for adresse in ventet} == ventet
    for nummer in range(50):
        rolle(person(f"Ansat {nummer}"), Rolle.MEDARBEJDER, v.skole)
    assert {adresse: antal(sanne, adresse) for adresse in ventet} == ventet


def antal(klient, adresse):
    with CaptureQueriesContext(connection) as kald:
        assert klient.get(adresse).status_code == 200
    return len(kald)


# --- correct -----------------------------------------------------------------------------------------------------
def ret(klient, v, hvem=None, **mere):
    tildeling = ansat(hvem or v.vejleder, v.skole)
    typet = {"navn": tildeling.user.navn, "email": tildeling.user.email, "titel": "", "arbejder_med": ""}
    typet |= {"gyldig_fra": f"{tildeling.gyldig_fra:%Y-%m-%d}", "gyldig_til": "", "aftryk": aftryk_af(tildeling)}
    return klient.post(sted(v.skole, f"{tildeling.pk}/ret/"), {**typet, **mere})


def test_en_leder_retter_titel_opgaver_periode_og_navn(v, sanne):
    svar = ret(sanne, v, navn="Viggo Højholm", titel="Vejleder", arbejder_med="Sprog", gyldig_til="2099-07-31")
    assert svar.status_code == 302
    tildeling = ansat(v.vejleder, v.skole)
    assert (tildeling.titel, tildeling.arbejder_med, tildeling.gyldig_til) == ("Vejleder", "Sprog", date(2099, 8, 1))
    assert (tildeling.user.navn, tildeling.user.soegetekst) == ("Viggo Højholm", "viggo højholm")
    assert {h.navn for h in Haendelse.objects.filter(af=v.skoleleder)} == {"ret_person", "ret_rolle"}


def test_navnet_paa_en_med_roller_andre_steder_rettes_af_administrator(v, sanne):
    """Ended roles elsewhere do not count; one at another of the leader's own units does not either."""
    gammel = rolle(v.vejleder, Rolle.MEDARBEJDER, v.nabokkfo, til=tid.i_dag())
    rolle(v.skoleleder, Rolle.SKOLELEDER, syd := enhed("Sydskolen"))
    rolle(v.vejleder, Rolle.MEDARBEJDER, syd)
    assert ret(sanne, v, navn="Viggo Højholm").status_code == 302
    ret_rolle(tildeling=gammel, af=None, gyldig_til=tid.i_dag() + DAG)
    adresse = sted(v.skole, f"{ansat(v.vejleder, v.skole).pk}/ret/")
    assert "har også en rolle et andet sted" in opslag(sanne, adresse)
    assert 'name="navn"' not in opslag(sanne, adresse)
    ret(sanne, v, navn="Kapret Navn", titel="Lærer")
    v.vejleder.refresh_from_db()
    assert v.vejleder.navn == "Viggo Højholm"
    with pytest.raises(ValidationError, match="rettes af administrator"):
        ret_selv(v, navn="Kapret Navn")


def ret_selv(v, **om_personen):
    """By hand, round the form."""
    tildeling = ansat(v.vejleder, v.skole)
    rollen = {felt: getattr(tildeling, felt) for felt in ("titel", "arbejder_med", "gyldig_fra", "gyldig_til")}
    return ret_medarbejder(tildeling=tildeling, af=v.skoleleder, aftryk=aftryk_af(tildeling), **rollen, **om_personen)


def test_emailen_rettes_kun_foer_foerste_login(v, sanne):
    """A leader who could change it later could open the account; the old invitation dies with the old address."""
    with pytest.raises(ValidationError, match="E-mailen rettes af administrator"):
        ret_selv(v, email="kapret@demo.example")
    registrer(sanne, v.skole, email="fejl@demo.example")
    ida = Person.objects.get(email="fejl@demo.example")
    link = Besked.objects.get(til=ida).tekst.split("http://testserver")[1].split()[0]
    assert "Vælg din adgangskode" in opslag(Client(), link)
    assert ret(sanne, v, ida, email="Ida@Demo.example").status_code == 302
    ida.refresh_from_db()
    assert ida.email == "ida@demo.example"
    assert "Linket virker ikke længere" in opslag(Client(), link)
    assert Besked.objects.filter(til=ida).count() == 2
    svar = ret(sanne, v, ida, email=v.skoleleder.email)
    assert fejl(svar) == {"email": ["Mailadressen skoleleder@demo.example bruges allerede af en anden."]}


def test_en_formular_der_er_overhalet_beholder_det_skrevne(v, sanne):
    """Somebody corrected it meanwhile: 409, both shown, and one press saves mine against what was shown."""
    gammelt = aftryk_af(ansat(v.vejleder, v.skole))
    ret(sanne, v, titel="Tysklærer")
    svar = ret(sanne, v, titel="Fransklærer", aftryk=gammelt)
    side = svar.content.decode()
    assert svar.status_code == 409
    assert "Nogen har ændret oplysningerne" in side
    assert "Tysklærer" in side
    assert 'value="Fransklærer"' in side
    assert ansat(v.vejleder, v.skole).titel == "Tysklærer"
    nyt = side.partition('name="aftryk" value="')[2].partition('"')[0]
    assert ret(sanne, v, titel="Fransklærer", aftryk=nyt).status_code == 302
    assert ansat(v.vejleder, v.skole).titel == "Fransklærer"


def test_en_rolle_der_sluttede_imens_aabnes_ikke_igen(v, sanne):
    tildeling = ansat(v.vejleder, v.skole)
    data = {"titel": "Lærer", "arbejder_med": "Natur & teknik", "gyldig_fra": "2020-08-01", "navn": "Viggo Holm"}
    data |= {"aftryk": aftryk_af(tildeling), "email": v.vejleder.email}
    afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    adresse = sted(v.skole, f"{tildeling.pk}/ret/")
    for _ in range(2):
        svar = sanne.post(adresse, data)
        assert svar.status_code == 409
        assert "Natur &amp; teknik" in svar.content.decode()
        assert "Rollen er slut og kan ikke rettes" in svar.content.decode()
    tildeling.refresh_from_db()
    assert (tildeling.gyldig_til, tildeling.titel) == (tid.i_dag(), "")
    assert sanne.get(adresse)["Location"] == sted(v.skole)


def test_lederens_egen_rolle_slutter_mens_formularen_er_aaben(v, sanne):
    """S54: the right ends now, and nothing is changed halfway."""
    afslut_rolle(tildeling=v.skoleleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    assert ret(sanne, v, titel="Lærer").status_code == 404
    assert ansat(v.vejleder, v.skole).titel == ""


def test_perioder_der_overlapper_og_det_der_haenger(v, sanne, monkeypatch):
    afslut_rolle(tildeling=ansat(v.vejleder, v.skole), gyldig_til=date(2021, 8, 1), af=None)
    ny = rolle(v.vejleder, Rolle.MEDARBEJDER, v.skole, fra=date(2022, 8, 1))
    data = {"gyldig_fra": "2021-07-31", "aftryk": aftryk_af(ny), "navn": "Viggo Holm", "email": v.vejleder.email}
    svar = sanne.post(sted(v.skole, f"{ny.pk}/ret/"), data)
    assert fejl(svar) == {"gyldig_fra": ["Viggo Holm er allerede medarbejder på Lindeskolen i en del af perioden."]}
    monkeypatch.setattr(stik.haenger, "_plugs", {"a": lambda t, til: [stik.Haenger("En delegation", "slutter")]})
    data |= {"gyldig_fra": "2022-08-01", "gyldig_til": "2098-01-01"}
    svar = sanne.post(sted(v.skole, f"{ny.pk}/ret/"), data)
    assert "Brug «Afslut» på listen" in fejl(svar)["gyldig_til"][0]


def test_en_ansat_et_andet_sted_kan_ikke_rettes_herfra(v, sanne):
    for pk in (v.medarbejder.rolletildelinger.get().pk, v.skoleleder.rolletildelinger.get().pk, 10**30):
        assert sanne.get(sted(v.skole, f"{pk}/ret/")).status_code == 404
        assert sanne.post(sted(v.skole, f"{pk}/inviter/")).status_code == 404


def test_s54_det_skrevne_kommer_tilbage_naar_lederens_rolle_slutter_imens(v, sanne):
    afslut_rolle(tildeling=v.skoleleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    svar = sanne.post(sted(v.skole, "registrer/"), felter(arbejder_med="Overgange"))
    assert svar.status_code in {403, 404}
    assert "Overgange" in svar.content.decode()
    assert not Person.objects.filter(email="ida@demo.example").exists()
