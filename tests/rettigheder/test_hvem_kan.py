"""The permission matrix again, asked about known people and real objects: roles reach where they should, no further.

Linde's agreement has seven parties: two schools, one børnehus without a leader, and one from outside the district
with a reason. One børnehus of the district is no party. Egeskolen next door shares only the fritidscenter with it
(cases 8, 23, 25, 43).
"""

import pytest

from aftaler import actions
from samarbejde.organisation import tilknyt
from samarbejde.permissions import Handling, Rolle, maa
from samarbejde.roller import HELE_KOMMUNEN
from tests.aftaler import byg
from tests.fabrik import FRA, Art, enhed, person, rolle, verden
from tests.rettigheder.test_tabellen import laes_tabel

pytestmark = pytest.mark.django_db

FOLK = {
    "SL": "skoleleder",
    "KO": "koordinator",
    "FL": "paedagogiskleder",  # Linde's KKFO
    "CL": "centerleder",  # a centre in Linde and in Ege
    "DL": "dagtilbudsleder",
    "MK": "medarbejder",  # in the KKFO
    "MS": "vejleder",  # at the school
    "KL": "klyngeleder",  # of the centre and the børnehus
    "NK": "netvaerkskoordinator",  # of the selvejende børnehus
    "OC": "omraadechef",
    "FO": "forvaltning",
    "AD": "administrator",
    "S2": "sydskoleleder",  # the other school of the district, a party and not the tovholder
    "DS": "skovleder",  # of a børnehus that is party with a reason, outside the district
    "MX": "stjernemedarbejder",  # at a børnehus in the district that is no party
    "KX": "sydklyngeleder",  # of that børnehus alone
    "nS": "naboskoleleder",
    "nK": "nabokoordinator",
    "ud": "udenfor",
}

TABEL = """
                                 SL KO FL CL DL MK MS KL NK OC FO AD | S2 DS MX KX | nS nK ud
distrikt:se_distrikt             ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  | ●  –  ●  ●  | –  –  –
distrikt:opret_aftale            ●  –  ●  ●  ●  –  –  –  –  –  –  –  | ●  –  –  –  | –  –  –
nabodistrikt:se_distrikt         –  –  –  ●  –  –  –  ●  –  ●  ●  ●  | –  –  –  –  | ●  ●  –
nabodistrikt:opret_aftale        –  –  –  ●  –  –  –  –  –  –  –  –  | –  –  –  –  | ●  –  –
skole:se_enhed                   ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  | ●  –  ●  ●  | –  –  –
center:se_enhed                  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  | ●  –  ●  ●  | ●  ●  –
klynge:se_enhed                  –  –  –  –  –  –  –  ●  –  –  ●  ●  | –  –  –  –  | –  –  –
skole:udpeg_leder                –  –  –  –  –  –  –  –  –  –  ●  ●  | –  –  –  –  | –  –  –
klynge:udpeg_leder               –  –  –  –  –  –  –  –  –  –  ●  ●  | –  –  –  –  | –  –  –
skole:registrer_medarbejder      ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
kkfo:registrer_medarbejder       –  –  ●  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
center:registrer_medarbejder     –  –  –  ●  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
boernehus:registrer_medarbejder  –  –  –  –  ●  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
klynge:registrer_medarbejder     –  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
skole:naevn_stedfortraeder       ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
kkfo:naevn_stedfortraeder        –  –  ●  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
klynge:naevn_stedfortraeder      –  –  –  –  –  –  –  ●  –  –  –  –  | –  –  –  –  | –  –  –
omraade:naevn_stedfortraeder     –  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
kladde:se_tilstand               ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | ●  ●  ●  ●  | –  –  –
kladde:laes                      ●  ●  ●  ●  ●  ●  ●  ●  –  –  –  –  | ●  ●  –  –  | –  –  –
kladde:skriv_aftale              ●  –  ●  ●  ●  –  –  –  –  –  –  –  | ●  ●  –  –  | –  –  –
kladde:vaelg_parter              ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
kladde:send_til_godkendelse      ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
sendt:laes                       ●  ●  ●  ●  ●  ●  ●  ●  –  –  –  –  | ●  ●  –  –  | –  –  –
sendt:traek_tilbage              ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
sendt:annuller_aftale            ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
indgaaet:se_tilstand             ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | ●  ●  ●  ●  | –  –  –
indgaaet:laes                    ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | ●  ●  ●  –  | –  –  –
annulleret:laes                  ●  ●  ●  ●  ●  ●  ●  ●  –  –  –  –  | ●  ●  –  –  | –  –  –
part_skole:godkend               ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
part_kkfo:godkend                –  –  ●  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
part_center:godkend              –  –  –  ●  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
part_boernehus:godkend           –  –  –  –  ●  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
part_selvejende:godkend          –  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
part_syd:godkend                 –  –  –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  | –  –  –
part_skoven:godkend              –  –  –  –  –  –  –  –  –  –  –  –  | –  ●  –  –  | –  –  –
part_skole:kan_ikke_godkende     ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
part_kkfo:kan_ikke_godkende      –  –  ●  –  –  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
part_boernehus:kan_ikke_godkende –  –  –  –  ●  –  –  –  –  –  –  –  | –  –  –  –  | –  –  –
part_skole:laes                  ●  ●  ●  ●  ●  ●  ●  ●  –  –  –  –  | ●  ●  –  –  | –  –  –
kommunen:se_forvaltning          –  –  –  –  –  –  –  –  –  –  ●  ●  | –  –  –  –  | –  –  –
kommunen:eksporter               –  –  –  –  –  –  –  –  –  –  ●  –  | –  –  –  –  | –  –  –
kommunen:se_al_post              –  –  –  –  –  –  –  –  –  –  –  ●  | –  –  –  –  | –  –  –
kommunen:gensend_besked          –  –  –  –  –  –  –  –  –  –  –  ●  | –  –  –  –  | –  –  –
"""


@pytest.fixture
def v():
    v = verden()
    v.syd = enhed("Lindeskolen Syd", i=v.distrikt)
    v.stjernen = enhed("Børnehuset Stjernen", Art.DAGINSTITUTION, i=v.distrikt)
    v.sydklynge = enhed("Klynge Syd", Art.KLYNGE)
    tilknyt(enhed=v.stjernen, til=v.sydklynge, gyldig_fra=FRA, af=None)
    v.skoven = enhed("Børnehuset Skoven", Art.DAGINSTITUTION)
    for login, hvilken, hvor in (
        ("sydskoleleder", Rolle.SKOLELEDER, v.syd),
        ("skovleder", Rolle.DAGTILBUDSLEDER, v.skoven),
        ("stjernemedarbejder", Rolle.MEDARBEJDER, v.stjernen),
        ("sydklyngeleder", Rolle.KLYNGELEDER, v.sydklynge),
    ):
        setattr(v, login, person(login.capitalize()))
        rolle(getattr(v, login), hvilken, hvor)
    return v


@pytest.fixture
def ting(v):
    """The objects of the table by name."""
    ting = vars(v) | {"kommunen": HELE_KOMMUNEN}
    with byg.i_aaret(2023):
        ting["annulleret"] = kladde(v, v.selvejende)
        actions.annuller_aftale(aftale=ting["annulleret"], af=v.skoleleder, grund="Forkert.")
        ting["sendt"] = byg.send(kladde(v, v.selvejende), v.skoleleder)
    with byg.i_aaret(2024):
        ting["indgaaet"] = byg.send(kladde(v), v.skoleleder)
        for hvor in byg.parter(v):
            byg.godkend(ting["indgaaet"], hvor, byg.leder(v, hvor))
        byg.godkend(ting["indgaaet"], v.syd, v.sydskoleleder)
        byg.godkend(ting["indgaaet"], v.skoven, v.skovleder)
    with byg.i_aaret(2025):
        ting["kladde"] = kladde(v, v.selvejende)
    for navn in ("annulleret", "sendt", "indgaaet", "kladde"):
        ting[navn] = byg.frisk(ting[navn])
        assert ting[navn].tilstand in {navn, "til_godkendelse"}
    for navn in ("skole", "syd", "kkfo", "center", "boernehus", "selvejende", "skoven"):
        ting[f"part_{navn}"] = byg.part(ting["sendt"], getattr(v, navn))
    return ting


def kladde(v, *flere):
    enheder = [*byg.parter(v), v.syd, *flere]
    aftale = byg.kladde(v, enheder=enheder)
    parter = [*byg.valg(enheder), actions.Partsvalg(v.skoven, "Mange af børnene kommer derfra.")]
    actions.vaelg_parter(aftale=aftale, af=v.skoleleder, parter=parter)
    return byg.frisk(aftale)


def test_the_matrix_holds_for_people(v, ting):
    forskelle = []
    for (raekke, kolonne), ventet in laes_tabel(TABEL).items():
        objekt, handling = raekke.split(":")
        if maa(getattr(v, FOLK[kolonne]), Handling(handling), ting[objekt]) != ventet:
            forskelle.append(f"{FOLK[kolonne]} {'kan ikke' if ventet else 'kan'} {raekke}")
    assert forskelle == []
