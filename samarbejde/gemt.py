"""A form that arrives after the session ended is kept on the server, encrypted, for the same person for 30 minutes.

Every form carries a signed field that names the person it was shown to (`{% formular %}`); without it nothing is kept,
so a forged post from elsewhere never comes back as something to confirm.
"""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from samarbejde import stik, tid
from samarbejde.filer import rens_filnavn
from samarbejde.formater import dato_uden_ugedag, opremsning
from samarbejde.kryptering import UlaeseligError, dekrypter, krypter
from samarbejde.models import GemtFormular, Person

FELT = "_skrevet_af"
SALT = "samarbejde.formular"
UDEN = {FELT, "csrfmiddlewaretoken"}
HEMMELIGT = re.compile(r"password|adgangskode", re.IGNORECASE)
# Versions, imprints, keys and counters travel with a form, and buttons with a press: nobody wrote them.
USKREVET = re.compile(
    r"(^|[_-])(version|aftryk|set_version|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|noegle|endnu|rettet)$"
)
HOLDBAR = timedelta(minutes=30)
STOERSTE_FELT_ALDER = timedelta(hours=24)
STOERSTE_INDHOLD = 2_000_000
FLEST_PR_PERSON = 10
LAENGSTE_STI = 500
VIDERE = re.compile(r"/gemt/([\w-]{1,100})/", re.ASCII)


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

    @cached_property
    def skrevet(self) -> list[tuple[str, list[str]]]:
        """What the person wrote, with a readable name for each field."""
        udfyldte = {
            navn: [vaerdi for vaerdi in vaerdier if vaerdi.strip()]
            for navn, vaerdier in self.felter.items()
            if not navn.startswith("_") and not USKREVET.search(navn)
        }
        form = self._formular()
        laest = _laest(form, udfyldte) if form else [(vist_navn(navn), vaerdier) for navn, vaerdier in udfyldte.items()]
        return [(navn, vaerdier) for navn, vaerdier in laest if vaerdier]

    def _formular(self) -> forms.Form | None:
        """The form behind the address, empty: it knows what its fields and choices are called."""
        try:
            sted = resolve(urlsplit(self.sti).path)
        except Resolver404:
            return None
        fundne = (find_formular(sted.url_name or "", sted.kwargs, self.felter) for find_formular in stik.formular)
        return next((form for form in fundne if form), None)


def _laest(form: forms.Form, felter: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    synlige = [(navn, felt) for navn, felt in form.fields.items() if navn in felter and not felt.widget.is_hidden]
    return [(felt.label or vist_navn(navn), _som_vist(felt, felter[navn])) for navn, felt in synlige]


def _som_vist(felt: forms.Field, vaerdier: list[str]) -> list[str]:
    """Choices by their names, a day as we write it; anything else as it was typed."""
    if isinstance(felt, forms.ChoiceField):
        valg = {str(pk): str(tekst) for pk, tekst in felt.choices}
        return [valg[vaerdi] for vaerdi in vaerdier if vaerdi in valg]
    if not isinstance(felt, forms.DateField):
        return vaerdier
    try:
        return [dato_uden_ugedag(felt.to_python(vaerdi)) for vaerdi in vaerdier]
    except ValidationError:
        return vaerdier


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
    return _laes(noegle, GemtFormular.objects.filter(person=person))


def venter(videre: str) -> bool:
    """Whether words are kept at the address that login leads on to: the page then says so, but not which."""
    fundet = VIDERE.fullmatch(videre)
    gemt = _laes(fundet[1], GemtFormular.objects.all()) if fundet else None
    return gemt is not None and bool(gemt.skrevet)


def _laes(noegle: str, blandt: QuerySet[GemtFormular]) -> Gemt | None:
    raekke = blandt.filter(noegle=noegle, gemt_den__gte=tid.nu() - HOLDBAR).first()
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
