"""The mail backend of a site without EMAIL_URL: nothing is lost, the outbox waits and says why."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class IngenMail(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise OSError("EMAIL_URL er ikke sat, så ingen mail kan sendes.")
