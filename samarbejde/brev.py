"""A row of the outbox as the mail that goes over the wire."""

from collections.abc import Iterable
from email.header import Header
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from samarbejde.models import Besked

ENCODED_WORD = 75  # RFC 2047, 2


class Brev(EmailMultiAlternatives):
    def message(self) -> Any:
        """Django alone leaves `Subject:` empty and begins a long Danish subject on the next line, with a space."""
        brev = super().message()
        if not self.subject.isascii():
            emne = Header(self.subject, "utf-8", maxlinelen=ENCODED_WORD, header_name="Subject").encode(linesep="")
            brev.replace_header("Subject", emne)
        return brev


def lav_brev(besked: Besked, med: Iterable[Besked] = ()) -> Brev:
    """One recipient; plain text; `med` is what else the person would have got a mail about."""
    indhold = {"besked": besked, "med": list(med), "base_url": settings.BASE_URL}
    domaene = settings.BASE_URL.split("//")[-1].split(":")[0].split("/")[0]
    brev = Brev(
        subject=besked.emne,
        body=render_to_string("beskeder/mail.txt", indhold),
        to=[besked.modtager],
        headers={"Message-ID": f"<besked-{besked.pk}@{domaene}>", "Auto-Submitted": "auto-generated"},
    )
    if besked.kalender:
        _vedlaeg_kalender(brev, besked)
    return brev


def _vedlaeg_kalender(brev: Brev, besked: Besked) -> None:
    """The entry twice, as Google and Exchange send it: multipart/mixed with multipart/alternative as its first child.

    Outlook looks for an invitation only in the first child, as text/calendar whose method is that of the object
    (RFC 6047, 2.4) and which comes last of the alternatives; the file is for clients that only know attachments.
    """
    kalender = "\r\n".join(besked.kalender.replace("\r\n", "\n").split("\n"))
    brev.attach_alternative(kalender, f"text/calendar; method={besked.metode}")
    brev.attach("invite.ics", kalender.encode(), 'application/ics; name="invite.ics"')
