"""Every address of the site: the act it asks for, and how to fill it in for a real object.

A new URL must be written here. An address is (what guards it, what fills it in); `ting` is what `ting()` made.
"""

from types import SimpleNamespace

from django.urls import URLPattern, get_resolver

from aftaler.models import Aktivitet, Delmaal, StrategiskMaal
from ressourcecenter.models import Forbereder, Rammedokument
from samarbejde import tid
from samarbejde.actions_overdragelse import overdrag
from samarbejde.adgang import EFTER_ROLLEN
from samarbejde.gemt import underskriv
from samarbejde.invitation import lav_token
from samarbejde.models import Faglighed, GemtFormular
from samarbejde.permissions import Handling, Rolle
from samarbejde.post import underret
from tests.aftaler import byg
from tests.fabrik import FRA, Art, enhed, person, rolle, verden
from tests.moeder import byg as moedebyg
from tests.ressourcecenter.byg import delegation, forum, ressourceperson
from tests.rettigheder.adresser_moeder import MOEDER

ALLE, INDLOGGEDE = "alle", "alle_indloggede"
# What is somebody's own: there for those it is about, and for nobody else.
KUN_DERES_EGET = {"gemt", "overdragelse", "overdragelse_pdf"}
# Planted in every text of the draft: nobody without the right to read it may meet it on any page.
HEMMELIGT = "kladdeord-kun-for-parterne"


def ting():
    """Linde with a draft, one til godkendelse and one entered, a mail, and a form that was kept."""
    v = verden()
    ting = SimpleNamespace(v=v)
    with byg.i_aaret(2023):
        ting.indgaaet = byg.indgaaet(v)
    with byg.i_aaret(2024):
        ting.sendt = byg.sendt(v)
    with byg.i_aaret(2025):
        ting.kladde = hemmelig(byg.kladde(v), v)
    ting.maal, ting.delmaal, ting.aktivitet = (
        StrategiskMaal.objects.get(aftale=ting.kladde),
        Delmaal.objects.get(maal__aftale=ting.kladde),
        Aktivitet.objects.get(delmaal__maal__aftale=ting.kladde),
    )
    ting.kommentar = byg.kommenter(ting.kladde, v.medarbejder, HEMMELIGT, sted=str(ting.maal.noegle))
    ting.tiltagsforslag = byg.foreslaa_tiltag(ting.kladde, v.medarbejder, HEMMELIGT)
    ting.koordinator = v.koordinator.rolletildelinger.get()
    ting.ressourceperson = ressourceperson(forum(v.skole), v.sundhedsplejerske, v.omraade)
    ting.forbereder = Forbereder.objects.create(
        skole=v.skole, person=v.vejleder, navngivet_af=v.skoleleder, gyldig_fra=FRA
    )
    ting.besked = underret(til=v.skoleleder, emne="Prøve", tekst="Prøve", noegle="proeve")
    ting.center, ting.delegation = _fritidscenter(v)
    ting.gemt = GemtFormular.objects.create(noegle="proeve", person=v.skoleleder, sti="/", indhold=b"")
    ting.overdragelse = overdraget(v)
    ting.m = moedebyg.alt_muligt(v)
    return ting


def _fritidscenter(v):
    """One more centre, in Linde alone: the neighbours are outsiders to it. Pia leads it too."""
    skoler = [v.skole, enhed("Linde Skole Syd", i=v.distrikt)]
    center = enhed("Fritidscenter Broen", Art.FRITIDSCENTER, i=v.distrikt, til=skoler)
    rolle(v.paedagogiskleder, Rolle.FRITIDSLEDER, center)
    rolle(v.medarbejder, Rolle.MEDARBEJDER, center)
    return center, delegation(center, v.skole, v.medarbejder)


def overdraget(v):
    """Somebody has left the KKFO: told to nobody but the leaver, the leader who did it, and the one who takes over."""
    job = rolle(person("Hugo Holt"), Rolle.MEDARBEJDER, v.kkfo)
    valg = {"slut_set": None, "efterfoelger": v.medarbejder, "note": "Nøglerne hænger i skabet."}
    return overdrag(tildeling=job, gyldig_til=tid.i_dag(), af=v.paedagogiskleder, **valg)


def hemmelig(aftale, v):
    af = v.skoleleder
    for afsnit in ("behov", "retning"):
        byg.skriv_afsnit(aftale, af, afsnit, HEMMELIGT)
    maal = byg.skriv_maal(
        aftale, af, noegle=StrategiskMaal.objects.get(aftale=aftale).noegle, version=1, titel=HEMMELIGT
    )
    delmaal = byg.skriv_delmaal(aftale, af, maal, noegle=maal.delmaal.get().noegle, version=1, titel=HEMMELIGT)
    byg.skriv_aktivitet(
        aftale, af, delmaal, noegle=delmaal.aktiviteter.get().noegle, version=1, titel=HEMMELIGT, tegn=HEMMELIGT
    )
    return byg.frisk(aftale)


def tom(t):
    return {}


def i_kladden(**mere):
    return lambda t: {
        "distrikt": t.v.distrikt.slug,
        "aar": t.kladde.skoleaar,
        **{navn: getattr(t, navn).noegle if vaerdi is None else vaerdi for navn, vaerdi in mere.items()},
    }


def en_udgave(t):
    return {**i_kladden()(t), "udgave": t.kladde.udgaver.last().pk}


def i_den_sendte(**mere):
    return lambda t: {"distrikt": t.v.distrikt.slug, "aar": t.sendt.skoleaar, **mere}


def for_kkfo(t):
    return {**i_den_sendte()(t), "enhed": t.v.kkfo.slug}


def for_skolen(t):
    return {**i_den_sendte()(t), "enhed": t.v.skole.slug}


def paa_skolen(**mere):
    """The forums of Lindeskolen; `pk` names what `ting()` made there."""
    return lambda t: {"enhed": t.v.skole.slug, **{felt: getattr(t, navn).pk for felt, navn in mere.items()}}


def en_ansat(t):
    return {"slug": t.v.skole.slug, "pk": t.v.vejleder.rolletildelinger.get().pk}


def i_centret():
    return lambda t: {"enhed": t.center.slug}


def foerste(model):
    return lambda t: {"pk": model.objects.order_by("pk").first().pk}


ADRESSER = {
    **MOEDER,
    # --- the foundation ---
    "start": (INDLOGGEDE, tom),
    "enhed": (Handling.SE_ENHED, lambda t: {"slug": t.v.skole.slug}),
    "medarbejdere": (Handling.REGISTRER_MEDARBEJDER, lambda t: {"slug": t.v.skole.slug}),
    "registrer_medarbejder": (Handling.REGISTRER_MEDARBEJDER, lambda t: {"slug": t.v.skole.slug}),
    "ret_medarbejder": (Handling.REGISTRER_MEDARBEJDER, en_ansat),
    "inviter": (Handling.REGISTRER_MEDARBEJDER, en_ansat),
    "udpeg_leder": (Handling.UDPEG_LEDER, lambda t: {"slug": t.v.skole.slug}),
    "naevn_stedfortraeder": (Handling.NAEVN_STEDFORTRAEDER, lambda t: {"slug": t.v.skole.slug}),
    "mine_roller": (INDLOGGEDE, tom),
    "distrikt": (Handling.SE_DISTRIKT, lambda t: {"slug": t.v.distrikt.slug}),
    "forvaltning": (Handling.SE_FORVALTNING, tom),
    "eksport": (Handling.EKSPORTER, tom),
    "afslut_rolle": (EFTER_ROLLEN, lambda t: {"pk": t.koordinator.pk}),
    "overdragelse": (INDLOGGEDE, lambda t: {"pk": t.overdragelse.pk}),
    "overdragelse_pdf": (INDLOGGEDE, lambda t: {"pk": t.overdragelse.pk}),
    "soeg": (INDLOGGEDE, tom),
    "haendelser": (INDLOGGEDE, tom),
    "hvem_maa_hvad": (ALLE, tom),
    "samarbejdsmodellen": (INDLOGGEDE, tom),
    "post": (INDLOGGEDE, tom),
    "vaelg_post": (INDLOGGEDE, tom),
    "al_post": (Handling.SE_AL_POST, tom),
    "gensend_besked": (Handling.GENSEND_BESKED, lambda t: {"pk": t.besked.pk}),
    "invitation": (ALLE, lambda t: {"token": lav_token(t.v.skoleleder)}),
    "gemt": (INDLOGGEDE, lambda t: {"noegle": t.gemt.noegle}),
    # --- account ---
    "account_login": (ALLE, tom),
    "account_reauthenticate": (INDLOGGEDE, tom),
    "account_logout": (ALLE, tom),
    "account_reset_password": (ALLE, tom),
    "account_reset_password_done": (ALLE, tom),
    "account_reset_password_from_key_done": (ALLE, tom),
    "account_reset_password_from_key": (ALLE, lambda t: {"uidb36": "1", "key": "set-password"}),
    "account_change_password": (INDLOGGEDE, tom),
    # --- public ---
    "tilgaengelighed": (ALLE, tom),
    "was": (ALLE, tom),
    "security_txt": (ALLE, tom),
    "verificer": (ALLE, tom),
    "verificer_kode": (ALLE, lambda t: {"kode": "0123456789BC"}),
    "healthz": (ALLE, tom),
    "readyz": (ALLE, tom),
    # --- forums ---
    "fora": (INDLOGGEDE, tom),
    "forum": (Handling.SE_FORUM, paa_skolen()),
    "ret_lokale_regler": (
        Handling.RET_LOKALE_REGLER,
        lambda t: {"enhed": t.v.skole.slug, "art": "laeringscenter"},
    ),
    "udpeg_koordinator": (Handling.UDPEG_KOORDINATOR, paa_skolen()),
    "ret_koordinator": (Handling.UDPEG_KOORDINATOR, paa_skolen(pk="koordinator")),
    "giv_orlov": (Handling.UDPEG_KOORDINATOR, paa_skolen(pk="koordinator")),
    "navngiv_forbereder": (Handling.NAVNGIV_FORBEREDER, paa_skolen()),
    "afslut_forbereder": (Handling.NAVNGIV_FORBEREDER, paa_skolen(pk="forbereder")),
    "tilknyt_ressourceperson": (Handling.TILKNYT_RESSOURCEPERSON, paa_skolen()),
    "afslut_ressourceperson": (Handling.TILKNYT_RESSOURCEPERSON, paa_skolen(pk="ressourceperson")),
    "repraesentation": (Handling.SE_ENHED, i_centret()),
    "deleger_deltagelse": (Handling.DELEGER_DELTAGELSE, i_centret()),
    "afslut_delegation": (Handling.DELEGER_DELTAGELSE, lambda t: {**i_centret()(t), "pk": t.delegation.pk}),
    "rammedokumenter": (INDLOGGEDE, tom),
    "rammer": (Handling.RET_RAMMER, tom),
    "opret_rammedokument": (Handling.RET_RAMMER, tom),
    "ret_rammedokument": (Handling.RET_RAMMER, foerste(Rammedokument)),
    "opret_faglighed": (Handling.RET_RAMMER, tom),
    "luk_faglighed": (Handling.RET_RAMMER, foerste(Faglighed)),
    "genaabn_faglighed": (Handling.RET_RAMMER, foerste(Faglighed)),
    # --- agreements ---
    "aftaler": (INDLOGGEDE, tom),
    "aftaler_csv": (INDLOGGEDE, tom),
    "aarshjul": (INDLOGGEDE, tom),
    "ret_aarshjul": (Handling.RET_AARSHJUL, lambda t: {"aar": byg.dette_aar()}),
    "vejledninger": (Handling.RET_VEJLEDNING, tom),
    "ret_vejledning": (Handling.RET_VEJLEDNING, lambda t: {"sted": "behov"}),
    "ret_maalomraade": (Handling.RET_MAALOMRAADE, lambda t: {"nummer": 3}),
    "aftale": (Handling.SE_TILSTAND, i_kladden()),
    "aftale_paa_en_side": (Handling.LAES, i_kladden()),
    "gennemse_aftale": (Handling.LAES, i_kladden()),
    "aftale_historik": (Handling.LAES, i_kladden()),
    "kommentarer": (Handling.LAES_KLADDE, i_kladden()),
    "kommenter": (Handling.KOMMENTER, i_kladden()),
    "loes_kommentar": (Handling.LOES_KOMMENTAR, i_kladden(kommentar=None)),
    "genaabn_kommentar": (Handling.LOES_KOMMENTAR, i_kladden(kommentar=None)),
    "tiltagsforslag": (Handling.LAES_KLADDE, i_kladden()),
    "foreslaa_tiltag": (Handling.FORESLAA_TILTAG, i_kladden()),
    "tag_tiltag_med": (Handling.SKRIV_AFTALE, i_kladden(tiltagsforslag=None)),
    "afvis_tiltag": (Handling.SKRIV_AFTALE, i_kladden(tiltagsforslag=None)),
    "meld_tilstede": (Handling.SKRIV_AFTALE, i_kladden()),
    "aftale_pdf": (Handling.LAES, i_kladden()),
    "kladde_pdf": (Handling.LAES_KLADDE, i_kladden()),
    "bestil_kladdedokument": (Handling.LAES_KLADDE, i_kladden()),
    "aftale_udgaver": (Handling.LAES_KLADDE, i_kladden()),
    "aftale_udgave": (Handling.LAES_KLADDE, en_udgave),
    "navngiv_udgave": (Handling.SKRIV_AFTALE, i_kladden()),
    "genskab_udgave": (Handling.SKRIV_AFTALE, en_udgave),
    "opret_aftale": (Handling.OPRET_AFTALE, lambda t: {"distrikt": t.v.distrikt.slug, "aar": 2022}),
    "vaelg_parter": (Handling.VAELG_PARTER, i_kladden()),
    "skriv_afsnit": (Handling.SKRIV_AFTALE, i_kladden(afsnit="behov")),
    "nyt_maal": (Handling.SKRIV_AFTALE, i_kladden()),
    "skriv_maal": (Handling.SKRIV_AFTALE, i_kladden(maal=None)),
    "lad_koordinator_skrive": (Handling.LAD_KOORDINATOR_SKRIVE, for_skolen),
    "afslut_skriveadgang": (Handling.LAD_KOORDINATOR_SKRIVE, for_skolen),
    "flyt_maal": (Handling.SKRIV_AFTALE, i_kladden(maal=None)),
    "slet_maal": (Handling.SKRIV_AFTALE, i_kladden(maal=None)),
    "nyt_delmaal": (Handling.SKRIV_AFTALE, i_kladden(maal=None)),
    "skriv_delmaal": (Handling.SKRIV_AFTALE, i_kladden(maal=None, delmaal=None)),
    "flyt_delmaal": (Handling.SKRIV_AFTALE, i_kladden(maal=None, delmaal=None)),
    "slet_delmaal": (Handling.SKRIV_AFTALE, i_kladden(maal=None, delmaal=None)),
    "ny_aktivitet": (Handling.SKRIV_AFTALE, i_kladden(maal=None, delmaal=None)),
    "skriv_aktivitet": (Handling.SKRIV_AFTALE, i_kladden(maal=None, delmaal=None, aktivitet=None)),
    "flyt_aktivitet": (Handling.SKRIV_AFTALE, i_kladden(maal=None, delmaal=None, aktivitet=None)),
    "slet_aktivitet": (Handling.SKRIV_AFTALE, i_kladden(maal=None, delmaal=None, aktivitet=None)),
    "send_til_godkendelse": (Handling.SEND_TIL_GODKENDELSE, i_kladden()),
    "traek_tilbage": (Handling.TRAEK_TILBAGE, i_den_sendte()),
    "annuller_aftale": (Handling.ANNULLER_AFTALE, i_kladden()),
    "godkend": (Handling.GODKEND, for_kkfo),
    "kan_ikke_godkende": (Handling.KAN_IKKE_GODKENDE, for_kkfo),
    "fortryd_godkendelse": (Handling.FORTRYD_GODKENDELSE, for_kkfo),
    "indgaa_uden_svar": (Handling.INDGAA_UDEN_SVAR, i_den_sendte()),
    "tiltraed": (Handling.TILTRAED, for_kkfo),
    "ophaev_aftale": (Handling.OPHAEV_AFTALE, lambda t: {"distrikt": t.v.distrikt.slug, "aar": t.indgaaet.skoleaar}),
    "lav_ny_version": (Handling.LAV_NY_VERSION, lambda t: {"distrikt": t.v.distrikt.slug, "aar": t.indgaaet.skoleaar}),
    "skift_tovholder": (Handling.SKIFT_TOVHOLDER, i_den_sendte()),
    "optag_part": (Handling.OPTAG_PART, i_den_sendte()),
    "lad_udtraede": (Handling.LAD_UDTRAEDE, i_den_sendte()),
}


def alle_adresser(moenstre=None):
    """Every URLPattern of the site, also those of includes; the pages of a version are the agreement's own, named once
    (tests/aftaler/test_ny_version.py walks them).
    """
    for moenster in moenstre if moenstre is not None else get_resolver().url_patterns:
        if isinstance(moenster, URLPattern):
            yield moenster
        elif "/version/" not in str(moenster.pattern):
            yield from alle_adresser(moenster.url_patterns)


def underskrift(person):
    return {"_skrevet_af": underskriv(person)}
