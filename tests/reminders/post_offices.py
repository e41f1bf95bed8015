"""Mail servers that fail in their own ways; what they took stands in ``django.core.mail.outbox``."""

from __future__ import annotations

import smtplib

from django.core.mail.backends.locmem import EmailBackend


class RefusesChen(EmailBackend):
    """One address is refused by the server, in words that quote it."""

    def send_messages(self, messages):
        if any("chen@example.org" in message.to for message in messages):
            raise smtplib.SMTPRecipientsRefused({"chen@example.org": (550, b"no such user chen@example.org")})
        return super().send_messages(messages)


class BreaksOff(EmailBackend):
    """The line breaks after the letter was handed over."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise smtplib.SMTPServerDisconnected("chen@example.org")


class NobodyThere(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("mail.example.org")


class Killed(BaseException):
    """The process ends."""


class EndsTheProcess(EmailBackend):
    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed
