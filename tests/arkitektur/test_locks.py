"""Lock files name packages and hashes only, so that every machine fetches from where it is set up to."""

import re

import pytest

from tests.arkitektur.filer import ROOT

LOCKS = ["drift", "udvikling"]


def pins(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_no_address_and_no_path(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    assert not re.search(r"(^|\s)(/|\./|-i |-f |--index|--extra-index|--find-links)", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_a_hash(name):
    blocks = re.split(
        r"^(?=[a-z0-9-]+(?:\[[a-z,]+\])?==)", (ROOT / "requirements" / f"{name}.txt").read_text(), flags=re.MULTILINE
    )
    blocks = [block for block in blocks if block.strip()]
    assert len(blocks) > 20
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_development_holds_exactly_the_versions_of_production():
    production, development = pins("drift"), pins("udvikling")
    assert {name: development.get(name) for name in production} == production


def test_no_other_lock_file_is_committed():
    assert not (ROOT / "uv.lock").exists()
