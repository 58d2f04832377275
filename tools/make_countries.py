#!/usr/bin/env python3
"""Write quotes/lexicon/id/countries.toml: the Indonesian names of countries out of Unicode CLDR.

CLDR is read through Babel; the names are kept in a file, so that reading an article needs
neither the 50 ms that Babel takes to load a locale nor the same CLDR release everywhere.
Run it again when Babel brings a newer CLDR, and read the difference.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import babel
from babel import Locale

TARGET = Path(__file__).resolve().parent.parent / "quotes" / "lexicon" / "id" / "countries.toml"

# Territory codes of CLDR that are no country of ISO 3166-1 (outlying regions, unions, test locales).
NO_COUNTRY = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
SHORT_NAME = re.compile(r"\s*(?:DAK Tiongkok|\(.*\)|\[.*\])\s*$")


def names(language: str) -> dict[str, str]:
    """The name of every country in ``language``, by its alpha-2 code."""
    found: dict[str, str] = {}
    for code, name in Locale.parse(language).territories.items():
        if re.fullmatch(r"[A-Z]{2}", code) and code not in NO_COUNTRY:
            found[code] = SHORT_NAME.sub("", name)
    return dict(sorted(found.items()))


def render(language: str) -> str:
    """The TOML file for ``language``."""
    lines = [
        "# Names of countries: Unicode CLDR by way of Babel; written by tools/make_countries.py.",
        "# Other names in use stand in country_terms.toml.",
        "",
        "[names]",
    ]
    lines += [f'{code} = "{name}"' for code, name in names(language).items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the file and tell which Babel it came from."""
    TARGET.write_text(render("id"), encoding="utf-8")
    print(f"{TARGET.name}: {len(names('id'))} names, Babel {babel.__version__}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
