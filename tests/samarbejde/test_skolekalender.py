from datetime import date, timedelta

import holidays
import pytest

from samarbejde.skolekalender import (
    Ferieperiode,
    er_skoledag,
    ferier_fra_csv,
    foerste_dag,
    foerste_skoledag_fra,
    helligdage,
    hvorfor_ikke_skoledag,
    isouge,
    laeg_skoledage_til,
    laes_ferieplan,
    naeste_skoledag,
    sidste_dag,
    skoleaar_for,
    skoleaar_navn,
    skoledage_mellem,
)

FERIER = laes_ferieplan()


@pytest.mark.parametrize(
    ("dag", "aar"),
    [
        (date(2026, 7, 31), 2025),
        (date(2026, 8, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 2, 28), 2026),
        (date(2027, 7, 31), 2026),
        (date(2027, 8, 1), 2027),
    ],
)
def test_skoleaaret_begynder_1_august(dag, aar):
    assert skoleaar_for(dag) == aar
    assert foerste_dag(aar) <= dag <= sidste_dag(aar)


@pytest.mark.parametrize(("aar", "navn"), [(2025, "2025/26"), (2026, "2026/27"), (2099, "2099/00"), (2008, "2008/09")])
def test_skoleaaret_har_navn_efter_begge_aar(aar, navn):
    assert skoleaar_navn(aar) == navn


def test_skoleaar_foelger_hinanden_uden_hul():
    assert sidste_dag(2026) + timedelta(days=1) == foerste_dag(2027)


@pytest.mark.parametrize(
    ("dag", "uge"),
    [
        (date(2026, 11, 23), (2026, 48)),
        (date(2025, 12, 29), (2026, 1)),
        (date(2026, 12, 28), (2026, 53)),
        (date(2027, 1, 1), (2026, 53)),
        (date(2027, 1, 3), (2026, 53)),
        (date(2027, 1, 4), (2027, 1)),
    ],
)
def test_uger_er_iso_uger_ogsaa_uge_53(dag, uge):
    """D35, S43: 2026 has week 53, and a week can belong to another year than its day."""
    assert isouge(dag) == uge


@pytest.mark.parametrize(
    ("dag", "grund"),
    [
        (date(2026, 11, 23), None),
        (date(2026, 11, 21), "lørdag"),
        (date(2026, 11, 22), "søndag"),
        (date(2026, 10, 14), "efterårsferie"),
        (date(2026, 7, 4), "sommerferie"),  # a Saturday too
        (date(2026, 4, 1), "påskeferie"),
        (date(2026, 4, 6), "2. påskedag"),  # the last day of påskeferie too
        (date(2027, 3, 28), "påskedag"),
        (date(2026, 5, 1), "1. maj"),
        (date(2026, 5, 14), "Kristi himmelfartsdag"),
        (date(2026, 5, 15), "Kristi himmelfartsferie"),
        (date(2026, 6, 5), "grundlovsdag"),
        (date(2026, 12, 24), "juleferie"),
        (date(2026, 12, 25), "juledag"),
        (date(2027, 1, 4), "juleferie"),
        (date(2027, 1, 5), None),
    ],
)
def test_hvorfor_skolen_er_lukket(dag, grund):
    """D17, D35."""
    assert hvorfor_ikke_skoledag(dag, FERIER) == grund
    assert er_skoledag(dag, FERIER) is (grund is None)


@pytest.mark.parametrize("ferie", [f for f in FERIER if f.skoleaar < 2027], ids=lambda f: f"{f.navn} {f.fra}")
def test_ferien_gaelder_begge_yderdage_og_ikke_laengere(ferie):
    foer, efter = ferie.fra - timedelta(days=1), ferie.til_og_med + timedelta(days=1)
    assert not er_skoledag(ferie.fra, FERIER)
    assert not er_skoledag(ferie.til_og_med, FERIER)
    assert hvorfor_ikke_skoledag(foer, [ferie]) == hvorfor_ikke_skoledag(foer, [])
    assert hvorfor_ikke_skoledag(efter, [ferie]) == hvorfor_ikke_skoledag(efter, [])


@pytest.mark.parametrize(("sidste", "foerste"), [("2026-06-26", "2026-08-10"), ("2027-06-25", "2027-08-09")])
def test_sommerferien_gaar_hen_over_skoleaarets_graense(sidste, foerste):
    """S43: nothing begins again on 1 August; the first school day comes a week later."""
    sidste_skoledag, foerste_skoledag = date.fromisoformat(sidste), date.fromisoformat(foerste)
    assert er_skoledag(sidste_skoledag, FERIER)
    assert naeste_skoledag(sidste_skoledag, FERIER) == foerste_skoledag
    assert foerste_skoledag_fra(foerste_dag(foerste_skoledag.year), FERIER) == foerste_skoledag
    assert skoledage_mellem(sidste_skoledag, foerste_skoledag, FERIER) == 1


@pytest.mark.parametrize("dag", [date(2024, 4, 26), date(2025, 5, 16), date(2026, 5, 1), date(2027, 4, 23)])
def test_store_bededag_er_en_almindelig_dag_fra_2024(dag):
    assert dag not in helligdage(dag.year)
    assert date(2023, 5, 5) in helligdage(2023)


@pytest.mark.parametrize("dag", [date(2026, 5, 1), date(2026, 6, 5), date(2026, 12, 24)])
def test_1_maj_grundlovsdag_og_24_december_er_data_og_ikke_helligdage(dag):
    """D17: a municipality that opens on these days only needs another plan."""
    assert er_skoledag(dag, [])
    assert not er_skoledag(dag, FERIER)


def test_alle_ti_helligdage_staar_paa_dansk_som_midt_i_en_saetning():
    assert list(helligdage(2026).values()) == [
        *("nytårsdag", "skærtorsdag", "langfredag", "påskedag", "2. påskedag", "Kristi himmelfartsdag"),
        *("pinsedag", "2. pinsedag", "juledag", "2. juledag"),
    ]


def test_ingen_kan_komme_til_at_aendre_helligdagene_for_alle():
    with pytest.raises(TypeError):
        helligdage(2026)[date(2026, 11, 23)] = "fri"


@pytest.mark.parametrize(
    ("dag", "antal", "naaet"),
    [
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 10, 8), 5, date(2026, 10, 22)),  # Friday, then the autumn holiday does not count
        (date(2026, 12, 18), 1, date(2027, 1, 5)),
        (date(2026, 7, 15), 5, date(2026, 8, 14)),  # asked in the summer holiday: the clock starts on 10 August
        (date(2026, 4, 30), 1, date(2026, 5, 4)),
        (date(2027, 2, 26), 1, date(2027, 3, 1)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(2026, 10, 19), -1, date(2026, 10, 9)),
        (date(2027, 1, 5), -3, date(2026, 12, 16)),
    ],
)
def test_frister_taeller_skoledage_og_springer_ferier_over(dag, antal, naaet):
    """S39: unanswered after 5 school days, holidays skipped."""
    assert laeg_skoledage_til(dag, antal, FERIER) == naaet
    if antal > 0:
        assert skoledage_mellem(dag, naaet, FERIER) == antal


def test_der_gaar_ingen_skoledage_i_en_ferie_eller_baglaens():
    assert skoledage_mellem(date(2026, 10, 9), date(2026, 10, 18), FERIER) == 0
    assert skoledage_mellem(date(2026, 11, 24), date(2026, 11, 23), FERIER) == 0
    assert skoledage_mellem(date(2026, 11, 23), date(2026, 11, 23), FERIER) == 0


def test_den_naeste_skoledag_er_aldrig_i_dag():
    mandag = date(2026, 11, 23)
    assert foerste_skoledag_fra(mandag, FERIER) == mandag
    assert naeste_skoledag(mandag, FERIER) == date(2026, 11, 24)


def test_ferier_maa_komme_som_en_generator_der_kun_kan_loebes_igennem_en_gang():
    assert naeste_skoledag(date(2026, 10, 9), (f for f in FERIER)) == date(2026, 10, 19)
    assert laeg_skoledage_til(date(2026, 10, 9), 1, (f for f in FERIER)) == date(2026, 10, 19)
    assert skoledage_mellem(date(2026, 10, 9), date(2026, 10, 19), (f for f in FERIER)) == 1


def test_en_tastefejl_i_ferieplanen_faar_ikke_serveren_til_at_lede_for_evigt():
    tastefejl = Ferieperiode(2026, "efterårsferie", date(2026, 10, 12), date(9926, 10, 16))
    with pytest.raises(ValueError, match="ingen skoledag i et helt år"):
        naeste_skoledag(date(2026, 10, 9), [tastefejl])


def test_ferieplanen_har_begge_koebenhavnske_skoleaar():
    navne = {aar: [f.navn for f in FERIER if f.skoleaar == aar] for aar in (2025, 2026)}
    for aar in (2025, 2026):
        faelles = {"sommerferie", "efterårsferie", "juleferie", "vinterferie", "påskeferie", "1. maj", "grundlovsdag"}
        assert faelles <= set(navne[aar])
        assert all(f.fra <= f.til_og_med for f in FERIER)
    assert [isouge(f.fra)[1] for f in FERIER if f.navn == "efterårsferie"] == [42, 42]
    assert [isouge(f.fra)[1] for f in FERIER if f.navn == "vinterferie"] == [7, 7]


@pytest.mark.parametrize(
    "linje",
    [
        "2026,efterårsferie,12-10-2026,2026-10-16",
        "2026,efterårsferie,2026-10-16,2026-10-12",
        "2026,,2026-10-12,2026-10-16",
        "2026,efterårsferie,2026-10-12",
        "i fjor,efterårsferie,2026-10-12,2026-10-16",
    ],
)
def test_en_forkert_linje_i_ferieplanen_afvises_med_sit_linjenummer(linje):
    plan = ["skoleaar,navn,fra,til_og_med", "2026,sommerferie,2026-06-29,2026-08-07", linje]
    with pytest.raises(ValueError, match="linje 3"):
        ferier_fra_csv(plan)


def test_en_plan_med_andre_kolonner_afvises():
    with pytest.raises(ValueError, match="linje 2"):
        ferier_fra_csv(["navn;fra;til", "sommerferie;2026-06-29;2026-08-07"])


@pytest.mark.parametrize("aar", range(2012, 2101))
def test_helligdagene_er_dem_som_biblioteket_kender(aar):
    kendte = holidays.country_holidays("DK", years=aar, language="da", categories=("public",))
    navne = {dag: navn.replace("Anden ", "2. ").casefold() for dag, navn in kendte.items()}
    assert {dag: navn.casefold() for dag, navn in helligdage(aar).items()} == navne
