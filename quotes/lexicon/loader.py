"""Reading the TOML files of one language, with errors that name file and entry."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from quotes.errors import LexiconError


def read_toml(folder: Traversable, name: str, keys: Iterable[str]) -> dict[str, Any]:
    """The tables of ``folder/name``, which must have exactly the top-level ``keys``.

    Raises:
        LexiconError: the file is missing or not TOML, a key is unknown, missing or empty,
            or a list holds an entry twice; the message names file and entry.
    """
    path = folder / name
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"lexicon file {path} is missing; reinstall the package") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"lexicon file {path} is not valid TOML: {error}") from error
    wanted = set(keys)
    for key in sorted(wanted ^ data.keys()):
        word = "lacks" if key in wanted else "has the unknown"
        raise LexiconError(f"lexicon file {path} {word} section [{key}]")
    for key, value in data.items():
        check_entries(f"{path} [{key}]", value)
    return data


def check_entries(where: str, value: object) -> None:
    """Refuse an empty section, an empty string and a list entry that stands twice.

    Raises:
        LexiconError: naming ``where`` and the entry.
    """
    if isinstance(value, Mapping):
        if not value:
            raise LexiconError(f"lexicon section {where} is empty")
        for key, inner in value.items():
            check_entries(f"{where}.{key}", inner)
    elif isinstance(value, list):
        if not value:
            raise LexiconError(f"lexicon section {where} is empty")
        seen: set[str] = set()
        for entry in value:
            if isinstance(entry, str):
                if not entry.strip():
                    raise LexiconError(f"lexicon section {where} has an empty entry")
                if entry in seen:
                    raise LexiconError(f"lexicon section {where} lists {entry!r} twice")
                seen.add(entry)


class Lexicon:
    """The sections of one language, each loaded when it is first asked for."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.folder: Traversable = files("quotes.lexicon") / language
        if not self.folder.is_dir():
            raise LexiconError(f"there is no lexicon for language {language!r}")

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
