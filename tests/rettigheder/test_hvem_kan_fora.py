"""The matrix "forum and people" again, asked about known people and real forums (S28–S36, S46, S53; cases 4, 7, 8, 10).

Linde's school with its KKFO and a centre that has two schools; its Ressourcecenter and Læringscenter, the team of the
klynge that the centre and a børnehus belong to, and the Ressourcecenter next door.
"""

from datetime import timedelta

import pytest

from ressourcecenter.queries import fora_ved
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, Rolle, maa
from tests.fabrik import person, rolle, verden
from tests.ressourcecenter.byg import Art, delegation, forum, ressourceperson
from tests.rettigheder.test_tabellen import laes_tabel

pytestmark = pytest.mark.django_db

FOLK = {
    "SL": "skoleleder",
    "ST": "stedfortraeder",  # the school's deputy for a period
    "KO": "koordinator",  # of both forums
    "Kr": "rc_koordinator",  # of the Ressourcecenter alone
    "FL": "paedagogiskleder",
    "CL": "centerleder",  # two schools
    "DE": "teamkoordinator",  # the centre's delegate at Linde
    "MK": "medarbejder",  # in the KKFO
    "MS": "vejleder",  # at the school
    "RP": "plc_person",  # resource person in the Læringscenter alone, from next door
    "RE": "sundhedsplejerske",  # external, in the Ressourcecenter alone
    "KL": "klyngeleder",
    "NK": "netvaerkskoordinator",
    "DL": "dagtilbudsleder",  # in the klynge
    "OC": "omraadechef",
    "FO": "forvaltning",
    "AD": "administrator",
    "nS": "naboskoleleder",
    "nK": "nabokoordinator",
    "ud": "udenfor",
}

TABEL = """
                               SL ST KO Kr FL CL DE MK MS | RP RE | KL NK DL OC FO AD | nS nK ud
rc:se_forum                    ●  ●  ●  ●  ●  ●  ●  ●  ●  | –  ●  | ●  –  –  ●  ●  –  | –  –  –
plc:se_forum                   ●  ●  ●  ●  ●  ●  ●  ●  ●  | ●  –  | ●  –  –  ●  ●  –  | –  –  –
team:se_forum                  –  –  –  –  –  ●  ●  –  –  | –  –  | ●  –  ●  ●  ●  –  | –  –  –
naborc:se_forum                –  –  –  –  –  ●  ●  –  –  | ●  –  | ●  –  –  ●  ●  –  | ●  ●  –
rc:udpeg_koordinator           ●  –  –  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
plc:udpeg_koordinator          ●  –  –  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
team:udpeg_koordinator         –  –  –  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
rc:tilknyt_ressourceperson     ●  ●  ●  ●  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
plc:tilknyt_ressourceperson    ●  ●  ●  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
team:tilknyt_ressourceperson   –  –  –  –  –  –  –  –  –  | –  –  | ●  –  –  –  –  –  | –  –  –
rc:ret_lokale_regler           ●  ●  ●  ●  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
plc:ret_lokale_regler          ●  ●  ●  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
team:ret_lokale_regler         –  –  –  –  –  –  –  –  –  | –  –  | ●  –  –  –  –  –  | –  –  –
rc:indkald                     ●  ●  ●  ●  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
plc:indkald                    ●  ●  ●  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
team:indkald                   –  –  –  –  –  –  –  –  –  | –  –  | ●  –  –  –  –  –  | –  –  –
center:deleger_deltagelse      –  –  –  –  –  ●  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
kkfo:deleger_deltagelse        –  –  –  –  ●  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
skole:deleger_deltagelse       –  –  –  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
skole:registrer_medarbejder    ●  ●  –  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
skole:naevn_stedfortraeder     ●  –  –  –  –  –  –  –  –  | –  –  | –  –  –  –  –  –  | –  –  –
distrikt:se_distrikt           ●  ●  ●  ●  ●  ●  ●  ●  ●  | ●  ●  | ●  ●  ●  ●  ●  ●  | –  –  –
distrikt:se_mangler            ●  ●  ●  ●  ●  ●  –  –  –  | –  –  | ●  ●  ●  ●  ●  –  | –  –  –
skole:se_enhed                 ●  ●  ●  ●  ●  ●  ●  ●  ●  | ●  ●  | ●  ●  ●  ●  ●  ●  | –  –  –
"""


@pytest.fixture
def v():
    v = verden()
    v.stedfortraeder, v.rc_koordinator, v.plc_person = map(person, ("Stig Sted", "Rita Rc", "Poul Plc"))
    til = tid.i_dag() + timedelta(days=30)
    rolle(v.stedfortraeder, Rolle.SKOLELEDER, v.skole, til=til, i_fravaer=True, er_primaer=False)
    rolle(v.rc_koordinator, Rolle.MEDARBEJDER, v.kkfo)
    rolle(v.rc_koordinator, Rolle.KOORDINATOR, v.skole, omfang="rc")
    rolle(v.plc_person, Rolle.MEDARBEJDER, v.naboskole)
    rolle(v.sundhedsplejerske, Rolle.MEDARBEJDER, v.omraade)
    ressourceperson(forum(v.skole, Art.PLC), v.plc_person, v.naboskole, tilhoersforhold="ekstern")
    ressourceperson(forum(v.skole), v.sundhedsplejerske, v.omraade)
    delegation(v.center, v.skole, v.teamkoordinator)
    return v


def test_what_the_page_offers_is_what_the_table_says(v):
    """`fora_ved` asks only about the forum's own unit; `maa` about everything."""
    tilbud = {
        "kan_udpege": Handling.UDPEG_KOORDINATOR,
        "kan_tilknytte": Handling.TILKNYT_RESSOURCEPERSON,
        "kan_rette_regler": Handling.RET_LOKALE_REGLER,
    }
    for sted in (v.skole, v.naboskole, v.klynge, v.netvaerk):
        for hvem in Person.objects.all():
            for et in fora_ved(forum(sted), hvem):
                for navn, handling in tilbud.items():
                    assert getattr(et, navn) == maa(hvem, handling, et), (hvem, navn, et)


def test_the_matrix_holds_for_people(v):
    fora = {"rc": forum(v.skole), "plc": forum(v.skole, Art.PLC), "team": forum(v.klynge), "naborc": forum(v.naboskole)}
    ting, forskelle = {**vars(v), **fora}, []
    for (raekke, kolonne), ventet in laes_tabel(TABEL).items():
        objekt, handling = raekke.split(":")
        if maa(getattr(v, FOLK[kolonne]), Handling(handling), ting[objekt]) != ventet:
            forskelle.append(f"{FOLK[kolonne]} {'kan ikke' if ventet else 'kan'} {raekke}")
    assert forskelle == []
