"""What a rule is: a sentence and where it comes from (S53)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Regel:
    """The rule as one Danish sentence, what it says in a list, and where it comes from: a rule of the model carries
    the words it rests on, found in the source by tests/samarbejde/test_kilder.py.
    """

    navn: str
    saetning: str
    kilde: str
    citat: str = ""


MODEL = "Samarbejdsmodellen, afsnit "
PRAKSIS = "Lokal praksis: "
