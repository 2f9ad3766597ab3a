"""A form that arrives after the session ended is kept on the server, encrypted, for the same person for 30 minutes.

Every form carries a signed field that names the person it was shown to (`{% formular %}`); without it nothing is kept,
so a forged post from elsewhere never comes back as something to confirm.
"""

import json
import secrets
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from samarbejde import tid
from samarbejde.kryptering import UlaeseligError, dekrypter, krypter
from samarbejde.models import GemtFormular, Person

FELT = "_skrevet_af"
SALT = "samarbejde.formular"
UDEN = {FELT, "csrfmiddlewaretoken"}
HOLDBAR = timedelta(minutes=30)
STOERSTE_FELT_ALDER = timedelta(hours=24)


def underskriv(person: Person) -> str:
    return signing.dumps(person.pk, salt=SALT, compress=False)


def gem(request: HttpRequest) -> str | None:
    """Keep the fields of a POST; None when the form does not say, in our own signature, whose it is."""
    try:
        person_id = signing.loads(request.POST.get(FELT, ""), salt=SALT, max_age=STOERSTE_FELT_ALDER)
    except signing.BadSignature:
        return None
    noegle = secrets.token_urlsafe(32)
    felter = {navn: request.POST.getlist(navn) for navn in request.POST if navn not in UDEN}
    GemtFormular.objects.create(
        noegle=noegle,
        person_id=person_id,
        sti=request.path,
        indhold=krypter(json.dumps(felter).encode(), _bundet(noegle)),
    )
    return noegle


def til_login(noegle: str) -> HttpResponseRedirect:
    videre = reverse("gemt", args=[noegle])
    return redirect(f"{reverse('account_login')}?{QueryDict.fromkeys(['next'], videre).urlencode()}")


def find(noegle: str, person: Person) -> tuple[str, dict[str, list[str]]] | None:
    """The address and fields kept under the key, only for the person who wrote them."""
    graense = tid.nu() - HOLDBAR
    raekke = GemtFormular.objects.filter(noegle=noegle, person=person, gemt_den__gte=graense).first()
    if raekke is None:
        return None
    try:
        return raekke.sti, json.loads(dekrypter(bytes(raekke.indhold), _bundet(noegle)))
    except UlaeseligError:
        return None


def ryd_op(nu: object = None) -> int:
    return GemtFormular.objects.filter(gemt_den__lt=tid.nu() - HOLDBAR).delete()[0]


def _bundet(noegle: str) -> str:
    return f"samarbejde_gemtformular.indhold.{noegle}"
