# Django stays Any for mypy. Only the choices are told: without them `Rolle.SKOLELEDER` is a tuple to mypy.
from typing import Any

def __getattr__(name: str) -> Any: ...
