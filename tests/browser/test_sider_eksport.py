"""The page that fetches a year's agreements: empty, and with a mistake (D16)."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_siden_til_journal_og_arkiv(v, besoeg):
    frida = besoeg(v.forvaltning)
    frida.til("/forvaltning/eksport/", "eksport")
    frida.til("/forvaltning/eksport/?skoleaar=1999&sagsnr=%3Cb%3E", "eksport-fejl", status=400)
    frida.til("/forvaltning/", "forvaltning-med-eksport")
