"""The pages of approval and of the agreement's later life, each in its states, at 1280 and 320 px."""

import pytest

from aftaler import actions
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from tests.aftaler import byg
from tests.aftaler.sider import rod
from tests.fabrik import ADGANGSKODE, verden

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def v():
    return verden()


def part(aftale, enhed, verbum):
    return f"{rod(aftale)}parter/{enhed.slug}/{verbum}/"


def test_decision_12_godkend_igen_med_forskellen_og_fortryd(besoeg, v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "retning", "Vi vil mødes om alle børnefællesskaber.\n\n- Klubben\n- Skolen")
    klub = byg.skriv_maal(aftale, v.skoleleder, titel="Klubben er for alle", omraader=(1, 2))
    byg.skriv_aktivitet(aftale, v.skoleleder, byg.skriv_delmaal(aftale, v.skoleleder, klub))
    byg.send(aftale, v.skoleleder)
    pia = besoeg(v.paedagogiskleder)
    pia.til(rod(aftale), "aftale-godkend-igen")
    pia.til(part(aftale, v.kkfo, "godkend"), "godkend-igen")
    pia.tryk(f"Godkend for {v.kkfo.navn}", "godkend-bekraeft")
    pia.skriv(password="forkert")
    pia.tryk("Bekræft", "godkend-bekraeft-fejl")
    pia.skriv(password=ADGANGSKODE)
    pia.tryk("Bekræft", "godkendt-igen")
    pia.til(part(aftale, v.kkfo, "fortryd-godkendelse"), "fortryd-godkendelse")
    pia.tryk("Træk godkendelsen tilbage", "godkendelse-trukket")


def test_decision_3_paa_vegne_af(besoeg, v):
    for tildeling in v.dagtilbudsleder.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    aftale = byg.sendt(v)
    kaj = besoeg(v.klyngeleder)
    kaj.til(part(aftale, v.boernehus, "godkend"), "godkend-paa-vegne-af")
    byg.godkend(aftale, v.boernehus, v.klyngeleder)
    kaj.til(rod(aftale), "aftale-godkendt-paa-vegne-af")


def test_case_38_39_uden_en_tavs_part_og_tiltraed_senere(besoeg, v):
    aftale = byg.sendt(v)
    for enhed in (v.skole, v.kkfo, v.boernehus):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    sanne, carl = besoeg(v.skoleleder), besoeg(v.centerleder)
    sanne.til(rod(aftale), "aftale-efter-fristen")
    sanne.til(rod(aftale) + "indgaa-uden-svar/", "indgaa-uden-svar")
    sanne.tryk("Indgå aftalen", "indgaa-uden-svar-fejl")
    sanne.skriv(grund="Vi har ringet tre gange.")
    sanne.tryk("Indgå aftalen", "indgaaet-uden-svar")
    carl.til(rod(aftale), "aftale-aaben-plads")
    carl.til(part(aftale, v.center, "tiltraed"), "tiltraed")


def test_case_28_en_part_er_traadt_ud_og_ophaevet(besoeg, v):
    aftale = byg.indgaaet(v)
    sanne = besoeg(v.skoleleder)
    sanne.til(rod(aftale) + "optag-part/", "optag-part")
    sanne.tryk("Optag parten", "optag-part-fejl")
    sanne.til(rod(aftale) + "lad-udtraede/", "lad-udtraede")
    sanne.tryk("Gem, at parten er trådt ud", "lad-udtraede-fejl")
    actions.lad_udtraede(
        aftale=aftale, af=v.skoleleder, enhed=v.boernehus, dato=tid.i_dag(), grund="Børnehuset er lukket."
    )
    sanne.til(rod(aftale), "aftale-part-traadt-ud")
    sanne.til(rod(aftale) + "ophaev/", "ophaev")
    sanne.tryk("Ophæv aftalen", "ophaev-fejl")
    sanne.skriv(grund="Skolen lægges sammen med naboskolen.")
    sanne.tryk("Ophæv aftalen", "aftale-ophaevet")
