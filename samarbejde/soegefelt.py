"""What a row says, as search compares with it, stored beside it."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from samarbejde.formater import soegetekst


class SoegetekstField(models.TextField):
    """The case-folded words of the `felter` of its row, made anew by every save that names it."""

    def __init__(self, *args: Any, felter: Sequence[str], **kwargs: Any) -> None:
        self.felter = tuple(felter)
        super().__init__(*args, **{"blank": True, "editable": False, "default": "", **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        navn, sti, args, kwargs = super().deconstruct()
        return navn, sti, args, {**kwargs, "felter": self.felter}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        tekst = soegetekst(*(getattr(model_instance, felt) for felt in self.felter), laengst=None)
        setattr(model_instance, self.attname, tekst)
        return tekst
