"""A mail server that keeps what comes in, and reads it with the standard library: `with aaben_postkasse(settings)`."""

import email
import socket
from contextlib import contextmanager
from email import policy

from aiosmtpd.controller import Controller


class Postkasse:
    """`breve` is what was accepted, as (recipients, parsed mail); `raa` the same as bytes; `svar` is what it says."""

    def __init__(self):
        self.breve, self.raa, self.svar = [], [], "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.svar.startswith("250"):
            self.raa.append(envelope.content)
            brev = email.message_from_bytes(envelope.content, policy=policy.default)
            self.breve.append((envelope.rcpt_tos, brev))
        return self.svar


@contextmanager
def aaben_postkasse(settings):
    modtager = Postkasse()
    with socket.socket() as ledig:
        ledig.bind(("127.0.0.1", 0))
        port = ledig.getsockname()[1]
    server = Controller(modtager, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        yield modtager
    finally:
        server.stop()
