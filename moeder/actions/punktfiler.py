"""Files on an item: laid there by those who may give contributions to it, by the forum's leaders, and by whoever
prepares the meeting (S42, D20, decision 10).
"""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from moeder.actions.laas import laas_moede
from moeder.models import Punkt, Punktfil
from moeder.queries.forberedelse import IKKE_PAA_DAGSORDENEN, moedets_hindring, punktets_hindring
from samarbejde import tid
from samarbejde.actions_filer import gem_fil, sha256_af
from samarbejde.filer import rens_filnavn
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

FLEST_FILER = 20
KUN_EGNE = "Du kan fjerne de filer, du selv har lagt på. Bed mødelederen om at fjerne andres."
FOR_SENT_AT_FJERNE = "Mødet er begyndt, så kun mødelederen kan fjerne filer. Bed mødelederen om det."


def laas_til_bidrag(punkt: Punkt, af: Person, handling: Handling = Handling.GIV_BIDRAG) -> Punkt:
    """The item under the lock of its meeting, when this person may bring something to it now (S42, case 11)."""
    if punkt.moede is None:
        raise IkkeMuligtError(IKKE_PAA_DAGSORDENEN)
    moede = laas_moede(punkt.moede, af, handling)
    laast = Punkt.objects.select_related("forum__enhed", "medforum").get(pk=punkt.pk)
    if laast.moede_id != moede.pk:
        raise IkkeMuligtError(IKKE_PAA_DAGSORDENEN)
    laast.moede = moede
    kraev_ret(af, handling, laast)
    if hindring := moedets_hindring(moede) or punktets_hindring(laast):
        raise IkkeMuligtError(hindring)
    return laast


@transaction.atomic
def laeg_fil_paa(*, punkt: Punkt, upload: UploadedFile, af: Person) -> Punktfil:
    """Lay a file on an item. The same file of the same person twice is one."""
    laast = laas_til_bidrag(punkt, af, Handling.LAEG_FIL_PAA)
    paa = Punktfil.objects.filter(punkt=laast, fjernet_den=None)
    navn = rens_filnavn(upload.name)
    if samme := paa.filter(fil__lagt_op_af=af, fil__navn=navn, fil__sha256=sha256_af(upload)).first():
        return samme
    if paa.count() >= FLEST_FILER:
        fuldt = f"Der er allerede {FLEST_FILER} filer på punktet. Fjern en, og vælg «{navn}» igen."
        raise ValidationError({f"filer_{punkt.pk}": fuldt})
    ny = Punktfil.objects.create(punkt=laast, fil=gem_fil(upload=upload, af=af))
    noter(af=af, navn="laeg_fil_paa", objekt=ny, rod=laast.moede, saetning="En fil er lagt på et punkt.")
    return ny


@transaction.atomic
def fjern_punktfil(*, punktfil: Punktfil, af: Person) -> Punktfil:
    """Nobody can fetch it any more; by whoever laid it there until the meeting begins, by the leaders until the
    minutes are closed."""
    punkt = laas_til_bidrag(punktfil.punkt, af, Handling.LAEG_FIL_PAA)
    laast = Punktfil.objects.select_related("fil").get(pk=punktfil.pk, punkt=punkt)
    if laast.fjernet_den is not None:
        return laast
    if not punkt.ledes_af(af):
        if laast.fil.lagt_op_af_id != af.pk:
            raise IkkeMuligtError(KUN_EGNE)
        if punkt.moede.er_begyndt():
            raise IkkeMuligtError(FOR_SENT_AT_FJERNE)
    laast.fjernet_den = tid.nu()
    laast.save(update_fields=["fjernet_den"])
    noter(af=af, navn="fjern_punktfil", objekt=laast, rod=punkt.moede, saetning="En fil er fjernet fra et punkt.")
    return laast
