#!/usr/bin/env python3
"""Make the shipped stance model from the made-up articles in training/.

Each file of training/ holds families of articles. A family is one event told with slots:

    === name-of-family
    focus = ID                                   country code, or {code} of a chosen country
    articles = 2                                 variants to write, where fewer than usual
    place = Karawang | Bekasi                    any variable, one value per variant
    country = JP/Jepang/Tokyo | ...              sets {code}, {country} and {capital}
    names = world                                names of persons (default: indonesia)
    A protester person: ketua serikat {place} | orator
    B official body: Polres {place}              person, unnamed, group or body
    ---
    A line of the article with {place}.
    @A naik ke mobil komando.                    a line that names a speaker
    A> "Kami menolak," [kata] @.                 what A says: the cue in brackets, @ the mention

A speaker's first mention is full (role and name, in one of several styles), later ones short.
In some variants sentences of filler.txt stand between the lines, and articles without a
protesting speaker get a protest that has nothing to do with their speakers.
Variants of a family differ in the values of its variables, roles and names; all belong to one
group, which never stands on both sides of a split.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from quotes.lexicon import load
from quotes.stance.rows import Row

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "training"
TARGET = ROOT / "quotes" / "stance" / "model.json"
VARIANTS = 8
#: Single quoted words tell the templates of made-up rows apart rather than sides; their classes stay.
OMIT = ("quote",)
NAMES, FILLER = "names.txt", "filler.txt"
#: Variants that are padded, and those of them that get a protest of others where nobody protests.
PADDED, SCENES = frozenset({3, 4, 5, 6, 7}), frozenset({6})

_SPEAKER = re.compile(r"([A-Z]) (\w+) (person|unnamed|group|body): (.+)")
_TYPES = {"person": "person", "unnamed": "person", "group": "group", "body": "organisation"}
_QUOTE = re.compile(r'"([^"]+?),?"')
_SELF = re.compile(r"@(?![A-Z])")
_CUE = re.compile(r"\[([^\]]+)\]")


class SourceError(Exception):
    """A family that cannot be read; names file and line."""


@dataclass
class Slot:
    """A speaker of a family: label, kind of naming, and the descriptions to choose from."""

    stance: str
    naming: str
    roles: list[str]


@dataclass
class Family:
    """One event with its slots."""

    name: str
    articles: int = VARIANTS
    variables: dict[str, list[str]] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


# --- reading the source ---------------------------------------------------------------------------


def families(folder: Path) -> list[Family]:
    """Every family of the folder, by file and position."""
    found: list[Family] = []
    for path in sorted(folder.glob("*.txt")):
        if path.name in (NAMES, FILLER):
            continue
        body = False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                if line.startswith("=== "):
                    found.append(Family(line[4:].strip()))
                    body = False
                elif line.strip() == "---":
                    body = True
                elif body:
                    found[-1].lines.append(line.strip())
                else:
                    _read_head(found[-1], line)
            except (IndexError, ValueError) as error:
                raise SourceError(f"{path.name}, line {number}: {error}") from None
    names = [family.name for family in found]
    if len(set(names)) != len(names):
        raise SourceError(f"a family stands twice: {sorted({n for n in names if names.count(n) > 1})}")
    return found


def _read_head(family: Family, line: str) -> None:
    match = _SPEAKER.fullmatch(line.strip())
    if match:
        family.slots[match[1]] = Slot(match[2], match[3], _values(match[4]))
        return
    name, equals, values = line.partition("=")
    if not equals:
        raise ValueError(f"neither a variable nor a speaker: {line!r}")
    if name.strip() == "articles":
        family.articles = int(values)
    else:
        family.variables[name.strip()] = _values(values)


def _values(text: str) -> list[str]:
    return [value.strip() for value in text.split(" | ") if value.strip()]


def name_pools(folder: Path) -> dict[str, list[list[str]]]:
    """Given and family names per pool."""
    pools: dict[str, list[list[str]]] = {}
    for line in (folder / NAMES).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, words = line.partition(":")
            pools.setdefault(name.strip(), []).append(words.split())
    return pools


def filler(folder: Path) -> dict[str, list[str]]:
    """Sentences by what they are: *neutral* or *scene*."""
    found: dict[str, list[str]] = {}
    for line in (folder / FILLER).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, _, sentence = line.partition(":")
            found.setdefault(kind.strip(), []).append(sentence.strip())
    return found


# --- writing articles -----------------------------------------------------------------------------


def _pick(values: list[str], variant: int, *key: str) -> str:
    """A value for this variant: all values come in turn, from a place that the key decides."""
    shift = int.from_bytes(hashlib.sha256("/".join(key).encode()).digest()[:4], "big")
    return values[(variant + shift) % len(values)]


@dataclass
class Writer:
    """One variant of a family being written."""

    family: Family
    variant: int
    pools: dict[str, list[list[str]]]
    between: dict[str, list[str]]
    values: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    styles: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        family, variant = self.family, self.variant
        for name, values in family.variables.items():
            value = _pick(values, variant, family.name, name)
            if name.startswith("country"):
                tail = name.removeprefix("country")
                self.values["code" + tail], self.values["country" + tail], self.values["capital" + tail] = (
                    value.split("/")
                )
            else:
                self.values[name] = value
        for slot, speaker in family.slots.items():
            self.roles[slot] = self.fill(_pick(speaker.roles, variant, family.name, slot))
            self.styles[slot] = int(_pick(list("001124"), variant, family.name, slot, "style"))
            self.names[slot] = self.person(slot) if speaker.naming == "person" else self.roles[slot]

    def fill(self, text: str) -> str:
        """``text`` with the values of this variant."""
        for _ in range(2):
            for name, value in self.values.items():
                text = text.replace("{" + name + "}", value)
        return text

    def person(self, slot: str) -> str:
        """A name for the person in ``slot``, no part of which anybody else of the article has."""
        pool = self.pools[self.values.get("names", "indonesia")]
        taken = {word for name in self.names.values() for word in name.split()}
        key = (self.family.name, slot)
        parts: list[str] = []
        for values, step, part in ((pool[0], 7, "given"), (pool[1], 5, "family")):
            first = self.variant * step
            turns = (_pick(values, first + turn, *key, part) for turn in range(len(values)))
            parts.append(next(name for name in turns if name not in taken))
        return " ".join(parts)

    def short(self, slot: str) -> str:
        """How the article calls somebody after the first time."""
        if self.family.slots[slot].naming != "person":
            return self.names[slot]
        given, _, family = self.names[slot].partition(" ")
        return given if self.values.get("names", "indonesia") == "indonesia" else family

    def mention(self, slot: str) -> tuple[str, str]:
        """The words that stand in the line, and the part of them that is the mention."""
        name, role, style = self.names[slot], self.roles[slot], self.styles[slot]
        if slot in self.seen:
            short = self.short(slot)
            return short, short
        self.seen.add(slot)
        if self.family.slots[slot].naming != "person":
            return name, name
        if style == 1:
            return f"{name}, {role},", name
        if style == 2:
            return f"{role}, {name},", f"{role}, {name}"
        return f"{role} {name}", f"{role} {name}"

    def article(self) -> Iterator[Row]:
        """The labelled rows of the variant, all with the article as their context."""
        lines: list[str] = []
        rows: list[Row] = []
        for line in self.family.lines:
            slot, arrow, rest = line.partition("> ")
            said = self.fill(rest if arrow and slot in self.family.slots else line)
            mention = ""
            if arrow and slot in self.family.slots and _SELF.search(said):
                words, mention = self.mention(slot)
                said = _SELF.sub(words, said)
            said = re.sub(r"@([A-Z])", lambda match: self.mention(match[1])[0], said)
            said = re.sub(r",(,|\.)", r"\1", said)
            plain = _CUE.sub(r"\1", said)
            plain = plain[:1].upper() + plain[1:]
            lines.append(plain)
            if arrow and slot in self.family.slots:
                rows.append(self.row(slot, said, mention))
        context = "\n".join(self.padded(lines))
        for row in rows:
            yield replace(row, context=context)

    def padded(self, lines: list[str]) -> list[str]:
        """The lines of the article with those that stand between them."""
        if self.variant not in PADDED:
            return lines
        name = self.family.name
        found: list[str] = []
        for number, line in enumerate(lines):
            found.append(line)
            if number % 2 == self.variant % 2 or self.variant in SCENES:
                found.append(_pick(self.between["neutral"], self.variant, name, str(number)))
            if self.variant in SCENES:
                found.append(_pick(self.between["neutral"], self.variant, name, f"more{number}"))
        if self.variant in SCENES and all(s.stance != "protester" for s in self.family.slots.values()):
            scene = _pick(self.between["scene"], self.variant, name)
            apart = [_pick(self.between["neutral"], self.variant, name, f"apart{n}") for n in range(6)]
            found = [scene, *apart, *found] if self.variant == 6 else [*found, *apart, scene]
        return found

    def row(self, slot: str, said: str, mention: str) -> Row:
        """The labelled row of one line, still without context."""
        speaker = self.family.slots[slot]
        quote, cue = _QUOTE.search(said), _CUE.search(said)
        words = cue[1] if cue else ""
        if quote:
            text = quote[1]
        else:
            rest = said[cue.end() :] if cue else said
            text = rest.strip(" ,.")
        if not mention and words.endswith("nya"):
            mention = "nya"
        role = self.roles[slot] if speaker.naming == "person" and self.styles[slot] != 4 else ""
        if mention and mention[:1].islower() and (said.startswith(mention)):
            mention = mention[:1].upper() + mention[1:]
        return Row(
            article_id=f"{self.family.name}-{self.variant}",
            stance=speaker.stance,
            text=text,
            kind="direct" if quote else "indirect",
            cue=words,
            mention=mention,
            speaker=self.names[slot],
            speaker_type=_TYPES[speaker.naming],
            role=role,
            focus_country=self.values.get("focus", "ID").replace("{code}", self.values.get("code", "")),
        )


def build(folder: Path = SOURCE, variants: int = VARIANTS) -> tuple[list[Row], list[str]]:
    """All rows with, for each, the family it belongs to."""
    pools, between = name_pools(folder), filler(folder)
    rows: list[Row] = []
    groups: list[str] = []
    for family in families(folder):
        for variant in range(min(variants, family.articles)):
            own = list(Writer(family, variant, pools, between).article())
            rows += own
            groups += [family.name] * len(own)
    return rows, groups


def main() -> int:
    """Train the shipped model and tell its cross-validated figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=Path, help="also write the labelled rows as CSV")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the model goes")
    options = parser.parse_args()
    from quotes.stance.training import train

    rows, groups = build()
    if options.rows:
        with options.rows.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, [*(f.name for f in fields(Row)), "group"])
            table.writeheader()
            for row, group in zip(rows, groups, strict=True):
                table.writerow({**asdict(row), "group": group})
    trained = train(rows, load(), groups=groups, omit=OMIT)
    options.out.write_text(trained.artefact, encoding="utf-8", newline="\n")
    print(f"{len(rows)} rows of {len(set(groups))} families; held-out: {trained.scores}", file=sys.stderr)
    for doubt in trained.doubts[:25]:
        row = rows[doubt.row]
        print(
            f"  {doubt.probability:.2f} {doubt.label} -> {doubt.predicted}: {row.article_id} "
            f"{row.mention} | {row.role} | {row.text[:60]}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
