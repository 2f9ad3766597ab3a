"""Two changes of one text made into one, and no word of either lost (S9)."""

import random

import pytest

from samarbejde.fletning import Flettet, flet

GRUND = "Mange børn skifter skole.\n\nVi vil mødes.\n\n- Et punkt\n- Et andet"


@pytest.mark.parametrize(
    ("min_", "deres", "tekst"),
    [
        (GRUND, GRUND, GRUND),
        ("Mit.", GRUND, "Mit."),
        (GRUND, "Deres.", "Deres."),
        ("Ens.", "Ens.", "Ens."),
        ("", GRUND, ""),
        (
            GRUND.replace("skole", "klub"),
            GRUND.replace("mødes", "ses"),
            "Mange børn skifter klub.\n\nVi vil ses.\n\n- Et punkt\n- Et andet",
        ),
        (
            GRUND.replace("Mange", "Alle"),
            GRUND.replace("skole", "klub"),
            GRUND.replace("Mange", "Alle").replace("skole", "klub"),
        ),
        (GRUND + "\n- Et tredje", GRUND.replace("Mange", "Alle"), GRUND.replace("Mange", "Alle") + "\n- Et tredje"),
        (
            GRUND.replace("\n- Et andet", ""),
            GRUND.replace("Vi vil", "Vi skal"),
            "Mange børn skifter skole.\n\nVi skal mødes.\n\n- Et punkt",
        ),
    ],
)
def test_s9_changes_in_different_places_become_one_text(min_, deres, tekst):
    assert flet(GRUND, min_, deres) == Flettet(tekst)
    assert flet(GRUND, deres, min_) == Flettet(tekst)


def test_s9_the_same_words_changed_differently_are_both_kept_and_said():
    flettet = flet(GRUND, GRUND.replace("skole", "klub"), GRUND.replace("skole", "by"))
    assert flettet.begge
    assert flettet.tekst.startswith("Mange børn skifter klub.\n\nMange børn skifter by.\n\nVi vil mødes.")


def test_s9_a_paragraph_that_one_corrects_and_the_other_deletes_is_kept_and_said():
    flettet = flet("Et.\nTo.\nTre.", "Et.\nTo og mere.\nTre.", "Et.\nTre.")
    assert (flettet.tekst, flettet.begge) == ("Et.\nTo og mere.\nTre.", True)


def test_s9_without_the_first_text_nothing_of_either_is_lost():
    flettet = flet(None, "Fælles.\nKun mit.", "Fælles.\nKun deres.")
    assert flettet.tekst == "Fælles.\nKun mit.\n\nKun deres."
    assert flettet.begge
    assert flet(None, "Fælles.\nKun mit.", "Fælles.").tekst == "Fælles.\nKun mit."


@pytest.mark.parametrize("froe", range(20))
def test_s9_whatever_the_two_have_added_stands_in_the_merged_text(froe):
    valg = random.Random(froe)
    grund = [f"ord{nummer}" for nummer in range(30)]

    def ret(hvem):
        ny = list(grund)
        for nummer in range(5):
            ny.insert(valg.randrange(len(ny)), valg.choice([f"{hvem}{nummer}", f"{hvem}{nummer}\n"]))
            del ny[valg.randrange(len(ny))]
        return " ".join(ny)

    min_, deres = ret("min"), ret("deres")
    flettet = flet(" ".join(grund), min_, deres)
    egne = {ord_ for ord_ in f"{min_} {deres}".split() if not ord_.startswith("ord")}
    assert egne <= set(flettet.tekst.split())
    if not flettet.begge:
        assert {ord_ for ord_ in flettet.tekst.split() if ord_.startswith("ord")} == set(min_.split()) & set(
            deres.split()
        )
