"""What the tests of the pages share: a browser without script, and the fields of the forms."""

import re
from html import unescape
from uuid import uuid4

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.http import HttpRequest
from django.test import Client

from aftaler.models import Aktivitet, Delmaal, StrategiskMaal


def logget_ind(hvem, bekraeftet=True):
    """Logged in, and as after the password was typed again a moment ago (S17)."""
    klient = Client()
    klient.force_login(hvem)
    if bekraeftet:
        request = HttpRequest()
        request.session, request.user = klient.session, hvem
        reauthenticate_by_password(request)
        request.session.save()
    return klient


def rod(aftale):
    return aftale.get_absolute_url()


def maalfelter(**felter):
    return {
        "version": "0",
        "titel": "Trygge overgange",
        "omraader": ["3"],
        "beskrivelse": "",
        "realisering": "",
        **felter,
    }


def delmaalfelter(**felter):
    return {"version": "0", "titel": "Fælles besøg", "beskrivelse": "", **felter}


def aktivitetsfelter(**felter):
    return {"version": "0", "titel": "Besøg i maj", "art": "aktivitet", "beskrivelse": "", "tegn": "", **felter}


def til_maal(aftale, noegle=None):
    return f"{rod(aftale)}maal/{noegle or uuid4()}/"


def maal_i(aftale):
    return StrategiskMaal.objects.filter(aftale=aftale).first()


def delmaal_i(aftale):
    return Delmaal.objects.filter(maal__aftale=aftale).order_by("maal__plads", "plads").first()


def aktivitet_i(aftale):
    return Aktivitet.objects.filter(delmaal=delmaal_i(aftale)).first()


def til_delmaal(aftale, noegle=None):
    return f"{til_maal(aftale, maal_i(aftale).noegle)}delmaal/{noegle or uuid4()}/"


def til_aktivitet(aftale, noegle=None):
    return f"{til_delmaal(aftale, delmaal_i(aftale).noegle)}aktivitet/{noegle or uuid4()}/"


def tekst(svar):
    """The page as one reads it: no tags, no entities, one space."""
    uden_tags = re.sub(r"<[^>]+>", " ", svar.content.decode())
    return " ".join(unescape(uden_tags).split())


def handling_i(svar):
    """The address the page's own form posts to."""
    return re.search(r'<form class="formular" method="post" action="([^"]+)"', svar.content.decode())[1]


def skjulte(svar):
    """The hidden fields of the page, as a browser sends them."""
    fundne = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', svar.content.decode())
    felter: dict = {}
    for navn, vaerdi in fundne:
        felter.setdefault(navn, []).append(unescape(vaerdi))
    return felter
