"""Every change of requests, meetings and what hangs on them, by what it is about."""

__all__: list[str] = []
