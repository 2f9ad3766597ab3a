"""How a forum works, agreed locally (S43): written by its skoleleder, coordinator or the leader of the team."""

from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ressourcecenter.actions.koordinatorer import laas_forum
from ressourcecenter.models import Forum, LokaleRegler
from samarbejde.formater import klokken
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError

MOEDER = ("kadence", "ugedag", "begynder", "minutter", "uger_uden_moede", "moeder_uden_invitation")
FRISTER = ("dagsordensfrist", "udsendelse", "svarfrist", "hoeringsfrist")
PAPIR = ("referent", "dagsordensskabelon", "fast_runde", "aflysningsregel")
INDSTILLINGER = (*MOEDER, *FRISTER, *PAPIR, "holdes_samlet")
RETTET = "En anden har rettet reglerne, mens du skrev."


@transaction.atomic
def ret_lokale_regler(*, forum: Forum, af: Person, version: int, **felter: Any) -> LokaleRegler:
    """Agree how the forum works (S43). A save of what is already stored is no change; a stale one is refused."""
    if ukendte := felter.keys() - set(INDSTILLINGER):
        raise TypeError(f"lokale regler har ikke {sorted(ukendte)}")
    laast = laas_forum(forum, af, Handling.RET_LOKALE_REGLER)
    regler = laast.regler
    foer = {felt: getattr(regler, felt) for felt in felter}
    aendret = {felt: (foer[felt], ny) for felt, ny in felter.items() if foer[felt] != ny}
    if not aendret:
        return regler
    if "holdes_samlet" in aendret:
        _kraev_begge_fora(laast, af)
    if version != regler.version:
        raise KonfliktError(foer, regler.version, RETTET)
    for felt, (_, ny) in aendret.items():
        setattr(regler, felt, ny)
    _kontroller(regler)
    regler.version += 1
    regler.save()
    spor = {vist_navn(felt): (vist(felt, fra), vist(felt, til)) for felt, (fra, til) in aendret.items()}
    saetning = f"De lokale regler for {laast.i_saetning} på {laast.enhed} er rettet."
    noter(af=af, navn="ret_lokale_regler", objekt=regler, rod=laast, saetning=saetning, felter=spor)
    return regler


def _kraev_begge_fora(forum: Forum, af: Person) -> None:
    """S60: held jointly only by whoever may change the rules of both, and said in one place."""
    if forum.art != Forum.Art.RC:
        raise ValidationError("Om de to fora holdes samlet, står i Ressourcecentrets regler. Ret det der.")
    kraev_ret(af, Handling.RET_LOKALE_REGLER, Forum.objects.get(enhed=forum.enhed_id, art=Forum.Art.PLC))


def _kontroller(regler: LokaleRegler) -> None:
    regler.clean_fields(exclude=["forum"])
    if regler.referent not in LokaleRegler.referenter(regler.forum):
        raise ValidationError({"referent": "Et ressourceteam har ingen koordinator. Vælg en anden."})
    if regler.udsendelse > regler.dagsordensfrist:
        raise ValidationError(
            {
                "udsendelse": "Dagsordenen kan ikke sendes ud, før fristen for punkter er gået. Skriv højst "
                f"{regler.dagsordensfrist}, eller giv punkterne en tidligere frist."
            }
        )


# --- in words ----------------------------------------------------------------------------------------------------
NAVNE = {
    "kadence": "Hvor tit",
    "begynder": "Begynder kl.",
    "minutter": "Længde i minutter",
    "uger_uden_moede": "Uger uden et planlagt møde",
    "moeder_uden_invitation": "Møder, uden at en tilknyttet fritidsenhed er indkaldt",
    "dagsordensfrist": "Frist for punkter, dage før",
    "udsendelse": "Dagsordenen sendes, dage før",
    "svarfrist": "Svar på en anmodning, skoledage",
    "hoeringsfrist": "Bemærkninger til referatet, skoledage",
    "dagsordensskabelon": "Faste punkter på dagsordenen",
    "fast_runde": "Runden «Faglige perspektiver»",
    "aflysningsregel": "Regel om aflysning",
}


def vist_navn(felt: str) -> str:
    return NAVNE.get(felt, felt.replace("_", " ").capitalize())


def vist(felt: str, vaerdi: Any) -> str:
    if isinstance(vaerdi, bool):
        return "ja" if vaerdi else "nej"
    if isinstance(vaerdi, time):
        return klokken(vaerdi)
    navne = dict(LokaleRegler._meta.get_field(felt).flatchoices)
    return str(navne.get(vaerdi, vaerdi))
