from functools import cache

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def exists(name):
    return finders.find(name) is not None


class CheckedStaticFilesStorage(StaticFilesStorage):
    """As strict as the manifest of production: {% static %} of a missing file is an error."""

    def url(self, name):
        if not exists(name):
            raise ValueError(f"Missing static file: {name}")
        return super().url(name)
