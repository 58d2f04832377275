"""Reading one TOML file of a language, with errors that name file and entry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
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
