"""A form that arrives after the session ended is kept on the server, encrypted, for the same person for 30 minutes.

Every form carries a signed field that names the person it was shown to (`{% formular %}`); without it nothing is kept,
so a forged post from elsewhere never comes back as something to confirm.
"""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from samarbejde import tid
from samarbejde.filer import rens_filnavn
from samarbejde.formater import opremsning
from samarbejde.kryptering import UlaeseligError, dekrypter, krypter
from samarbejde.models import GemtFormular, Person

FELT = "_skrevet_af"
SALT = "samarbejde.formular"
UDEN = {FELT, "csrfmiddlewaretoken"}
HEMMELIGT = re.compile(r"password|adgangskode", re.IGNORECASE)
# Versions, imprints and counters travel with a form but are nothing that anybody wrote.
USKREVET = re.compile(r"(^|[_-])(version|aftryk|set_version|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$")
HOLDBAR = timedelta(minutes=30)
STOERSTE_FELT_ALDER = timedelta(hours=24)
STOERSTE_INDHOLD = 2_000_000
FLEST_PR_PERSON = 10
LAENGSTE_STI = 500


class ForStorError(Exception):
    """More than we keep for anybody: the person is told to copy the text instead."""


@dataclass(frozen=True)
class Gemt:
    sti: str
    felter: dict[str, list[str]]
    filer: dict[str, list[str]]

    @property
    def valgte_filer(self) -> list[tuple[str, str]]:
        """The fields that had files in them, with the names; the files themselves are not kept."""
        return [(felt, opremsning([f"«{navn}»" for navn in navne])) for felt, navne in self.filer.items() if navne]

    @property
    def skrevet(self) -> list[tuple[str, list[str]]]:
        """What the person wrote, with a readable name for each field."""
        udfyldte = {navn: [v for v in vaerdier if v.strip()] for navn, vaerdier in self.felter.items()}
        return [
            (vist_navn(n), v) for n, v in udfyldte.items() if v and not n.startswith("_") and not USKREVET.search(n)
        ]


def vist_navn(felt: str) -> str:
    return re.sub(r"[_-]+", " ", felt).strip().capitalize()


def underskriv(person: Person) -> str:
    return signing.dumps(person.pk, salt=SALT, compress=False)


def gem(request: HttpRequest) -> str | None:
    """Keep the fields of a POST; None when the form does not say, in our own signature, whose it is."""
    person_id = _skrevet_af(request)
    sti = request.get_full_path()
    if person_id is None or len(sti) > LAENGSTE_STI or any(HEMMELIGT.search(navn) for navn in request.POST):
        return None
    felter = {navn: request.POST.getlist(navn) for navn in request.POST if navn not in UDEN}
    filer = {navn: [rens_filnavn(fil.name) for fil in valgte] for navn, valgte in request.FILES.lists()}
    indhold = json.dumps({"felter": felter, "filer": filer}).encode()
    if len(indhold) > STOERSTE_INDHOLD:
        raise ForStorError
    noegle = secrets.token_urlsafe(32)
    GemtFormular.objects.create(noegle=noegle, person_id=person_id, sti=sti, indhold=krypter(indhold, _bundet(noegle)))
    _behold_de_nyeste(person_id)
    return noegle


def _skrevet_af(request: HttpRequest) -> int | None:
    try:
        person_id = signing.loads(request.POST.get(FELT, ""), salt=SALT, max_age=STOERSTE_FELT_ALDER)
    except signing.BadSignature:
        return None
    return person_id if Person.objects.filter(pk=person_id).exists() else None


def _behold_de_nyeste(person_id: int) -> None:
    egne = GemtFormular.objects.filter(person_id=person_id).order_by("-pk").values_list("pk", flat=True)
    GemtFormular.objects.filter(pk__in=list(egne[FLEST_PR_PERSON:])).delete()


def til_login(noegle: str) -> HttpResponseRedirect:
    videre = reverse("gemt", args=[noegle])
    return redirect(f"{reverse('account_login')}?{QueryDict.fromkeys(['next'], videre).urlencode()}")


def find(noegle: str, person: Person) -> Gemt | None:
    """What is kept under the key, only for the person who wrote it."""
    graense = tid.nu() - HOLDBAR
    raekke = GemtFormular.objects.filter(noegle=noegle, person=person, gemt_den__gte=graense).first()
    if raekke is None:
        return None
    try:
        return Gemt(sti=raekke.sti, **json.loads(dekrypter(bytes(raekke.indhold), _bundet(noegle))))
    except UlaeseligError:
        return None


def ryd_op(nu: datetime | None = None) -> int:
    return GemtFormular.objects.filter(gemt_den__lt=(nu or tid.nu()) - HOLDBAR).delete()[0]


def _bundet(noegle: str) -> str:
    return f"samarbejde_gemtformular.indhold.{noegle}"
