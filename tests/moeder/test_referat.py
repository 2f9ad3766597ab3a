"""From the beginning of a meeting to closed minutes, as the actions allow it (D21–D24, S30, S54; case 11)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moeder import actions
from moeder.actions.referat import mind_om_lukning
from moeder.models import Bemaerkning, Berigtigelse, Deltager, Punkt
from moeder.queries.papir import uddragsdata
from moeder.queries.referat import referatdata, referatets_aftryk, uddragsenheder
from ressourcecenter.models import LokaleRegler
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError, KonfliktError
from tests.fabrik import verden
from tests.moeder import byg
from tests.moeder.referatbyg import begyndt, frisk, kom_i_gang, lukket, sendt, skrevet, skriv

pytestmark = pytest.mark.django_db
TIME = timedelta(hours=1)


@pytest.fixture
def v():
    return verden()


# --- it begins ----------------------------------------------------------------------------------------------------
def test_et_moede_begynder_tidligst_en_time_foer(v):
    m = kom_i_gang(v, begynder=tid.nu() + 2 * TIME)
    with pytest.raises(IkkeMuligtError, match="en time før"):
        actions.hold_moede(moede=m.moede, af=v.koordinator)
    with tid.frys(m.moede.begynder - TIME):
        assert actions.hold_moede(moede=m.moede, af=v.koordinator).tilstand == "afholdt"


def test_to_klik_er_en_begyndelse_og_reglernes_referent_skriver(v):
    """S43: the coordinator writes, unless the forum has agreed otherwise."""
    m = begyndt(v)
    assert m.moede.referent == v.koordinator
    actions.hold_moede(moede=m.moede, af=v.skoleleder)
    assert Haendelse.objects.filter(navn="hold_moede").count() == 1


@pytest.mark.parametrize(("regel", "hvem"), [("leder", "skoleleder"), ("skift", "koordinator")])
def test_s43_referenten_efter_forummets_egen_regel(v, regel, hvem):
    m = kom_i_gang(v)
    LokaleRegler.objects.create(forum=m.rc, referent=regel)
    actions.hold_moede(moede=m.moede, af=v.koordinator)
    assert frisk(m).moede.referent == getattr(v, hvem)


@pytest.mark.parametrize("tilstand", ["reserveret", "aflyst", "referat_lukket", "ikke_afholdt"])
def test_kun_et_indkaldt_moede_kan_holdes(v, tilstand):
    m = kom_i_gang(v, tilstand=tilstand, aflyst_grund="Ingen punkter")
    with pytest.raises(IkkeMuligtError):
        actions.hold_moede(moede=m.moede, af=v.koordinator)


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "medarbejder", "naboskoleleder", "klyngeleder", "udenfor"])
def test_s30_kun_ledelsen_og_referenten_skriver(v, hvem):
    m = begyndt(v)
    with pytest.raises(IkkeTilladtError):
        skriv(m, af=getattr(v, hvem), referat="Nej")


def test_d23_en_valgt_referent_skriver_men_sender_ikke(v):
    m = begyndt(v)
    actions.vaelg_referent(moede=m.moede, person=v.paedagogiskleder, af=v.skoleleder)
    skriv(m, af=v.paedagogiskleder, referat="Pia skriver.")
    for handling in (actions.send_referat, actions.skriv_videre, actions.luk_referat):
        with pytest.raises(IkkeTilladtError):
            handling(moede=m.moede, af=v.paedagogiskleder)


def test_s54_referentens_ret_slutter_med_rollen(v):
    m = begyndt(v)
    actions.vaelg_referent(moede=m.moede, person=v.paedagogiskleder, af=v.skoleleder)
    afslut_rolle(tildeling=v.paedagogiskleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.forvaltning)
    with pytest.raises(IkkeTilladtError):
        skriv(m, af=v.paedagogiskleder, referat="Jeg er stoppet.")


@pytest.mark.parametrize("hvem", ["medarbejder", "udenfor", "naboskoleleder"])
def test_sag_11_den_der_kun_ser_et_punkt_kan_ikke_vaere_referent(v, hvem):
    m = begyndt(v)
    with pytest.raises(ValidationError, match="hele mødet"):
        actions.vaelg_referent(moede=m.moede, person=getattr(v, hvem), af=v.skoleleder)


def test_blev_ikke_holdt_sender_punkterne_tilbage_i_koeen(v):
    m = kom_i_gang(v, begynder=tid.nu() - 3 * TIME)
    with pytest.raises(IkkeTilladtError):
        actions.blev_ikke_holdt(moede=m.moede, af=v.paedagogiskleder)
    actions.blev_ikke_holdt(moede=m.moede, af=v.koordinator)
    assert frisk(m).moede.tilstand == "ikke_afholdt"
    assert set(Punkt.objects.values_list("tilstand", "moede")) == {("venter", None)}
    with pytest.raises(IkkeMuligtError):
        actions.hold_moede(moede=m.moede, af=v.koordinator)


def test_et_moede_der_er_i_gang_kan_ikke_vaere_uholdt(v):
    m = kom_i_gang(v)
    with pytest.raises(IkkeMuligtError, match="ikke gået"):
        actions.blev_ikke_holdt(moede=m.moede, af=v.koordinator)


# --- who came (D24) -----------------------------------------------------------------------------------------------
def test_d24_fremmoede_noteres_og_kan_rettes(v):
    m = begyndt(v)
    noter = {m.pia.pk: "deltog", m.carl.pk: "deltog_ikke", m.viggo.pk: "afbud"}
    actions.noter_fremmoede(moede=m.moede, fremmoede=noter, af=v.koordinator)
    actions.noter_fremmoede(moede=m.moede, fremmoede={m.pia.pk: "deltog_ikke"}, af=v.koordinator)
    assert dict(Deltager.objects.values_list("person__navn", "tilstand")) == {
        "Kirsten Ravn": "inviteret",
        "Pia Dahl": "deltog_ikke",
        "Carl Havn": "deltog_ikke",
        "Viggo Holm": "afbud",
        "Mette Bak": "inviteret",
    }


def test_den_der_kom_uden_at_vaere_inviteret_afvises_med_vejen_videre(v):
    m = begyndt(v)
    andet = byg.inviter(byg.moede(m.rc, af=v.skoleleder, tilstand="indkaldt"), v.medarbejder, v.kkfo)
    for fremmed in (andet.pk, 10**9):
        with pytest.raises(ValidationError, match="Skriv i referatet, hvem der også var med"):
            actions.noter_fremmoede(moede=m.moede, fremmoede={fremmed: "deltog"}, af=v.koordinator)


def test_stedfortraederen_staar_i_referatet(v):
    m = begyndt(v)
    vikar = byg.inviter(m.moede, v.teamkoordinator, v.center, i_stedet_for=m.carl)
    actions.noter_fremmoede(moede=m.moede, fremmoede={vikar.pk: "deltog", m.carl.pk: "afbud"}, af=v.koordinator)
    data = referatdata(m.moede)
    assert [(str(d), str(d.i_stedet_for)) for d in data.til_stede] == [("Tove Krog", "Carl Havn")]
    assert [str(d) for d in data.ikke_til_stede] == ["Carl Havn"]


# --- the outcome of each item (D21) -------------------------------------------------------------------------------
def test_d21_et_udfald_goer_punktet_behandlet(v):
    m = begyndt(v)
    skriv(m, referat="Vi *aftalte* det.")
    assert (frisk(m).emne.tilstand, m.emne.referat_html) == ("behandlet", "<p>Vi <em>aftalte</em> det.</p>")
    assert m.moede.tilstand == "referat_udkast"


def test_det_samme_igen_er_ingen_aendring(v):
    m = begyndt(v)
    skriv(m, referat="Tekst")
    skriv(m, referat=("Tekst", 0))
    assert (frisk(m).emne.referat_version, Haendelse.objects.filter(navn="skriv_udfald").count()) == (1, 1)


def test_to_der_skriver_hver_sit_felt_kommer_ikke_i_vejen_for_hinanden(v):
    m = begyndt(v)
    skriv(m, af=v.koordinator, referat=("Referat", 0))
    skriv(m, af=v.skoleleder, beslutning=("Beslutning", 0))
    assert (frisk(m).emne.referat, m.emne.beslutning) == ("Referat", "Beslutning")


def test_en_gammel_tekst_skriver_aldrig_over_en_nyere(v):
    m = begyndt(v)
    skriv(m, referat=("Kirstens", 0))
    with pytest.raises(KonfliktError) as konflikt:
        skriv(m, af=v.skoleleder, referat=("Sannes", 0))
    assert (konflikt.value.nu["referat"], konflikt.value.nu["referat_version"]) == ("Kirstens", 1)
    assert frisk(m).emne.referat == "Kirstens"


def test_s3_om_et_barn_skrives_der_intet(v):
    m = begyndt(v)
    with pytest.raises(ValidationError, match="Skriv ikke om barnet her"):
        skriv(m, punkt=m.barn, referat="Ord")
    actions.marker_behandlet(moede=m.moede, punkt=m.barn.noegle, behandlet=True, af=v.koordinator)
    assert (frisk(m).barn.tilstand, m.barn.referat) == ("behandlet", "")
    actions.marker_behandlet(moede=m.moede, punkt=m.barn.noegle, behandlet=False, af=v.koordinator)
    assert frisk(m).barn.tilstand == "paa_dagsorden"


def test_et_punkt_fra_et_andet_moede_findes_ikke_her(v):
    m = begyndt(v)
    fremmed = byg.punkt(byg.moede(m.rc, af=v.skoleleder, tilstand="indkaldt"))
    with pytest.raises(Punkt.DoesNotExist):
        skriv(m, punkt=fremmed, referat="Tekst")


# --- out for comments, and closed (D23) ---------------------------------------------------------------------------
def test_d23_et_punkt_der_ikke_er_naaet_holder_referatet_tilbage(v):
    m = begyndt(v)
    skriv(m, referat="Kun det ene.")
    with pytest.raises(ValidationError, match="Punkt 2 og punkt 3 er hverken behandlet eller udsat"):
        actions.send_referat(moede=m.moede, af=v.koordinator)


def test_d23_frist_i_skoledage_og_en_neutral_mail_til_hver(v):
    """D37: nothing from the minutes is in the mail; a deadline far away lets it ride along."""
    m = sendt(v)
    assert m.moede.tilstand == "referat_i_hoering"
    assert m.moede.hoering_til > tid.i_dag() + timedelta(days=5)
    post = Besked.objects.filter(noegle__startswith="referat:")
    assert {besked.til for besked in post} == {v.paedagogiskleder, v.centerleder, v.vejleder, v.medarbejder}
    assert {besked.levering for besked in post} == {"lejlighed"}
    assert not any(ord_ in f"{b.emne} {b.tekst}" for b in post for ord_ in ("Overgange", "besøg", "Legeplads"))


@pytest.mark.parametrize(("dage", "levering"), [(0, "lejlighed"), (3, "samlet"), (4, "lejlighed")])
def test_en_kort_frist_venter_ikke_paa_en_lejlighed(v, dage, levering):
    m = skrevet(v)
    LokaleRegler.objects.create(forum=m.rc, hoeringsfrist=dage)
    actions.send_referat(moede=m.moede, af=v.koordinator)
    assert {b.levering for b in Besked.objects.filter(noegle__startswith="referat:")} == {levering}
    if dage == 0:
        actions.luk_referat(moede=frisk(m).moede, af=v.koordinator)
        assert frisk(m).moede.tilstand == "referat_lukket"


def test_det_der_er_rettet_efter_gennemsynet_sendes_og_lukkes_ikke_uset(v):
    m = skrevet(v)
    laest = referatets_aftryk(m.moede.punkter.all())
    skriv(m, af=v.skoleleder, referat="Rettet imens.")
    with pytest.raises(KonfliktError):
        actions.send_referat(moede=m.moede, af=v.koordinator, aftryk=laest)
    actions.send_referat(moede=m.moede, af=v.koordinator, aftryk=referatets_aftryk(m.moede.punkter.all()))


def test_sag_11_bemaerkninger_kun_til_det_man_var_inviteret_til(v):
    m = sendt(v)
    actions.bemaerk_referat(punkt=m.andet, tekst="Det var gyngen.", af=v.medarbejder)
    with pytest.raises(IkkeTilladtError):
        actions.bemaerk_referat(punkt=m.emne, tekst="Nej", af=v.medarbejder)
    with pytest.raises(IkkeTilladtError):
        actions.bemaerk_referat(punkt=m.andet, tekst="Nej", af=v.naboskoleleder)
    actions.bemaerk_referat(punkt=m.emne, tekst="Fra KKFO.", af=v.paedagogiskleder)
    actions.bemaerk_referat(punkt=m.emne, tekst="Fra KKFO.", af=v.paedagogiskleder)
    assert Bemaerkning.objects.count() == 2
    with pytest.raises(ValidationError, match="Skriv ikke om barnet"):
        actions.bemaerk_referat(punkt=m.barn, tekst="Nej", af=v.paedagogiskleder)


@pytest.mark.parametrize("forloeb", [skrevet, lukket])
def test_bemaerkninger_kun_mens_referatet_er_ude(v, forloeb):
    m = forloeb(v)
    with pytest.raises(IkkeMuligtError):
        actions.bemaerk_referat(punkt=m.emne, tekst="For sent.", af=v.paedagogiskleder)


def test_d23_ledelsen_svarer_ved_at_rette_og_sende_igen(v):
    m = sendt(v)
    with pytest.raises(IkkeMuligtError):
        skriv(m, referat="Uden at tage det tilbage.")
    actions.skriv_videre(moede=m.moede, af=v.koordinator)
    skriv(m, referat="Rettet.")
    actions.send_referat(moede=m.moede, af=v.koordinator)
    assert frisk(m).emne.referat == "Rettet."
    assert Besked.objects.filter(noegle__startswith="referat:", til=v.paedagogiskleder).count() == 1
    sendte = [h.data["felter"]["Punkt 1, referat"][1] for h in Haendelse.objects.filter(navn="send_referat")]
    assert sorted(sendte) == ["Rettet.", "Vi talte om overgange."]


def test_d23_foer_fristen_lukkes_kun_med_en_bekraeftelse(v):
    m = sendt(v)
    with pytest.raises(ValidationError, match="Sæt kryds"):
        actions.luk_referat(moede=m.moede, af=v.koordinator)
    with tid.frys(tid.nu() + timedelta(days=30)):
        actions.luk_referat(moede=m.moede, af=v.koordinator)
    assert frisk(m).moede.tilstand == "referat_lukket"


def test_d23_et_lukket_referat_kan_ikke_aendres(v):
    m = lukket(v)
    opgave = byg.opgave(m.emne, v.vejleder, v.skole)
    nej = [
        lambda: skriv(m, referat="Nej"),
        lambda: actions.marker_behandlet(moede=m.moede, punkt=m.emne.noegle, behandlet=False, af=v.skoleleder),
        lambda: actions.noter_fremmoede(moede=m.moede, fremmoede={m.pia.pk: "deltog"}, af=v.skoleleder),
        lambda: actions.opret_opgave(
            moede=m.moede, punkt=m.emne.noegle, tekst="x", ansvarlig=v.vejleder, frist=opgave.frist, af=v.skoleleder
        ),
        lambda: actions.skriv_videre(moede=m.moede, af=v.skoleleder),
        lambda: actions.send_referat(moede=m.moede, af=v.skoleleder),
        lambda: actions.vaelg_referent(moede=m.moede, person=v.vejleder, af=v.skoleleder),
        lambda: actions.aflys_moede(moede=m.moede, grund="x", af=v.skoleleder),
    ]
    for forsoeg in nej:
        with pytest.raises(IkkeMuligtError):
            forsoeg()
    assert frisk(m).emne.referat == "Vi talte om overgange."


def test_d23_en_berigtigelse_staar_ved_siden_af(v):
    m = lukket(v)
    with pytest.raises(IkkeTilladtError):
        actions.berigtig(moede=m.moede, punkt=m.emne, tekst="Uge 11.", af=v.paedagogiskleder)
    for _ in range(2):
        actions.berigtig(moede=m.moede, punkt=m.emne, tekst="Det var uge 11.", af=v.koordinator)
    assert Berigtigelse.objects.count() == 1
    (punkt,) = [p for p in referatdata(m.moede).punkter if p.pk == m.emne.pk]
    assert (punkt.beslutning, [b.tekst for b in punkt.berigtigelser.all()]) == (
        "Fælles besøg i uge 10.",
        ["Det var uge 11."],
    )
    told = set(Besked.objects.filter(noegle__startswith="referat-berigtiget:").values_list("til", flat=True))
    assert v.medarbejder.pk not in told
    with pytest.raises(ValidationError, match="Skriv ikke om barnet"):
        actions.berigtig(moede=m.moede, punkt=m.barn, tekst="Nej", af=v.koordinator)


def test_foer_lukning_rettes_i_selve_referatet(v):
    with pytest.raises(IkkeMuligtError, match="selve referatet"):
        actions.berigtig(moede=sendt(v).moede, punkt=None, tekst="x", af=v.koordinator)


def test_skoledagen_efter_fristen_mindes_ledelsen_og_kun_en_gang(v):
    m = sendt(v)
    frist = tid.fra_lokal(m.moede.hoering_til, byg.time(9))
    assert mind_om_lukning(frist) == 0
    assert mind_om_lukning(frist + timedelta(days=7)) == 1
    assert mind_om_lukning(frist + timedelta(days=8)) == 0
    assert Besked.objects.get(noegle__startswith="referat-luk:").til == v.koordinator
    assert frisk(m).moede.tilstand == "referat_i_hoering"


def test_s39_anmodningen_er_behandlet_naar_referatet_er_sendt(v):
    m = skrevet(v)
    felter = {"tilstand": "paa_dagsorden", "moede": m.moede, "punkt": m.emne}
    anmodning = byg.anmod(m.rc, v.medarbejder, v.kkfo, **felter)
    actions.send_referat(moede=m.moede, af=v.koordinator)
    anmodning.refresh_from_db()
    assert anmodning.tilstand == "behandlet"


def test_s39_et_moede_der_ikke_blev_holdt_giver_anmodningen_tilbage(v):
    m = kom_i_gang(v, begynder=tid.nu() - 3 * TIME)
    felter = {"tilstand": "paa_dagsorden", "moede": m.moede, "punkt": m.emne}
    anmodning = byg.anmod(m.rc, v.medarbejder, v.kkfo, **felter)
    actions.blev_ikke_holdt(moede=m.moede, af=v.koordinator)
    anmodning.refresh_from_db()
    assert (anmodning.tilstand, anmodning.moede) == ("modtaget", None)


# --- who reads what -----------------------------------------------------------------------------------------------
def test_sag_11_den_der_var_med_til_et_punkt_laeser_kun_det(v):
    m = sendt(v)
    egne = referatdata(m.moede, v.medarbejder)
    assert [(p.nummer, p.titel) for p in egne.punkter] == [(2, "Legepladsen")]
    assert (egne.er_hele, egne.til_stede, egne.berigtigelser, egne.opfoelgninger) == (False, [], [], [])
    assert len(referatdata(m.moede, v.paedagogiskleder).punkter) == 3


def test_uddraget_har_beslutninger_og_egne_opgaver_men_aldrig_et_barn(v):
    m = skrevet(v)
    frist = tid.i_dag() + timedelta(days=9)
    for tekst, hvem in (("Aftal besøg", v.paedagogiskleder), ("Book bus", v.centerleder)):
        actions.opret_opgave(
            moede=m.moede, punkt=m.emne.noegle, tekst=tekst, ansvarlig=hvem, frist=frist, af=v.koordinator
        )
    assert uddragsenheder(m.moede, v.skoleleder) == []
    actions.send_referat(moede=m.moede, af=v.koordinator)
    data = uddragsdata(frisk(m).moede, v.kkfo)
    assert [linje.punkt.titel for linje in data["linjer"]] == ["Overgange til 4. klasse", "Legepladsen"]
    assert [opgave.tekst for opgave in data["opgaver"]] == ["Aftal besøg"]
    hvem = {navn: set(uddragsenheder(m.moede, getattr(v, navn))) for navn in ("skoleleder", "paedagogiskleder")}
    assert hvem == {"skoleleder": {v.skole, v.kkfo, v.center}, "paedagogiskleder": {v.kkfo}}
    assert uddragsenheder(m.moede, v.medarbejder) == []


def test_s33_en_leder_der_kun_var_med_til_et_punkt_faar_ikke_de_oevrige_punkter_i_et_uddrag(v):
    m = skrevet(v)
    byg.inviter(m.moede, v.dagtilbudsleder, v.boernehus, [m.emne], indkaldt_den=tid.nu())
    actions.send_referat(moede=m.moede, af=v.koordinator)
    assert [p.titel for p in referatdata(frisk(m).moede, v.dagtilbudsleder).punkter] == [m.emne.titel]
    assert uddragsenheder(m.moede, v.dagtilbudsleder) == []
    assert v.boernehus in uddragsenheder(m.moede, v.skoleleder)
