"""When mail may leave. The quiet hours are a promise to the users: nothing in the evening, nothing in holidays."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from samarbejde.skolekalender import Ferie, er_skoledag, foerste_skoledag_fra
from samarbejde.tid import fra_lokal, lokal

AABNER = time(7)
LUKKER = time(17)


class Levering(StrEnum):
    STRAKS = "straks"  # to the one who holds the ball, or when the meeting is within a day
    HASTER = "haster"  # urgent request
    SAMLET = "samlet"  # everything else, in one digest
    LEJLIGHED = "lejlighed"  # rides along with the next mail to the person; at the latest a digest once a week
    BESTILT = "bestilt"  # somebody waits for it: login, password


# No mail of their own: what waits for a person is gathered into one.
SAMLES = (Levering.SAMLET, Levering.LEJLIGHED)


def naeste_posttid(nu: datetime, levering: Levering, ferier: Iterable[Ferie]) -> datetime:
    """The first moment, in UTC and never before `nu`, at which the mail may leave.

    An urgent request also leaves in school holidays and on closing days, but only on weekdays that are no public
    holiday (decision 21). The window is half-open: 17.00 is evening.
    """
    lokalt = lokal(nu)
    if levering is Levering.BESTILT:
        return nu.astimezone(UTC)
    stille_dage = () if levering is Levering.HASTER else tuple(ferier)
    if levering not in SAMLES and er_skoledag(lokalt.date(), stille_dage) and AABNER <= lokalt.time() < LUKKER:
        return nu.astimezone(UTC)
    tidligst = lokalt.date() if lokalt.time() <= AABNER else lokalt.date() + timedelta(days=1)
    dag = foerste_skoledag_fra(tidligst, stille_dage)
    if levering is Levering.LEJLIGHED:
        dag = _foerste_skoledag_i_en_uge(dag, stille_dage)
    return fra_lokal(dag, AABNER)


def _foerste_skoledag_i_en_uge(skoledag: date, ferier: tuple[Ferie, ...]) -> date:
    """Monday, or Tuesday when Monday is off: the day itself, if no school day of its week came before it."""
    mandag = skoledag - timedelta(days=skoledag.weekday())
    if foerste_skoledag_fra(mandag, ferier) == skoledag:
        return skoledag
    return foerste_skoledag_fra(mandag + timedelta(days=7), ferier)
