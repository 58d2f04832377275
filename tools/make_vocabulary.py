"""Write ``quotes/lexicon/id/vocabulary.toml``: ordinary words of the project's own articles and training rows.

``python tools/make_vocabulary.py``. A word counts where it stands in small letters between white space;
what the other files of the lexicon tell to be an ordinary word, or a person's name, is left out.
The list ``more`` of the file is written by hand and kept.
"""

from __future__ import annotations

import sys
import textwrap
import tomllib
from pathlib import Path

from quotes.lexicon import load
from quotes.lexicon.words import GIVEN, NEVER_NAME
from quotes.phrases import is_verbal
from quotes.segment import Document

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "quotes" / "lexicon" / "id" / "vocabulary.toml"
#: Shorter words are particles and syllables of names.
SHORTEST = 3
HEAD = """\
# Ordinary words that no other file has, lower-case: with a capital at the start of a sentence they are no names.
# `more` is written by hand; `ordinary` by tools/make_vocabulary.py from the articles of fixtures/ and the rows of
# training/.

[vocabulary]
"""


def main() -> int:
    """Collect the words and write the file."""
    flags = load().words.flags
    found: set[str] = set()
    for path in sorted(
        (*(ROOT / "fixtures" / "articles").rglob("*.txt"), *(ROOT / "training").glob("*.txt"))
    ):
        if path.name != "names.txt":
            found.update(_ordinary(path.read_text("utf-8")))
    more = tomllib.loads(TARGET.read_text("utf-8"))["vocabulary"]["more"]
    words = sorted(
        word
        for word in found.difference(more)
        if not flags.get(word, 0) & (GIVEN | NEVER_NAME) and not is_verbal(word)
    )
    TARGET.write_text(f"{HEAD}more = [\n{_listed(more)}\n]\nordinary = [\n{_listed(words)}\n]\n", "utf-8")
    print(f"{len(words):,} words: {TARGET.name} written")
    return 0


def _listed(words: list[str]) -> str:
    return textwrap.fill(
        " ".join(f'"{word}",' for word in words), 118, initial_indent="  ", subsequent_indent="  "
    )


def _ordinary(text: str) -> set[str]:
    """The words in small letters of a text, those inside addresses and with hyphens left out."""
    document = Document(text)
    behind = [*document.gaps[1:], ""]
    return {
        word
        for word, gap, following in zip(document.words, document.gaps, behind, strict=True)
        if word.islower() and word.isalpha() and len(word) >= SHORTEST and gap.isspace() and following != "."
    }


if __name__ == "__main__":
    sys.exit(main())
