"""allauth's forms with our words: labels and hints in Danish, no placeholders."""

from typing import Any

from allauth.account import forms as allauth
from django import forms

NY_KODE = "Mindst 12 tegn. Brug gerne flere ord efter hinanden, men ikke dit navn eller en kode, mange bruger."


class _DanskForm(forms.Form):
    ord: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn, felt in self.fields.items():
            felt.widget.attrs.pop("placeholder", None)
            felt.label, felt.help_text = self.ord.get(navn, (felt.label, ""))
            felt.error_messages["required"] = "Feltet er tomt. Udfyld det."


class LoginForm(_DanskForm, allauth.LoginForm):
    ord = {"login": ("E-mail", ""), "password": ("Adgangskode", "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "email"  # "username" is not allowed on type="email"

    def clean_login(self) -> str:
        return self.cleaned_data["login"].strip().casefold()


class GlemtKodeForm(_DanskForm, allauth.ResetPasswordForm):
    ord = {"email": ("E-mail", "Den mailadresse, du bruger på arbejdet.")}


class NyKodeForm(_DanskForm, allauth.ResetPasswordKeyForm):
    ord = {"password1": ("Ny adgangskode", NY_KODE), "password2": ("Ny adgangskode igen", "")}


class FoersteKodeForm(NyKodeForm):
    ord = {"password1": ("Adgangskode", NY_KODE), "password2": ("Adgangskode igen", "")}


class SkiftKodeForm(_DanskForm, allauth.ChangePasswordForm):
    ord = {"oldpassword": ("Adgangskoden, du bruger nu", ""), **NyKodeForm.ord}


class BekraeftForm(_DanskForm, allauth.ReauthenticateForm):
    ord = {"password": ("Adgangskode", "")}
