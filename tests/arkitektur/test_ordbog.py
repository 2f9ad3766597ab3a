"""The glossary knows every model, and the README shows the table of rights as it is."""

from pathlib import Path

import pytest
from django.apps import apps

from samarbejde.permissions import REGLER, TILLADT, Relation, Rolle

ROD = Path(__file__).resolve().parents[2]
EGNE = ("samarbejde", "ressourcecenter", "aftaler", "moeder")


@pytest.mark.parametrize("model", [m.__name__ for app in EGNE for m in apps.get_app_config(app).get_models()])
def test_ordbogen_kender_modellen(model):
    assert f"`{model}`" in (ROD / "docs" / "ordbog.md").read_text()


def rettighedstabel() -> str:
    """One line an act: twenty columns of marks are for a test to read, not for a person."""
    linjer = ["| hvad | hvem |", "|---|---|"]
    for handling, tilladt in TILLADT.items():
        hvem = " · ".join(rolle.label for rolle in (*Rolle, *Relation) if rolle in tilladt)
        linjer.append(f"| {REGLER[handling].navn} | {hvem} |")
    return "\n".join(linjer)


def test_readme_viser_tabellen_som_den_er():
    assert rettighedstabel() in (ROD / "README.md").read_text()
