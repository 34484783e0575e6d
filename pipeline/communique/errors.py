"""Errors that a user can cause, and the one that only we can."""

from __future__ import annotations


class CommuniqueError(Exception):
    """Something the user gave cannot be used. The message is one line and says what to do."""


class InputError(CommuniqueError):
    """The text, file or option given cannot be used."""


class ModelError(CommuniqueError):
    """The rule model cannot be found, or an entry of it is wrong."""


class InvalidRecordError(RuntimeError):
    """A record of our own making fails its schema: a defect of communique, never of the input."""
