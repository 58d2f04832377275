"""Articles to measure on, made of the fixtures and, where it is there, ``../shared/gold``.

Each is one annotated article, cut or filled up with paragraphs of another one to a length
drawn around :data:`MEAN` bytes. In some of them the speakers' names are exchanged for names
made of syllables: a folder of news has people who speak every day, and many who speak once.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
GOLD = (ROOT / "fixtures" / "gold", ROOT.parent / "shared" / "gold")

#: Bytes of an article, on average.
MEAN = 2800
#: Share of the articles whose speakers nobody met before.
NEW = 0.3
#: Articles in one folder.
PER_FOLDER = 1000

_CONSONANTS, _VOWELS = "bcdghjklmnprstwy", "aiueo"
_TITLES = frozenset({"Dr", "Prof", "Ir", "AKBP", "Kombes", "Kompol", "Jenderal", "Brigjen", "Pol"})


class Model(NamedTuple):
    """An annotated article, and the words of its speakers' names."""

    paragraphs: list[str]
    names: list[str]


def models() -> list[Model]:
    """The annotated articles there are.

    Raises:
        SystemExit: there are none.
    """
    found = []
    for path in sorted(path for folder in GOLD for path in folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if "quotes" in row:
                found.append(Model(row["text"].split("\n"), sorted(set(_names(row)))))
    if not found:
        raise SystemExit("no annotated articles: fixtures/gold is empty")
    return found


def _names(row: dict[str, object]) -> Iterator[str]:
    said = [*row["quotes"], *row.get("indirect", [])]  # type: ignore[misc]
    for quote in said:
        name = quote.get("name") or ""
        words = re.findall(r"\b[A-Z][a-z]{3,}\b", name)
        if len(words) > 1 and len(words) == len(name.split()):
            yield from (word for word in words if word not in _TITLES)


def article(chance: random.Random, pool: list[Model]) -> str:
    """One article."""
    model = chance.choice(pool)
    wanted = max(400, chance.gauss(MEAN, MEAN / 3))
    kept: list[str] = []
    size = 0
    paragraphs = iter(model.paragraphs)
    while size < wanted:
        paragraph = next(paragraphs, None)
        if paragraph is None:
            paragraphs = iter(chance.choice(pool).paragraphs)
            continue
        room = int(wanted - size) + 200
        kept.append(paragraph if len(paragraph) <= room else paragraph[:room].rpartition(" ")[0])
        size += len(kept[-1].encode()) + 1
    text = "\n".join(kept)
    if not model.names or chance.random() > NEW:
        return text
    other = {name: _syllables(chance, name) for name in model.names}
    return re.sub(r"\b(?:" + "|".join(map(re.escape, other)) + r")\b", lambda m: other[m[0]], text)


def _syllables(chance: random.Random, name: str) -> str:
    made = "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range((len(name) + 1) // 2))
    return made.capitalize()


def folder(path: Path, count: int) -> Path:
    """A folder of ``count`` articles, one file each; made once."""
    done = path / ".count"
    if done.is_file() and done.read_text() == str(count):
        return path
    pool = models()
    for number in range(count):
        chance = random.Random(number)
        if number % PER_FOLDER == 0:
            (path / f"{number // PER_FOLDER:04d}").mkdir(parents=True, exist_ok=True)
        file = path / f"{number // PER_FOLDER:04d}" / f"{number:07d}.txt"
        file.write_bytes(article(chance, pool).encode())
    done.write_text(str(count))
    return path


def long_text(size: int) -> str:
    """One article of about ``size`` bytes: many articles, one after another."""
    pool, kept, held = models(), [], 0
    number = 0
    while held < size:
        kept.append(article(random.Random(number), pool))
        held += len(kept[-1].encode()) + 1
        number += 1
    return "\n".join(kept)
