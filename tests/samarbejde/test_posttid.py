from datetime import UTC, datetime, timedelta

import pytest

from samarbejde.posttid import Levering, naeste_posttid
from samarbejde.skolekalender import er_skoledag, laes_ferieplan
from samarbejde.tid import koebenhavn, lokal

FERIER = laes_ferieplan()
STRAKS, HASTER, SAMLET, LEJLIGHED, BESTILT = Levering


def kl(tekst: str) -> datetime:
    return datetime.fromisoformat(tekst).replace(tzinfo=koebenhavn)


def posttid(nu: str, levering: Levering) -> str:
    return f"{lokal(naeste_posttid(kl(nu), levering, FERIER)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("nu", "straks", "haster", "samlet"),
    [
        # a Monday
        ("2026-11-23 06:59", "2026-11-23 07:00", "2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 07:00", "2026-11-23 07:00", "2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 07:01", "2026-11-23 07:01", "2026-11-23 07:01", "2026-11-24 07:00"),
        ("2026-11-23 16:59", "2026-11-23 16:59", "2026-11-23 16:59", "2026-11-24 07:00"),
        ("2026-11-23 17:00", "2026-11-24 07:00", "2026-11-24 07:00", "2026-11-24 07:00"),
        ("2026-11-23 23:59", "2026-11-24 07:00", "2026-11-24 07:00", "2026-11-24 07:00"),
        # Friday evening, Saturday at noon
        ("2026-11-27 20:00", "2026-11-30 07:00", "2026-11-30 07:00", "2026-11-30 07:00"),
        ("2026-11-28 12:00", "2026-11-30 07:00", "2026-11-30 07:00", "2026-11-30 07:00"),
        # autumn holiday, summer holiday across 1 August: only the urgent request leaves
        ("2026-10-14 10:00", "2026-10-19 07:00", "2026-10-14 10:00", "2026-10-19 07:00"),
        ("2026-10-14 19:00", "2026-10-19 07:00", "2026-10-15 07:00", "2026-10-19 07:00"),
        ("2026-07-31 10:00", "2026-08-10 07:00", "2026-07-31 10:00", "2026-08-10 07:00"),
        ("2026-07-31 17:30", "2026-08-10 07:00", "2026-08-03 07:00", "2026-08-10 07:00"),
        # skærtorsdag, 2. påskedag, juledag: no weekday for the urgent one either
        ("2026-04-02 10:00", "2026-04-07 07:00", "2026-04-07 07:00", "2026-04-07 07:00"),
        ("2026-04-06 10:00", "2026-04-07 07:00", "2026-04-07 07:00", "2026-04-07 07:00"),
        ("2026-12-25 10:00", "2027-01-05 07:00", "2026-12-28 07:00", "2027-01-05 07:00"),
        # closing days of the plan that are no public holidays
        ("2026-06-05 10:00", "2026-06-08 07:00", "2026-06-05 10:00", "2026-06-08 07:00"),
        # 28 February, week 53
        ("2027-02-28 12:00", "2027-03-01 07:00", "2027-03-01 07:00", "2027-03-01 07:00"),
        ("2026-12-31 12:00", "2027-01-05 07:00", "2026-12-31 12:00", "2027-01-05 07:00"),
    ],
)
def test_hvornaar_posten_gaar(nu, straks, haster, samlet):
    """ux.md "Mail", decision 21."""
    assert (posttid(nu, STRAKS), posttid(nu, HASTER), posttid(nu, SAMLET)) == (straks, haster, samlet)


@pytest.mark.parametrize(
    ("nu", "senest"),
    [
        ("2026-11-23 06:59", "2026-11-23 07:00"),  # a Monday
        ("2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 07:01", "2026-11-30 07:00"),
        ("2026-11-25 03:00", "2026-11-30 07:00"),  # a Wednesday: not the first school day of its week
        ("2026-11-29 23:59", "2026-11-30 07:00"),
        ("2026-10-09 12:00", "2026-10-19 07:00"),  # the autumn holiday is a week without a Monday
        ("2026-10-14 12:00", "2026-10-19 07:00"),
        ("2026-04-02 12:00", "2026-04-07 07:00"),  # 2. påskedag: the week begins on Tuesday
        ("2026-04-07 06:00", "2026-04-07 07:00"),
        ("2026-04-07 07:01", "2026-04-13 07:00"),
        ("2026-05-22 12:00", "2026-05-26 07:00"),  # 2. pinsedag
        ("2026-06-30 12:00", "2026-08-10 07:00"),  # the summer, across the new school year
        ("2026-12-18 12:00", "2027-01-05 07:00"),  # Christmas ends on a Tuesday
        ("2027-01-05 12:00", "2027-01-11 07:00"),
        ("2027-03-19 12:00", "2027-03-30 07:00"),  # Easter, and the clocks go forward
    ],
)
def test_det_der_kan_vente_kommer_senest_den_foerste_skoledag_i_en_uge(nu, senest):
    assert posttid(nu, LEJLIGHED) == senest


@pytest.mark.parametrize("nu", ["2026-11-23 10:00", "2026-11-23 23:30", "2026-12-25 03:00", "2026-07-12 12:00"])
def test_den_der_venter_paa_et_link_faar_det_med_det_samme(nu):
    assert posttid(nu, BESTILT) == nu


@pytest.mark.parametrize(
    ("nu", "levering", "i_utc"),
    [
        ("2026-10-23 06:00", STRAKS, "2026-10-23T05:00:00+00:00"),
        ("2026-10-24 12:00", STRAKS, "2026-10-26T06:00:00+00:00"),  # the clocks go back on 25 October
        ("2026-10-23 18:00", SAMLET, "2026-10-26T06:00:00+00:00"),
        ("2027-03-19 18:00", SAMLET, "2027-03-30T05:00:00+00:00"),  # and forward on påskedag
        ("2027-03-24 18:00", HASTER, "2027-03-30T05:00:00+00:00"),
    ],
)
def test_klokken_syv_er_klokken_syv_ogsaa_naar_uret_stilles(nu, levering, i_utc):
    assert naeste_posttid(kl(nu), levering, FERIER).isoformat() == i_utc


def test_vinduet_maales_i_koebenhavn_og_ikke_i_utc():
    sommer = datetime(2026, 8, 24, 15, 30, tzinfo=UTC)  # 17.30 in Copenhagen
    vinter = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 16.30
    assert naeste_posttid(sommer, STRAKS, FERIER) > sommer
    assert naeste_posttid(vinter, STRAKS, FERIER) == vinter


def hver_time_i_to_aar() -> list[datetime]:
    foerste = datetime(2025, 8, 1, tzinfo=UTC)
    return [foerste + timedelta(hours=n) for n in range(2 * 365 * 24)]


@pytest.mark.parametrize("levering", [STRAKS, SAMLET, LEJLIGHED])
def test_aldrig_om_aftenen_eller_i_en_ferie_og_aldrig_foer_nu(levering):
    """Two whole school years, both changes of the clock included."""
    skoledage = {}
    for nu in hver_time_i_to_aar():
        sendes = naeste_posttid(nu, levering, FERIER)
        lokalt = lokal(sendes)
        dag = lokalt.date()
        assert sendes >= nu
        assert 7 <= lokalt.hour < 17
        assert skoledage.setdefault(dag, er_skoledag(dag, FERIER))


def test_den_ugentlige_mail_er_hoejst_een_gang_om_ugen():
    uger = {lokal(naeste_posttid(nu, LEJLIGHED, FERIER)) for nu in hver_time_i_to_aar()}
    assert len({tidspunkt.isocalendar()[:2] for tidspunkt in uger}) == len(uger)
    assert {tidspunkt.hour for tidspunkt in uger} == {7}


def test_et_hastende_brev_ligger_aldrig_laengere_end_en_paaske():
    ventetider = [naeste_posttid(nu, HASTER, FERIER) - nu for nu in hver_time_i_to_aar()]
    assert timedelta(0) == min(ventetider)
    assert max(ventetider) <= timedelta(days=5, hours=14)


@pytest.mark.parametrize("levering", Levering)
def test_et_tidspunkt_uden_tidszone_afvises(levering):
    with pytest.raises(ValueError, match="ingen tidszone"):
        naeste_posttid(datetime(2026, 11, 23, 10, 0), levering, FERIER)


def test_svaret_er_altid_i_utc():
    assert {naeste_posttid(kl("2026-11-23 10:00"), maade, iter(FERIER)).tzinfo for maade in Levering} == {UTC}
