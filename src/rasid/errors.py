"""Errors that a user can cause, each one line: what, where, what to do."""


class RasidError(Exception):
    """Bad input of any kind; its text is the one line that the user sees, and the command ends with status 2."""


class InputError(RasidError):
    """A file, row or option that cannot be read as what it should be."""


class LexiconError(RasidError):
    """A mistake in a lexicon file; the text begins with `file:line:`."""


class RecordError(RasidError):
    """A record that cannot be opened or does not hold what was asked for."""


class NotThereError(RecordError):
    """The record holds no article, event, correction or watch of that name."""
