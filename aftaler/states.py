"""States of an agreement and of each party's answer; the legal edges with the reason beside each (S17)."""

from enum import StrEnum

from django.db.models import TextChoices

from samarbejde.tilstande import Kant


class Tilstand(TextChoices):
    KLADDE = "kladde", "kladde"
    TIL_GODKENDELSE = "til_godkendelse", "til godkendelse"
    INDGAAET = "indgaaet", "indgået"
    ANNULLERET = "annulleret", "annulleret"
    BORTFALDET = "bortfaldet", "bortfaldet"
    OPHAEVET = "ophaevet", "ophævet"
    ERSTATTET = "erstattet", "erstattet"


class Svar(TextChoices):
    AFVENTER = "afventer", "har ikke svaret"
    GODKENDT = "godkendt", "godkendt"
    KAN_IKKE = "kan_ikke_godkende_endnu", "kan ikke godkende endnu"
    BORTFALDET = "bortfaldet", "godkendte en tidligere tekst"
    TRUKKET = "trukket", "har trukket sin godkendelse tilbage"
    TILTRAADT = "tiltraadt", "tiltrådt senere"
    UDTRAADT = "udtraadt", "trådt ud"


class Overgang(StrEnum):
    RET = "ret"
    SEND = "send"
    TRAEK_TILBAGE = "traek_tilbage"
    INDGAA = "indgaa"
    ANNULLER = "annuller"
    BORTFALD = "bortfald"
    OPHAEV = "ophaev"
    LAV_NY_VERSION = "lav_ny_version"
    ERSTAT = "erstat"


class Svarovergang(StrEnum):
    GODKEND = "godkend"
    KAN_IKKE = "kan_ikke"
    BORTFALD = "bortfald"
    FORTRYD = "fortryd"
    TILTRAED = "tiltraed"
    UDTRAED = "udtraed"
    SPOERG_IGEN = "spoerg_igen"


# Before the agreement is entered, its text is private to the parties (decision 11).
UDKAST = frozenset({Tilstand.KLADDE, Tilstand.TIL_GODKENDELSE, Tilstand.ANNULLERET, Tilstand.BORTFALDET})
LEVENDE = frozenset({Tilstand.KLADDE, Tilstand.TIL_GODKENDELSE})
# Those that came to nothing.
OPGIVET = frozenset({Tilstand.ANNULLERET, Tilstand.BORTFALDET})
# Those that do not count: the district may start another (S7).
TAELLER_IKKE = OPGIVET | {Tilstand.OPHAEVET, Tilstand.ERSTATTET}
# Those that a party can still accede to.
AABNE = frozenset({Tilstand.INDGAAET})

OVERGANGE = {
    Overgang.RET: Kant(
        frozenset({Tilstand.KLADDE}),
        Tilstand.KLADDE,
        "Teksten er låst: aftalen er ikke længere en kladde. Tovholderen kan trække den tilbage, så længe den er til "
        "godkendelse.",
    ),
    Overgang.SEND: Kant(
        frozenset({Tilstand.KLADDE}), Tilstand.TIL_GODKENDELSE, "Aftalen er allerede sendt til godkendelse."
    ),
    Overgang.TRAEK_TILBAGE: Kant(
        frozenset({Tilstand.TIL_GODKENDELSE}),
        Tilstand.KLADDE,
        "Aftalen er ikke til godkendelse, så der er intet at trække tilbage.",
    ),
    Overgang.INDGAA: Kant(
        frozenset({Tilstand.TIL_GODKENDELSE}), Tilstand.INDGAAET, "Kun en aftale til godkendelse kan indgås."
    ),
    Overgang.ANNULLER: Kant(LEVENDE, Tilstand.ANNULLERET, "Kun en aftale, der ikke er indgået, kan annulleres."),
    Overgang.BORTFALD: Kant(LEVENDE, Tilstand.BORTFALDET, "Kun en aftale, der ikke er indgået, kan bortfalde."),
    Overgang.OPHAEV: Kant(
        frozenset({Tilstand.INDGAAET}), Tilstand.OPHAEVET, "Kun en aftale, der er indgået, kan ophæves."
    ),
    Overgang.LAV_NY_VERSION: Kant(
        frozenset({Tilstand.INDGAAET}), Tilstand.INDGAAET, "Kun en aftale, der er indgået, kan få en ny version."
    ),
    Overgang.ERSTAT: Kant(
        frozenset({Tilstand.INDGAAET}), Tilstand.ERSTATTET, "Kun en aftale, der er indgået, kan erstattes."
    ),
}

# Those who have not approved the text that is up for approval.
MANGLER_SVAR = frozenset({Svar.AFVENTER, Svar.KAN_IKKE, Svar.BORTFALDET, Svar.TRUKKET})
# Who is or was in an entered agreement.
MED = frozenset({Svar.GODKENDT, Svar.TILTRAADT, Svar.UDTRAADT})

SVAROVERGANGE = {
    Svarovergang.GODKEND: Kant(
        MANGLER_SVAR,
        Svar.GODKENDT,
        "Parten har allerede godkendt aftalen.",
    ),
    Svarovergang.KAN_IKKE: Kant(
        MANGLER_SVAR,
        Svar.KAN_IKKE,
        "Parten har allerede godkendt aftalen.",
    ),
    Svarovergang.BORTFALD: Kant(frozenset({Svar.GODKENDT}), Svar.BORTFALDET, "Kun en godkendelse kan bortfalde."),
    Svarovergang.FORTRYD: Kant(
        frozenset({Svar.GODKENDT}), Svar.TRUKKET, "Parten har ikke godkendt, så der er intet at trække tilbage."
    ),
    Svarovergang.TILTRAED: Kant(MANGLER_SVAR, Svar.TILTRAADT, "Parten er allerede med i aftalen."),
    Svarovergang.UDTRAED: Kant(
        MANGLER_SVAR | {Svar.GODKENDT, Svar.TILTRAADT}, Svar.UDTRAADT, "Parten er allerede trådt ud."
    ),
    Svarovergang.SPOERG_IGEN: Kant(
        frozenset({Svar.KAN_IKKE}), Svar.AFVENTER, "Kun en part, der ikke kunne godkende, bliver spurgt igen."
    ),
}
