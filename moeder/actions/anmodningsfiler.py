"""Files on a request: laid there by those who ask, for those who may see the request (S39, D20)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from moeder.actions.anmodningsgang import laas_anmodning
from moeder.models import Anmodning, Anmodningsfil
from moeder.queries.anmodninger import FILER_OM_BARNET, er_aaben, hvorfor_ingen_filer, lagt_paa
from samarbejde import tid
from samarbejde.actions_filer import gem_fil, sha256_af
from samarbejde.filer import rens_filnavn
from samarbejde.models import Person
from samarbejde.permissions import FORUMLEDELSE, Handling
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

FLEST_FILER = 20
INGEN_FILER_OM_BARNET = f"{FILER_OM_BARNET} Send igen uden filer."
KUN_EGNE = "Du kan fjerne de filer, du selv har lagt på. Bed den, der svarer på anmodningen, om at fjerne andres."
FOR_SENT_AT_FJERNE = "Anmodningen er afsluttet, så kun den, der har svaret, kan fjerne filer. Bed om det."


@transaction.atomic
def laeg_fil_paa_anmodning(*, anmodning: Anmodning, upload: UploadedFile, af: Person) -> Anmodningsfil:
    """By one who asks, as long as the request is open."""
    return _laeg_ved(laas_anmodning(anmodning, af, Handling.EGEN_ANMODNING), upload, af)


def laeg_ved_alle(anmodning: Anmodning, uploads: Iterable[UploadedFile], af: Person) -> None:
    for upload in uploads:
        _laeg_ved(anmodning, upload, af)


def _laeg_ved(anmodning: Anmodning, upload: UploadedFile, af: Person) -> Anmodningsfil:
    """The same file of the same person twice is one. The caller has the right and the lock."""
    paa = lagt_paa(anmodning)
    navn = rens_filnavn(upload.name)
    if samme := paa.filter(fil__lagt_op_af=af, fil__navn=navn, fil__sha256=sha256_af(upload)).first():
        return samme
    if hindring := hvorfor_ingen_filer(anmodning):
        raise IkkeMuligtError(hindring)
    if paa.count() >= FLEST_FILER:
        fuldt = f"Der er allerede {FLEST_FILER} filer på anmodningen. Fjern en, og vælg «{navn}» igen."
        raise ValidationError({"filer": fuldt})
    ny = Anmodningsfil.objects.create(anmodning=anmodning, fil=gem_fil(upload=upload, af=af))
    saetning = "En fil er lagt på anmodningen."
    noter(af=af, navn="laeg_fil_paa_anmodning", objekt=ny, rod=anmodning, saetning=saetning)
    return ny


@transaction.atomic
def fjern_anmodningsfil(*, anmodningsfil: Anmodningsfil, af: Person) -> Anmodningsfil:
    """Nobody can fetch it any more; by whoever laid it there while the request is open, by those who lead the forum at
    any time."""
    anmodning = laas_anmodning(anmodningsfil.anmodning, af, Handling.SE_ANMODNING)
    laast = Anmodningsfil.objects.select_related("fil").get(pk=anmodningsfil.pk, anmodning=anmodning)
    if laast.fjernet_den is not None:
        return laast
    if anmodning.roller_for(af).isdisjoint(FORUMLEDELSE):
        if laast.fil.lagt_op_af_id != af.pk:
            raise IkkeMuligtError(KUN_EGNE)
        if not er_aaben(anmodning):
            raise IkkeMuligtError(FOR_SENT_AT_FJERNE)
    laast.fjernet_den = tid.nu()
    laast.save(update_fields=["fjernet_den"])
    saetning = "En fil er fjernet fra anmodningen."
    noter(af=af, navn="fjern_anmodningsfil", objekt=laast, rod=anmodning, saetning=saetning)
    return laast
