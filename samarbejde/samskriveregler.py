"""The rules of what is said beside an agreement's text; all the others are in `samarbejde.regler` (S53)."""

from samarbejde.handlinger import Handling
from samarbejde.regel import PRAKSIS, Regel

SAMSKRIVEREGLER: dict[Handling, Regel] = {
    Handling.KOMMENTER: Regel(
        "Kommentere en kladde",
        "En kladde kan kommenteres af dem, der kan læse den: parternes ledere, koordinatorer, medarbejdere og "
        "klyngeledere.",
        PRAKSIS + "et fortroligt skriverum",
    ),
    Handling.LOES_KOMMENTAR: Regel(
        "Løse og genåbne en kommentar",
        "En kommentar løses og genåbnes af den, der skrev den, eller af en af parternes ledere.",
        PRAKSIS + "et fortroligt skriverum",
    ),
    Handling.FORESLAA_TILTAG: Regel(
        "Foreslå et tiltag til kladden",
        "Parternes medarbejdere og koordinatorer kan foreslå tiltag, som en af parternes ledere tager med eller "
        "afviser med en grund.",
        PRAKSIS + "medarbejdere foreslår, og lederne skriver",
    ),
}
