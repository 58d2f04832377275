"""The lexicon of one language: every section in one object, each loaded when first asked for."""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

from quotes.errors import LexiconError
from quotes.lexicon.abbreviations import load_abbreviations
from quotes.lexicon.calendar import Calendar, load_calendar
from quotes.lexicon.cues import Cues, load_cues
from quotes.lexicon.geography import Geography, load_geography
from quotes.lexicon.marks import Marks, load_marks
from quotes.lexicon.people import People, load_people
from quotes.lexicon.roles import Roles, load_roles
from quotes.lexicon.words import Words, load_words


class Lexicon:
    """The sections of one language, each loaded when it is first asked for."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.folder: Traversable = files("quotes.lexicon") / language
        if not self.folder.is_dir():
            raise LexiconError(f"there is no lexicon for language {language!r}")

    @cached_property
    def marks(self) -> Marks:
        """Quotation marks."""
        return load_marks(self.folder)

    @cached_property
    def cues(self) -> Cues:
        """Reporting words."""
        return load_cues(self.folder)

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Words whose full stop ends no sentence."""
        return load_abbreviations(self.folder)

    @cached_property
    def calendar(self) -> Calendar:
        """Names of months and days."""
        return load_calendar(self.folder)

    @cached_property
    def words(self) -> Words:
        """Word classes."""
        return load_words(self.folder, frozenset(self.cues.entries))

    @cached_property
    def geography(self) -> Geography:
        """Countries, places and institutions."""
        return load_geography(self.folder)

    @cached_property
    def roles(self) -> Roles:
        """Words of roles, protests and speech, for stance."""
        return load_roles(self.folder)

    @cached_property
    def people(self) -> People:
        """Names and roles of one person over many articles."""
        return load_people(self.folder)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over names and bytes of the language's files, as 64 hex digits."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.iterdir(), key=lambda entry: entry.name):
            if path.name.endswith(".toml"):
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


@cache
def load(language: str = "id") -> Lexicon:
    """The lexicon of ``language``; the same object for every call.

    Raises:
        LexiconError: there is no such language.
    """
    return Lexicon(language)
