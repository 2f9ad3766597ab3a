"""Every change of a forum, by what it is about."""

from ressourcecenter.actions.fora import sikr_fora

__all__ = ["sikr_fora"]
