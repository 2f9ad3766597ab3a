"""The pages of minutes and tasks, as forms and as the script sends them (D21–D24; case 11, 29)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from moeder import actions
from moeder.models import Berigtigelse, Deltager, Moede, Opgave
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from tests.fabrik import verden
from tests.moeder import byg
from tests.moeder.referatbyg import begyndt, frisk, kom_i_gang, lukket, sendt, skrevet, skriv

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def v():
    return verden()


def sted(m, navn="skriv_referat", *mere):
    return reverse(navn, args=[m.moede.kode, *mere])


def udfald(m, punkt=None, **felter):
    """What the form of an item sends: everything as it was shown, with these changed."""
    from moeder.forms.referat import gemt_udfald

    return {**gemt_udfald(frisk(m).emne if punkt is None else punkt), **felter}


def gem(client, m, felter, **mere):
    return client.post(sted(m, "skriv_udfald", m.emne.noegle), felter, **mere)


def test_hele_vejen_som_formularer(client, v):
    m = kom_i_gang(v)
    client.force_login(v.koordinator)
    assert "Begynd mødet" in client.get(sted(m)).content.decode()
    client.post(sted(m, "hold_moede"))
    client.post(sted(m, "noter_fremmoede"), {f"d{m.carl.pk}": "afbud", f"foer{m.carl.pk}": "inviteret", "resten": "1"})
    assert gem(client, m, udfald(m, referat="Godt møde.", beslutning="Besøg i uge 10.")).status_code == 302
    ny = {"tekst": "Aftal besøg", "ansvarlig": v.centerleder.pk, "frist": f"{tid.i_dag() + timedelta(days=9)}"}
    client.post(sted(m, "opret_opgave", m.emne.noegle), ny)
    for punkt in (m.andet, m.barn):
        client.post(sted(m, "marker_behandlet", punkt.noegle), {"behandlet": "1"})
    side = client.get(sted(m, "send_referat"))
    svar = client.post(sted(m, "send_referat"), {"aftryk": side.context["form"].initial["aftryk"]}, follow=True)
    for ord_ in ("Referatet er sendt", "Besøg i uge 10.", "Aftal besøg", "Carl Havn", "Drøftelse om et barn"):
        assert ord_ in svar.content.decode()
    assert Deltager.objects.filter(tilstand="deltog").count() == 4
    client.post(sted(m, "luk_referat"), {"alligevel": "on"})
    client.post(sted(m, "berigtig"), {"punkt": m.emne.pk, "tekst": "Det var uge 11."})
    laest = client.get(sted(m, "laes_referat")).content.decode()
    assert "Besøg i uge 10." in laest
    assert "Det var uge 11." in laest


def test_to_faner_viser_begge_tekster_og_gemmer_den_valgte(client, v):
    m = begyndt(v)
    set_ = udfald(m)
    skriv(m, af=v.skoleleder, referat="Sannes tekst", beslutning="Sannes beslutning")
    client.force_login(v.koordinator)
    svar = gem(client, m, {**set_, "referat": "Kirstens tekst"})
    side = svar.content.decode()
    assert svar.status_code == 409
    assert "Sannes tekst" in side
    assert "Kirstens tekst" in side
    assert frisk(m).emne.referat == "Sannes tekst"
    gem(client, m, dict(svar.context["skjulte"]))
    assert (frisk(m).emne.referat, m.emne.beslutning) == ("Kirstens tekst", "Sannes beslutning")


def test_det_man_ikke_har_roert_skriver_ikke_over_en_anden(client, v):
    m = begyndt(v)
    set_ = udfald(m)
    skriv(m, af=v.skoleleder, beslutning="Sannes beslutning")
    client.force_login(v.koordinator)
    assert gem(client, m, {**set_, "referat": "Kirstens tekst"}).status_code == 302
    assert (frisk(m).emne.referat, m.emne.beslutning) == ("Kirstens tekst", "Sannes beslutning")


def test_scriptet_faar_versionen_at_skrive_videre_paa(client, v):
    m = begyndt(v)
    client.force_login(v.koordinator)
    felter = udfald(m, referat="Et")
    for ord_ in ("to", "tre"):
        svar = gem(client, m, felter, **JSON)
        assert (svar.status_code, svar.json()["besked"][:9]) == (200, "Gemt kl. ")
        felter |= {**svar.json()["felter"], "referat": f"{felter['referat']} {ord_}"}
    assert frisk(m).emne.referat == "Et to"


def test_scriptet_faar_at_vide_hvad_man_skal_goere(client, v):
    m = begyndt(v)
    client.force_login(v.koordinator)
    set_ = udfald(m, referat="Min")
    skriv(m, af=v.skoleleder, referat="Sannes")
    konflikt = gem(client, m, set_, **JSON)
    assert (konflikt.status_code, "Tryk «Gem punktet»" in konflikt.json()["besked"]) == (409, True)
    cpr = gem(client, m, udfald(m, referat="Om 010203-1234"), **JSON)
    assert (cpr.status_code, "personnumre" in cpr.json()["besked"]) == (422, True)
    assert frisk(m).emne.referat == "Sannes"
    Moede.objects.filter(pk=m.moede.pk).update(tilstand="referat_lukket")
    lukket_ = gem(client, m, udfald(m, referat="For sent"), **JSON)
    assert (lukket_.status_code, "kopiere" in lukket_.json()["besked"]) == (409, True)


@pytest.mark.parametrize("felter", [{"referat": "Om 010203-1234"}, {"beslutning": "x" * 10_001}])
def test_en_fejl_viser_teksten_igen(client, v, felter):
    m = begyndt(v)
    client.force_login(v.koordinator)
    side = gem(client, m, udfald(m, **felter))
    assert side.context["form"].errors
    assert next(iter(felter.values())) in side.content.decode()


def test_d23_et_lukket_referat_over_http(client, v):
    m = lukket(v)
    client.force_login(v.skoleleder)
    felter = udfald(m, referat="Nej")
    svar = gem(client, m, felter)
    assert (svar.status_code, "Nej" in svar.content.decode()) == (409, True)
    for navn, mere in (("skriv_videre", ()), ("send_referat", ()), ("marker_behandlet", (m.emne.noegle,))):
        assert client.post(sted(m, navn, *mere)).status_code == 409
    assert client.post(sted(m, "noter_fremmoede"), {f"d{m.pia.pk}": "deltog"}).status_code == 409
    assert frisk(m).emne.referat == "Vi talte om overgange."


def test_s54_teksten_gives_tilbage_naar_retten_er_slut(client, v):
    m = begyndt(v)
    actions.vaelg_referent(moede=m.moede, person=v.paedagogiskleder, af=v.skoleleder)
    client.force_login(v.paedagogiskleder)
    felter = udfald(m, referat="Det, Pia skrev")
    afslut_rolle(tildeling=v.paedagogiskleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.forvaltning)
    svar = gem(client, m, felter)
    assert (svar.status_code, "Det, Pia skrev" in svar.content.decode()) == (404, True)


def test_sag_11_en_medarbejder_ser_kun_sit_punkt_paa_alle_sider(client, v):
    m = sendt(v)
    client.force_login(v.medarbejder)
    for navn in ("laes_referat", "vis_paa_skaerm"):
        side = client.get(sted(m, navn)).content.decode()
        assert "Legepladsen" in side
        for ord_ in ("Overgange til 4. klasse", "Vi talte om", "Fælles besøg", "Carl Havn"):
            assert ord_ not in side
    assert client.get(sted(m, "bemaerk_referat", m.emne.noegle)).status_code == 404
    assert client.get(sted(m, "uddrag", v.kkfo.slug), follow=True).redirect_chain[-1][0] == sted(m, "laes_referat")


def test_kun_den_der_maa_skrive_en_bemaerkning_tilbydes_det(client, v):
    """The centre's leader reads what the centre is part of, but was not there; then the offer would be a dead end."""
    m = sendt(v)
    m.carl.delete()
    for hvem, status in ((v.paedagogiskleder, 200), (v.centerleder, 403)):
        client.force_login(hvem)
        assert ("Skriv en bemærkning" in client.get(sted(m, "laes_referat")).content.decode()) == (status == 200)
        assert client.get(sted(m, "bemaerk_referat", m.emne.noegle)).status_code == status


def test_et_udkast_laeses_kun_af_dem_der_skriver_det(client, v):
    m = skrevet(v)
    for hvem, ser in ((v.koordinator, True), (v.paedagogiskleder, False), (v.medarbejder, False)):
        client.force_login(hvem)
        for navn in ("laes_referat", "vis_paa_skaerm"):
            assert ("slidt" in client.get(f"{sted(m, navn)}?punkt=2").content.decode()) == ser


@pytest.mark.parametrize(("valgt", "vist"), [("1", "Overgange"), ("2", "Legepladsen"), ("99", "barn"), ("x", "Overg")])
def test_skaermen_viser_et_punkt_ad_gangen(client, v, valgt, vist):
    m = begyndt(v)
    client.force_login(v.koordinator)
    side = client.get(f"{sted(m, 'vis_paa_skaerm')}?punkt={valgt}").content.decode()
    assert vist in side.split("<h1>")[1].split("</h1>")[0]


def test_gennemsynet_skal_laeses_igen_naar_nogen_har_rettet(client, v):
    m = skrevet(v)
    client.force_login(v.koordinator)
    aftryk = client.get(sted(m, "send_referat")).context["form"].initial["aftryk"]
    skriv(m, af=v.skoleleder, referat="Rettet imens")
    svar = client.post(sted(m, "send_referat"), {"aftryk": aftryk})
    side = svar.content.decode()
    assert "Referatet er rettet, siden du læste det" in side
    assert "Rettet imens" in side
    nyt = svar.context["form"]["aftryk"].value()
    assert client.post(sted(m, "send_referat"), {"aftryk": nyt}).status_code == 302


def test_opgaven_foelges_op_fra_moedet_og_staar_i_dets_referat(client, v):
    gammelt = lukket(v, begynder=tid.nu() - timedelta(days=20))
    opgave = byg.opgave(gammelt.emne, v.centerleder, v.center)
    m = begyndt(v)
    client.force_login(v.koordinator)
    assert opgave.tekst in client.get(sted(m)).content.decode()
    sti = f"{reverse('foelg_op', args=[opgave.pk])}?moede={m.moede.kode}"
    felter = {"tekst": opgave.tekst, "frist": f"{opgave.frist}", "ansvarlig": v.centerleder.pk, "version": 1}
    svar = client.post(sti, {**felter, "udfald": "afsluttes", "note": "Besøget blev holdt."})
    assert svar["Location"] == f"{sted(m)}#opgaver"
    assert "Besøget blev holdt." in client.get(sted(m, "laes_referat")).content.decode()
    assert Opgave.objects.get().tilstand == "afsluttet"


def test_en_gammel_opfoelgning_viser_begge(client, v):
    m = begyndt(v)
    opgave = byg.opgave(m.emne, v.centerleder, v.center)
    actions.foelg_op(opgave=opgave, udfald="aendres", nyt={"tekst": "Ny tekst"}, version=1, af=v.koordinator)
    client.force_login(v.centerleder)
    felter = {"tekst": "Min tekst", "frist": f"{opgave.frist}", "ansvarlig": v.centerleder.pk, "version": 1}
    svar = client.post(reverse("foelg_op", args=[opgave.pk]), {**felter, "udfald": "aendres"})
    side = svar.content.decode()
    assert (svar.status_code, "Ny tekst" in side, "Min tekst" in side) == (409, True, True)
    assert client.post(reverse("foelg_op", args=[opgave.pk]), dict(svar.context["skjulte"])).status_code == 302
    assert Opgave.objects.get().tekst == "Min tekst"


def test_en_tom_opgave_og_et_tomt_moede_siger_hvad_der_mangler(client, v):
    m = begyndt(v)
    client.force_login(v.koordinator)
    form = client.post(sted(m, "opret_opgave", m.emne.noegle), {}).context["form"]
    assert set(form.errors) == {"tekst", "ansvarlig", "frist"}
    assert client.post(sted(m, "berigtig"), {"tekst": ""}).context["form"].errors
    tomt = byg.moede(m.rc, af=v.skoleleder, tilstand="afholdt", dage=-1)
    assert client.get(reverse("skriv_referat", args=[tomt.kode])).status_code == 200
    assert not Berigtigelse.objects.exists()
