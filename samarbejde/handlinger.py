"""The words of the table of rights: roles, what a person is by virtue of roles elsewhere, and every guarded act."""

from enum import StrEnum

from django.db.models import TextChoices


class Rolle(TextChoices):
    """Roles a person is given at one unit for a period (D26): the codenames of the permissions on `Enhed`."""

    SKOLELEDER = "skoleleder", "skoleleder"
    KOORDINATOR = "koordinator", "koordinator"
    FRITIDSLEDER = "fritidsleder", "leder af fritidsinstitution eller fritidscenter"
    DAGTILBUDSLEDER = "dagtilbudsleder", "leder af 0-6 års institution"
    MEDARBEJDER = "medarbejder", "medarbejder"
    KLYNGELEDER = "klyngeleder", "klyngeleder"
    NETVAERKSKOORDINATOR = "netvaerkskoordinator", "netværkskoordinator"
    OMRAADECHEF = "omraadechef", "områdechef"
    FORVALTNING = "forvaltning", "forvaltning"
    ADMINISTRATOR = "administrator", "administrator"


class Relation(TextChoices):
    """What a person is to one object by virtue of roles elsewhere: derived, never given."""

    TOVHOLDER = "tovholder", "tovholder (skoleleder på tovholderskolen)"
    I_DISTRIKTET = "i_distriktet", "alle med en aktiv rolle på en enhed i distriktet"
    ENHEDER_I_DISTRIKTET = "enheder_i_distriktet", "klyngeleder eller netværkskoordinator med enheder i distriktet"
    SKOLELEDER_SELV = "skoleleder_selv", "skolelederen selv, ikke en stedfortræder"
    FRITIDSLEDER_SELV = "fritidsleder_selv", "fritidslederen selv, ikke en stedfortræder"
    LEDER_SELV = "leder_selv", "enhedens egen leder, ikke en stedfortræder"
    DELEGERET = "delegeret", "medarbejder med fast deltagelse på fritidscentrets vegne"
    FORBEREDER = "forbereder", "mødeforbereder, fx en skolesekretær"
    RESSOURCEPERSON = "ressourceperson", "ressourceperson fra skole eller fritid"
    EKSTERN_RESSOURCEPERSON = "ekstern_ressourceperson", "ekstern ressourceperson"
    OVER_TILKNYTTET = "over_tilknyttet", "klyngeleder eller netværkskoordinator for en tilknyttet enhed"
    ANMODER = "anmoder", "den, der har bedt om mødet"
    FORFATTER = "forfatter", "den, der har skrevet det"
    INVITERET = "inviteret", "inviteret til mødet"
    INVITERET_TIL_PUNKT = "inviteret_til_punkt", "inviteret til punktet"
    DELTAGER_SELV = "deltager_selv", "den inviterede selv"
    REFERENT = "referent", "mødets referent"
    I_LEDIG_POST = "i_ledig_post", "den, der handler for enheden, mens lederposten er ledig"
    ANSVARLIG = "ansvarlig", "den, der er ansvarlig for opgaven"


class Handling(StrEnum):
    """Every act the server guards. The value is the name of the action and of the URL."""

    SE_DISTRIKT = "se_distrikt"
    SE_ENHED = "se_enhed"
    SE_FORVALTNING = "se_forvaltning"
    SE_AL_POST = "se_al_post"
    GENSEND_BESKED = "gensend_besked"
    UDPEG_LEDER = "udpeg_leder"
    NAEVN_STEDFORTRAEDER = "naevn_stedfortraeder"
    REGISTRER_MEDARBEJDER = "registrer_medarbejder"
    RET_RAMMER = "ret_rammer"

    SE_FORUM = "se_forum"
    SE_MANGLER = "se_mangler"
    UDPEG_KOORDINATOR = "udpeg_koordinator"
    NAVNGIV_FORBEREDER = "navngiv_forbereder"
    TILKNYT_RESSOURCEPERSON = "tilknyt_ressourceperson"
    DELEGER_DELTAGELSE = "deleger_deltagelse"
    RET_LOKALE_REGLER = "ret_lokale_regler"

    ANMOD_OM_MOEDE = "anmod_om_moede"
    SE_ANMODNING = "se_anmodning"
    EGEN_ANMODNING = "egen_anmodning"
    BESVAR_ANMODNING = "besvar_anmodning"
    BESVAR_FORELAGT = "besvar_forelagt"
    SE_MOEDE = "se_moede"
    PLANLAEG_MOEDE = "planlaeg_moede"
    INDKALD = "indkald"
    FORESLAA_PUNKT = "foreslaa_punkt"
    SVAR_PAA_INDKALDELSE = "svar_paa_indkaldelse"
    VAELG_REPRAESENTANT = "vaelg_repraesentant"
    BEKRAEFT_MEDARBEJDER = "bekraeft_medarbejder"
    BED_OM_DELTAGELSE = "bed_om_deltagelse"
    GIV_BIDRAG = "giv_bidrag"
    LAEG_FIL_PAA = "laeg_fil_paa"
    SKRIV_REFERAT = "skriv_referat"
    LUK_REFERAT = "luk_referat"
    BEMAERK_REFERAT = "bemaerk_referat"
    SE_OPGAVE = "se_opgave"
    FOELG_OP = "foelg_op"

    OPRET_AFTALE = "opret_aftale"
    SE_TILSTAND = "se_tilstand"
    LAES_KLADDE = "laes_kladde"
    LAES = "laes"
    SKRIV_AFTALE = "skriv_aftale"
    VAELG_PARTER = "vaelg_parter"
    SEND_TIL_GODKENDELSE = "send_til_godkendelse"
    TRAEK_TILBAGE = "traek_tilbage"
    ANNULLER_AFTALE = "annuller_aftale"
    GODKEND = "godkend"
    KAN_IKKE_GODKENDE = "kan_ikke_godkende"
