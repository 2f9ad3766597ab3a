"""Case 33: Django's superuser flag gives nothing. The account is refused, and it is logged."""

import logging

import pytest
from django.apps import apps

from aftaler.models import Aftale
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.permissions import Handling, maa
from samarbejde.roller import MineRoller, mine_roller
from tests.aftaler import byg
from tests.fabrik import ADGANGSKODE, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def goer_til_superbruger(person):
    Person.objects.filter(pk=person.pk).update(is_superuser=True)
    return Person.objects.get(pk=person.pk)


def test_the_flag_gives_no_right_and_takes_those_of_the_roles(v):
    """Also django's own has_perm, which says yes to any superuser before a backend is asked."""
    aftale = byg.kladde(v)
    uden, med = goer_til_superbruger(v.udenfor), goer_til_superbruger(v.skoleleder)
    for super_ in (uden, med):
        assert mine_roller(super_) == MineRoller()
        for ting in (v.distrikt, v.skole, aftale, byg.part(aftale, v.skole)):
            assert [handling for handling in Handling if maa(super_, handling, ting)] == []
        for model in (Aftale, Enhed, Skoledistrikt):
            assert not any(model.objects.synlige_for(super_, handling).exists() for handling in Handling)
        assert not super_.has_perm("samarbejde.skoleleder", v.skole)
        assert not super_.has_perm("auth.add_user")
        assert not super_.has_perms(["samarbejde.skoleleder"], v.skole)
        assert not super_.has_module_perms("samarbejde")
        assert not super_.is_staff


def test_the_login_is_refused_like_a_wrong_password_and_logged(v, client, caplog):
    goer_til_superbruger(v.skoleleder)
    with caplog.at_level(logging.WARNING, "samarbejde.backends"):
        response = client.post("/log-ind/", {"login": v.skoleleder.email, "password": ADGANGSKODE})
    assert response.status_code == 200
    assert "E-mail og adgangskode passer ikke sammen" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert f"konto {v.skoleleder.pk} er afvist" in caplog.text
    assert v.skoleleder.email not in caplog.text


def test_a_session_ends_the_moment_the_flag_is_set(v, client, caplog):
    client.force_login(v.skoleleder)
    assert client.get("/").status_code == 200
    goer_til_superbruger(v.skoleleder)
    with caplog.at_level(logging.WARNING, "samarbejde.backends"):
        assert client.get(v.skole.get_absolute_url()).status_code == 302
    assert "superbrugerflag" in caplog.text


def test_no_command_of_django_makes_one():
    assert not hasattr(Person.objects, "create_superuser")


def test_there_is_no_django_admin():
    """Nothing of it to guard."""
    assert not apps.is_installed("django.contrib.admin")
