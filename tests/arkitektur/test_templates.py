"""Every template compiles: a mistyped tag or a missing parent is found before anybody opens the page."""

import pytest
from django.template.loader import get_template

from tests.arkitektur.filer import project_files

TEMPLATES = [
    name.removeprefix("templates/")
    for suffix in (".html", ".txt", ".svg")
    for name in project_files(suffix)
    if name.startswith("templates/")
]


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    assert get_template(name).template.nodelist is not None
