"""The rules of what is said beside an agreement's text: the fields of each `samarbejde.regler.Regel`, in order."""

from samarbejde.handlinger import Handling

SAMSKRIVNING: dict[Handling, tuple[str, str, str]] = {
    Handling.KOMMENTER: (
        "Kommentere en kladde",
        "En kladde kan kommenteres af dem, der kan læse den: parternes ledere, koordinatorer, medarbejdere og "
        "klyngeledere.",
        "Lokal praksis: et fortroligt skriverum",
    ),
    Handling.LOES_KOMMENTAR: (
        "Løse og genåbne en kommentar",
        "En kommentar løses og genåbnes af den, der skrev den, eller af en af parternes ledere.",
        "Lokal praksis: et fortroligt skriverum",
    ),
    Handling.FORESLAA_TILTAG: (
        "Foreslå et tiltag til kladden",
        "Parternes medarbejdere og koordinatorer kan foreslå tiltag, som en af parternes ledere tager med eller "
        "afviser med en grund.",
        "Lokal praksis: medarbejdere foreslår, og lederne skriver",
    ),
}
