"""A document that is made stays bit for bit: the database itself refuses anything else (S17, decision 12)."""

import pytest
from django.db import IntegrityError, transaction

from aftaler.kode import TEGN, i_grupper, laes_kode, ny_kode
from aftaler.models import Dokument
from samarbejde import tid
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def dokument():
    dokument = byg.indgaaet(verden()).dokumenter.get()
    Dokument.objects.filter(pk=dokument.pk).update(
        tilstand="klar", pdf=b"%PDF-1.7 lavet", sha256="ab" * 32, lavet_den=tid.nu()
    )
    return dokument


@pytest.mark.parametrize(
    "rettelse",
    [{"pdf": b"andet"}, {"sha256": "cd" * 32}, {"kode": "0" * 12}, {"tilstand": "bestilt"}, {"segl": "forseglet"}],
    ids=lambda rettelse: next(iter(rettelse)),
)
def test_s17_et_lavet_dokument_kan_ikke_rettes(dokument, rettelse):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dokument.objects.filter(pk=dokument.pk).update(**rettelse)
    assert bytes(Dokument.objects.get(pk=dokument.pk).pdf) == b"%PDF-1.7 lavet"


def test_s17_et_lavet_dokument_kan_ikke_slettes(dokument):
    with pytest.raises(IntegrityError), transaction.atomic():
        dokument.delete()


def test_et_bestilt_dokument_kan_stadig_laves(dokument):
    ny = Dokument.objects.create(aftale=dokument.aftale, indhold=dokument.indhold, loebenummer=2)
    ny.forsoeg = 1
    ny.save()
    assert Dokument.objects.get(pk=ny.pk).forsoeg == 1


def test_koden_er_tolv_tegn_som_ikke_kan_forveksles_og_ikke_danner_ord(dokument):
    assert len(dokument.kode) == 12
    assert not set(TEGN) & set("AEIOUYL")
    assert len({ny_kode() for _ in range(200)}) == 200
    assert dokument.kode_i_grupper.replace(" ", "") == dokument.kode


@pytest.mark.parametrize(
    ("tastet", "ment"),
    [
        ("0123 4567 89bc", "0123456789BC"),
        ("oi23-4567-89BC", "0123456789BC"),
        (" 0l23\u00a045 6789 bc\n", "0123456789BC"),
        ("Kode: 0123‑4567‑89BC", "0123456789BC"),
        ("http://testserver/verificer/0123456789BC/", "0123456789BC"),
        ("０１２３ 4567 89bc", "0123456789BC"),
        ("0123 4567 89B", ""),
        ("0123 4567 89BA", ""),
        ("", ""),
        ("٠١٢٣456789BC", ""),
    ],
)
def test_en_tastet_kode_forstaas_som_den_er_ment(tastet, ment):
    assert laes_kode(tastet) == ment
    assert i_grupper("0123456789BC") == "0123 4567 89BC"
