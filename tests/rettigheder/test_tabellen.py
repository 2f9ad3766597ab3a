"""Every cell of the table of rights, against an expectation written by hand (S53).

The table below is the agreement part of the permission matrix, so far as it is built. It is written to be read by a
skoleleder, and deliberately not derived from `TILLADT`: flipping any cell there turns a test red here.
"""

import pytest

from samarbejde.permissions import TILLADT, Handling, Relation, Rolle

KOLONNER = {
    "SL": Rolle.SKOLELEDER,
    "KO": Rolle.KOORDINATOR,
    "FL": Rolle.FRITIDSLEDER,
    "DL": Rolle.DAGTILBUDSLEDER,
    "ME": Rolle.MEDARBEJDER,
    "KL": Rolle.KLYNGELEDER,
    "NK": Rolle.NETVAERKSKOORDINATOR,
    "OC": Rolle.OMRAADECHEF,
    "FO": Rolle.FORVALTNING,
    "AD": Rolle.ADMINISTRATOR,
    "to": Relation.TOVHOLDER,  # skoleleder at the tovholder school
    "di": Relation.I_DISTRIKTET,  # any active role at a unit of the district
    "ed": Relation.ENHEDER_I_DISTRIKTET,  # klyngeleder or netværkskoordinator with units in the district
    "Ss": Relation.SKOLELEDER_SELV,  # in person, not a deputy
    "Fs": Relation.FRITIDSLEDER_SELV,
    "Ls": Relation.LEDER_SELV,
    "DE": Relation.DELEGERET,
    "RS": Relation.RESSOURCEPERSON,
    "RE": Relation.EKSTERN_RESSOURCEPERSON,
    "ot": Relation.OVER_TILKNYTTET,  # klyngeleder or netværkskoordinator over an attached fritid unit
    "an": Relation.ANMODER,
    "fo": Relation.FORFATTER,
    "in": Relation.INVITERET,
    "ip": Relation.INVITERET_TIL_PUNKT,
    "ds": Relation.DELTAGER_SELV,
    "re": Relation.REFERENT,
    "lp": Relation.I_LEDIG_POST,  # who acts for the unit while nobody leads it
    "as": Relation.ANSVARLIG,
    "FB": Relation.FORBEREDER,
    "km": Relation.KOORDINATOR_MED_LOV,  # coordinator whom the skoleleder lets write
}

# Roles stand for what the person is at the very object: the unit, the party, a party of the agreement.
# se_distrikt and laes are open to the whole district through `di`, so the single roles need no mark of their own there.
TABEL = """
                         SL KO FL DL ME KL NK OC FO AD | to di ed Ss Fs Ls | DE RS RE ot | an fo in ip ds re lp as FB km
se_distrikt              –  –  –  –  –  –  ●  ●  ●  ●  | –  ●  ●  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
se_enhed                 –  –  –  –  –  ●  ●  ●  ●  ●  | –  ●  ●  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
se_forvaltning           –  –  –  –  –  –  –  –  ●  ●  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
eksporter                –  –  –  –  –  –  –  –  ●  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
se_al_post               –  –  –  –  –  –  –  –  –  ●  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
gensend_besked           –  –  –  –  –  –  –  –  –  ●  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
udpeg_leder              –  –  –  –  –  –  –  –  ●  ●  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
naevn_stedfortraeder     –  –  –  –  –  –  –  –  –  –  | –  –  –  –  –  ●  | –  –  –  – | –  –  –  –  –  –  –  – –  –
registrer_medarbejder    ●  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
ret_rammer               –  –  –  –  –  –  –  –  ●  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
se_forum                 ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | –  –  –  –  –  –  | ●  ●  ●  ● | –  –  –  –  –  –  –  – ●  –
se_mangler               ●  ●  ●  ●  –  –  ●  ●  ●  –  | –  –  ●  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
udpeg_koordinator        –  –  –  –  –  –  –  –  –  –  | –  –  –  ●  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
navngiv_forbereder       ●  –  –  –  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
tilknyt_ressourceperson  ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
deleger_deltagelse       –  –  –  –  –  –  –  –  –  –  | –  –  –  –  ●  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
ret_lokale_regler        ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
anmod_om_moede           ●  ●  ●  –  ●  ●  ●  –  –  –  | –  –  –  –  –  –  | ●  ●  ●  – | –  –  –  –  –  –  –  – –  –
se_anmodning             ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | ●  –  –  –  –  –  –  – –  –
egen_anmodning           –  –  –  –  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | ●  –  –  –  –  –  –  – –  –
besvar_anmodning         ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
besvar_forelagt          ●  –  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
se_moede                 ●  ●  ●  ●  –  ●  ●  –  –  –  | –  –  –  –  –  –  | ●  ●  –  – | –  ●  ●  ●  –  –  ●  – ●  –
planlaeg_moede           ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – ●  –
indkald                  ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
foreslaa_punkt           ●  ●  ●  ●  ●  ●  ●  –  –  –  | –  –  –  –  –  –  | ●  ●  ●  – | –  –  –  –  –  –  –  – –  –
svar_paa_indkaldelse     –  –  –  –  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  ●  –  –  – –  –
vaelg_repraesentant      –  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  ●  – –  –
bekraeft_medarbejder     –  –  ●  –  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  ●  – –  –
bed_om_deltagelse        –  –  ●  –  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
giv_bidrag               ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  ●  ●  –  –  –  – –  –
laeg_fil_paa             ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  ●  ●  –  –  –  – ●  –
skriv_referat            ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  ●  –  – –  –
luk_referat              ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
bemaerk_referat          ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  ●  ●  –  –  –  – –  –
se_opgave                ●  ●  ●  ●  –  ●  ●  –  –  –  | –  –  –  –  –  –  | ●  ●  –  – | –  –  ●  ●  –  –  –  ● –  –
foelg_op                 ●  ●  –  –  –  ●  ●  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  ● –  –
ret_aarshjul             –  –  –  –  –  –  –  –  ●  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
ret_vejledning           –  –  –  –  –  –  –  –  ●  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
ret_maalomraade          –  –  –  –  –  –  –  –  ●  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
opret_aftale             ●  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
se_tilstand              ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | –  ●  ●  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
laes_kladde              ●  ●  ●  ●  ●  ●  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
laes                     ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | –  ●  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
kommenter                ●  ●  ●  ●  ●  ●  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
loes_kommentar           ●  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  ●  –  –  –  –  ●  – –  –
foreslaa_tiltag          –  ●  –  –  ●  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
skriv_aftale             ●  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  ●  – –  ●
lad_koordinator_skrive   ●  –  –  –  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
vaelg_parter             –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
send_til_godkendelse     –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
traek_tilbage            –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
annuller_aftale          –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
godkend                  ●  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  ●  – –  –
kan_ikke_godkende        ●  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  ●  – –  –
fortryd_godkendelse      ●  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  ●  – –  –
tiltraed                 ●  –  ●  ●  –  –  –  –  –  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  ●  – –  –
indgaa_uden_svar         –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
optag_part               –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
lad_udtraede             –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
ophaev_aftale            –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
lav_ny_version           –  –  –  –  –  –  –  –  –  –  | ●  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
skift_tovholder          –  –  –  –  –  –  –  –  ●  –  | –  –  –  –  –  –  | –  –  –  – | –  –  –  –  –  –  –  – –  –
"""


def laes_tabel(tekst):
    """{(row, column): bool} of a table like the one above."""
    hoved, *raekker = [linje.replace("|", " ").split() for linje in tekst.strip("\n").splitlines()]
    felter = {}
    for navn, *celler in raekker:
        assert len(celler) == len(hoved), f"{navn} har {len(celler)} celler, og der er {len(hoved)} kolonner"
        assert set(celler) <= {"●", "–"}, navn
        felter |= {(navn, kolonne): celle == "●" for kolonne, celle in zip(hoved, celler, strict=True)}
    return felter


FACIT = laes_tabel(TABEL)


@pytest.mark.parametrize("handling", Handling)
def test_every_cell_is_as_written(handling):
    tilladt = {kolonne for kolonne, hvem in KOLONNER.items() if hvem in TILLADT[handling]}
    assert tilladt == {kolonne for kolonne in KOLONNER if FACIT[handling.value, kolonne]}


def test_the_table_here_leaves_nothing_out():
    assert {raekke for raekke, _ in FACIT} == {handling.value for handling in Handling}
    assert {kolonne for _, kolonne in FACIT} == set(KOLONNER)
    assert set(KOLONNER.values()) == {*Rolle, *Relation}


def test_the_table_holds_every_act_and_nothing_but_roles():
    assert set(TILLADT) == set(Handling)
    for handling, hvem in TILLADT.items():
        assert hvem, f"ingen må {handling}"
        assert all(type(ting) in {Rolle, Relation} for ting in hvem), handling


def test_the_administrator_has_the_technique_and_not_the_content():
    """Matrix, column AD; case 43: no word of an agreement."""
    indhold = {h for h in Handling if h.name.startswith(("LAES", "SKRIV", "GODKEND"))} | {Handling.SE_TILSTAND}
    assert {h for h in indhold if Rolle.ADMINISTRATOR in TILLADT[h]} == set()


def test_nobody_above_the_parties_writes_reads_a_draft_or_approves():
    """Decisions 11 and 13; case 43."""
    ovenover = {Rolle.NETVAERKSKOORDINATOR, Rolle.OMRAADECHEF, Rolle.FORVALTNING, Rolle.ADMINISTRATOR}
    for handling in (Handling.LAES_KLADDE, Handling.SKRIV_AFTALE, Handling.GODKEND, Handling.KAN_IKKE_GODKENDE):
        assert TILLADT[handling].isdisjoint(ovenover), handling


LEDE_FORUMMET = {
    *(
        "lad_koordinator_skrive",
        "navngiv_forbereder",
        "tilknyt_ressourceperson",
        "ret_lokale_regler",
        "planlaeg_moede",
        "indkald",
    ),
    *("se_anmodning", "besvar_anmodning", "besvar_forelagt", "giv_bidrag", "laeg_fil_paa"),
    *("skriv_referat", "luk_referat", "bemaerk_referat", "foelg_op"),
}
# S39 names the actors of a Ressourcecenter; S35 and S45 what is the leisure leader's alone.
KUN_NOGLE_LEDERES = {"anmod_om_moede", "vaelg_repraesentant", "bekraeft_medarbejder", "bed_om_deltagelse"}


def test_school_leisure_and_dagtilbud_leaders_stand_equal():
    """S1, case 29: whatever a skoleleder may as a party, the other party leaders may too.

    Leading the school's forums is the skoleleder's alone (S28).
    """
    ledere = (Rolle.SKOLELEDER, Rolle.FRITIDSLEDER, Rolle.DAGTILBUDSLEDER)
    uden = LEDE_FORUMMET | KUN_NOGLE_LEDERES
    rettigheder = [{h.value for h in Handling if rolle in TILLADT[h]} - uden for rolle in ledere]
    assert rettigheder[0] == rettigheder[1] == rettigheder[2]
    assert "se_moede" in rettigheder[0]
