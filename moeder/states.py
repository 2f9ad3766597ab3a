"""States of requests, meetings, participation, agenda items and tasks; the legal edges with the reason beside each."""

from enum import StrEnum

from django.db.models import TextChoices

from samarbejde.tilstande import Kant


# --- the request (S39) -------------------------------------------------------------------------------------------
class Anmodningstilstand(TextChoices):
    MODTAGET = "modtaget", "venter på svar"
    PLANLAGT = "planlagt", "møde planlagt"
    PAA_DAGSORDEN = "paa_dagsorden", "på dagsordenen"
    HENVIST = "henvist", "henvist, venter på svar"
    AFVIST = "afvist", "afvist"
    FORELAGT = "forelagt_skoleleder", "forelagt lederen"
    FLETTET = "flettet", "samlet med en anden anmodning"
    TRUKKET = "trukket", "trukket tilbage"
    BEHANDLET = "behandlet", "behandlet på et møde"


class Anmodningsovergang(StrEnum):
    PLANLAEG = "planlaeg"
    SAET_PAA = "saet_paa"
    HENVIS = "henvis"
    AFVIS = "afvis"
    FORELAEG = "forelaeg"
    FLET = "flet"
    TRAEK = "traek"
    GIV_TILBAGE = "giv_tilbage"
    BEHANDL = "behandl"


A = Anmodningstilstand
UBESVARET = frozenset({A.MODTAGET, A.HENVIST, A.FORELAGT})
LOVET = frozenset({A.PLANLAGT, A.PAA_DAGSORDEN})
ALLEREDE_BESVARET = "Anmodningen er allerede besvaret. Se svaret på anmodningens side."
ANMODNINGSOVERGANGE = {
    Anmodningsovergang.PLANLAEG: Kant(UBESVARET, A.PLANLAGT, ALLEREDE_BESVARET),
    Anmodningsovergang.SAET_PAA: Kant(UBESVARET, A.PAA_DAGSORDEN, ALLEREDE_BESVARET),
    Anmodningsovergang.HENVIS: Kant(UBESVARET, A.HENVIST, ALLEREDE_BESVARET),
    Anmodningsovergang.AFVIS: Kant(UBESVARET, A.AFVIST, ALLEREDE_BESVARET),
    Anmodningsovergang.FLET: Kant(UBESVARET, A.FLETTET, ALLEREDE_BESVARET),
    Anmodningsovergang.FORELAEG: Kant(
        frozenset({A.AFVIST}), A.FORELAGT, "Kun et afslag kan forelægges for lederen, og kun én gang."
    ),
    Anmodningsovergang.TRAEK: Kant(
        UBESVARET, A.TRUKKET, "Anmodningen er besvaret og kan ikke trækkes tilbage. Tal med koordinatoren."
    ),
    Anmodningsovergang.GIV_TILBAGE: Kant(LOVET, A.MODTAGET, "Anmodningen er ikke sat på et møde."),
    Anmodningsovergang.BEHANDL: Kant(LOVET, A.BEHANDLET, "Anmodningen er ikke sat på et møde."),
}


# --- the meeting -------------------------------------------------------------------------------------------------
class Tilstand(TextChoices):
    RESERVERET = "reserveret", "kalenderreservation"
    INDKALDT = "indkaldt", "indkaldt"
    AFHOLDT = "afholdt", "holdt"
    REFERAT_UDKAST = "referat_udkast", "referatet skrives"
    REFERAT_I_HOERING = "referat_i_hoering", "referatet er til bemærkninger"
    REFERAT_LUKKET = "referat_lukket", "referatet er lukket"
    AFLYST = "aflyst", "aflyst"
    IKKE_AFHOLDT = "ikke_afholdt", "ikke holdt"


class Overgang(StrEnum):
    RET = "ret"
    RET_INDKALDT = "ret_indkaldt"
    INDKALD = "indkald"
    FORTRYD_INDKALDELSE = "fortryd_indkaldelse"
    HOLD = "hold"
    SKRIV = "skriv"
    SEND_I_HOERING = "send_i_hoering"
    SKRIV_VIDERE = "skriv_videre"
    LUK = "luk"
    AFLYS = "aflys"
    GENOPRET = "genopret"
    BLEV_IKKE_HOLDT = "blev_ikke_holdt"


M = Tilstand
KOMMENDE = frozenset({M.RESERVERET, M.INDKALDT})
REFERATET_SKRIVES = frozenset({M.AFHOLDT, M.REFERAT_UDKAST})
HOLDT = frozenset({*REFERATET_SKRIVES, M.REFERAT_I_HOERING, M.REFERAT_LUKKET})
OVERGANGE = {
    Overgang.RET: Kant(
        frozenset({M.RESERVERET}), M.RESERVERET, "Mødet kan ikke rettes længere: det er holdt eller aflyst."
    ),
    Overgang.RET_INDKALDT: Kant(
        frozenset({M.INDKALDT}), M.INDKALDT, "Mødet kan ikke rettes længere: det er holdt eller aflyst."
    ),
    Overgang.INDKALD: Kant(frozenset({M.RESERVERET}), M.INDKALDT, "Der er allerede indkaldt, eller mødet er aflyst."),
    Overgang.FORTRYD_INDKALDELSE: Kant(
        frozenset({M.INDKALDT}), M.RESERVERET, "Der er ikke indkaldt til mødet, så der er intet at fortryde."
    ),
    Overgang.HOLD: Kant(
        frozenset({M.INDKALDT}), M.AFHOLDT, "Kun et møde, der er indkaldt til, kan holdes. Indkald først."
    ),
    Overgang.SKRIV: Kant(
        REFERATET_SKRIVES,
        M.REFERAT_UDKAST,
        "Der kan kun skrives referat, når mødet er begyndt, og indtil referatet er sendt til bemærkninger.",
    ),
    Overgang.SEND_I_HOERING: Kant(
        REFERATET_SKRIVES, M.REFERAT_I_HOERING, "Referatet er allerede sendt, eller mødet er ikke holdt."
    ),
    Overgang.SKRIV_VIDERE: Kant(
        frozenset({M.REFERAT_I_HOERING}), M.REFERAT_UDKAST, "Referatet er ikke til bemærkninger."
    ),
    Overgang.LUK: Kant(
        frozenset({M.REFERAT_I_HOERING}),
        M.REFERAT_LUKKET,
        "Referatet kan lukkes, når det har været til bemærkninger.",
    ),
    Overgang.AFLYS: Kant(KOMMENDE, M.AFLYST, "Mødet er holdt eller allerede aflyst, så det kan ikke aflyses."),
    Overgang.GENOPRET: Kant(
        frozenset({M.AFLYST}), M.RESERVERET, "Mødet er ikke aflyst, så der er ingen aflysning at fortryde."
    ),
    Overgang.BLEV_IKKE_HOLDT: Kant(
        frozenset({M.INDKALDT}), M.IKKE_AFHOLDT, "Kun et møde, der er indkaldt til, kan registreres som ikke holdt."
    ),
}


# --- participation (S32–S37, D24) --------------------------------------------------------------------------------
class Deltagelse(TextChoices):
    FORESLAAET = "foreslaaet", "venter på sin leder"
    INVITERET = "inviteret", "har ikke svaret"
    ACCEPTERET = "accepteret", "deltager"
    AFBUD = "afbud", "afbud"
    UDELADT = "udeladt", "udeladt"
    AFVIST = "afvist", "deltager ikke, siger lederen"
    BORTFALDET = "bortfaldet", "ikke længere inviteret"
    DELTOG = "deltog", "deltog"
    DELTOG_IKKE = "deltog_ikke", "deltog ikke"


class Deltagelsesovergang(StrEnum):
    FORESLAA = "foreslaa"
    BEKRAEFT = "bekraeft"
    AFVIS = "afvis"
    SIG_JA = "sig_ja"
    MELD_AFBUD = "meld_afbud"
    SPOERG_IGEN = "spoerg_igen"
    UDELAD = "udelad"
    TAG_MED = "tag_med"
    BORTFALD = "bortfald"
    DELTOG = "deltog"
    DELTOG_IKKE = "deltog_ikke"


D = Deltagelse
MED = frozenset({D.INVITERET, D.ACCEPTERET, D.AFBUD})
AKTIVE = frozenset({*MED, D.DELTOG, D.DELTOG_IKKE})
DELTAGELSESOVERGANGE = {
    # A fritid unit's own to one more item, or once more: the leader is asked again (case 44).
    Deltagelsesovergang.FORESLAA: Kant(
        frozenset({*MED, D.BORTFALDET}), D.FORESLAAET, "Lederen er allerede spurgt eller har svaret nej."
    ),
    Deltagelsesovergang.BEKRAEFT: Kant(frozenset({D.FORESLAAET}), D.INVITERET, "Der er allerede svaret."),
    Deltagelsesovergang.AFVIS: Kant(frozenset({D.FORESLAAET}), D.AFVIST, "Der er allerede svaret."),
    Deltagelsesovergang.SIG_JA: Kant(MED, D.ACCEPTERET, "Du er ikke inviteret længere, så der kan ikke svares."),
    Deltagelsesovergang.MELD_AFBUD: Kant(MED, D.AFBUD, "Du er ikke inviteret længere, så der kan ikke svares."),
    Deltagelsesovergang.SPOERG_IGEN: Kant(
        frozenset({D.ACCEPTERET, D.AFBUD}), D.INVITERET, "Kun den, der har svaret, kan spørges igen."
    ),
    Deltagelsesovergang.UDELAD: Kant(MED, D.UDELADT, "Kun en inviteret kan udelades."),
    Deltagelsesovergang.TAG_MED: Kant(
        frozenset({D.UDELADT, D.BORTFALDET}), D.INVITERET, "Kun den, der er udeladt eller fjernet, kan tages med igen."
    ),
    Deltagelsesovergang.BORTFALD: Kant(
        frozenset({*MED, D.FORESLAAET}), D.BORTFALDET, "Invitationen er allerede bortfaldet."
    ),
    Deltagelsesovergang.DELTOG: Kant(
        frozenset({*MED, D.DELTOG_IKKE}), D.DELTOG, "Fremmødet kan kun noteres for den, der var inviteret."
    ),
    Deltagelsesovergang.DELTOG_IKKE: Kant(
        frozenset({*MED, D.DELTOG}), D.DELTOG_IKKE, "Fremmødet kan kun noteres for den, der var inviteret."
    ),
}


# --- the agenda item ---------------------------------------------------------------------------------------------
class Punkttilstand(TextChoices):
    FORESLAAET = "foreslaaet", "foreslået"
    VENTER = "venter", "venter på et møde"
    PAA_DAGSORDEN = "paa_dagsorden", "på dagsordenen"
    BEHANDLET = "behandlet", "behandlet"
    UDSAT = "udsat", "udsat til et senere møde"
    LUKKET = "lukket", "lukket uden behandling"
    GIVET_VIDERE = "givet_videre", "givet videre til et andet forum"


class Punktovergang(StrEnum):
    GEM_TIL_SENERE = "gem_til_senere"
    TAG_PAA = "tag_paa"
    BEHANDL = "behandl"
    GENAABN = "genaabn"
    UDSAET = "udsaet"
    LUK = "luk"
    GIV_VIDERE = "giv_videre"


P = Punkttilstand
I_KOEEN = frozenset({P.FORESLAAET, P.VENTER})
AABNE_PUNKTER = frozenset({*I_KOEEN, P.PAA_DAGSORDEN})
PUNKTET_ER_FAERDIGT = "Punktet er allerede behandlet, udsat eller lukket."
PUNKTOVERGANGE = {
    Punktovergang.GEM_TIL_SENERE: Kant(
        frozenset({P.FORESLAAET, P.PAA_DAGSORDEN}), P.VENTER, "Punktet venter allerede på et møde, eller er færdigt."
    ),
    Punktovergang.TAG_PAA: Kant(I_KOEEN, P.PAA_DAGSORDEN, "Punktet er allerede på en dagsorden eller er færdigt."),
    Punktovergang.BEHANDL: Kant(frozenset({P.PAA_DAGSORDEN}), P.BEHANDLET, PUNKTET_ER_FAERDIGT),
    Punktovergang.GENAABN: Kant(frozenset({P.BEHANDLET}), P.PAA_DAGSORDEN, "Kun et behandlet punkt kan åbnes igen."),
    Punktovergang.UDSAET: Kant(frozenset({P.PAA_DAGSORDEN}), P.UDSAT, PUNKTET_ER_FAERDIGT),
    Punktovergang.LUK: Kant(AABNE_PUNKTER, P.LUKKET, PUNKTET_ER_FAERDIGT),
    Punktovergang.GIV_VIDERE: Kant(AABNE_PUNKTER, P.GIVET_VIDERE, PUNKTET_ER_FAERDIGT),
}


# --- the task, and «may we attend?» ------------------------------------------------------------------------------
class Opgavetilstand(TextChoices):
    AABEN = "aaben", "ikke begyndt"
    I_GANG = "i_gang", "i gang"
    AFSLUTTET = "afsluttet", "afsluttet"
    OPGIVET = "opgivet", "opgivet"


class Opgaveovergang(StrEnum):
    FORTSAET = "fortsaet"
    AFSLUT = "afslut"
    OPGIV = "opgiv"
    GENAABN = "genaabn"


AABNE_OPGAVER = frozenset({Opgavetilstand.AABEN, Opgavetilstand.I_GANG})
OPGAVEN_ER_SLUT = "Opgaven er allerede afsluttet eller opgivet."
OPGAVEOVERGANGE = {
    Opgaveovergang.FORTSAET: Kant(AABNE_OPGAVER, Opgavetilstand.I_GANG, OPGAVEN_ER_SLUT),
    Opgaveovergang.AFSLUT: Kant(AABNE_OPGAVER, Opgavetilstand.AFSLUTTET, OPGAVEN_ER_SLUT),
    Opgaveovergang.OPGIV: Kant(AABNE_OPGAVER, Opgavetilstand.OPGIVET, OPGAVEN_ER_SLUT),
    Opgaveovergang.GENAABN: Kant(
        frozenset({Opgavetilstand.AFSLUTTET, Opgavetilstand.OPGIVET}), Opgavetilstand.I_GANG, "Opgaven er åben."
    ),
}


class Oenske(TextChoices):
    FORESLAAET = "foreslaaet", "venter på svar"
    GAELDER = "gaelder", "aftalt"
    AFVIST = "afvist", "afvist"
    OPHOERT = "ophoert", "ophørt"


class Oenskeovergang(StrEnum):
    AFTAL = "aftal"
    AFVIS = "afvis"
    OPHOER = "ophoer"


OENSKEOVERGANGE = {
    Oenskeovergang.AFTAL: Kant(frozenset({Oenske.FORESLAAET}), Oenske.GAELDER, "Der er allerede svaret."),
    Oenskeovergang.AFVIS: Kant(frozenset({Oenske.FORESLAAET}), Oenske.AFVIST, "Der er allerede svaret."),
    Oenskeovergang.OPHOER: Kant(
        frozenset({Oenske.FORESLAAET, Oenske.GAELDER}), Oenske.OPHOERT, "Aftalen er allerede ophørt eller afvist."
    ),
}
