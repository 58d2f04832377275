"""The main text of a web page, and its date."""

from __future__ import annotations

import codecs
import logging
import re
from typing import NamedTuple

from quotes.corpus.dates import iso_date
from quotes.corpus.encodings import Decoded, decode

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096


class WebPage(NamedTuple):
    """What a page holds; ``text`` is None where it has no main text."""

    text: str | None
    date: str | None


def decode_page(data: bytes) -> Decoded:
    """The page's source: UTF-8, else the charset that it declares, else a guess.

    Raises:
        UndecodableError: it is binary data or in no known encoding.
    """
    declared = _DECLARED.search(data[:_HEAD])
    if declared and not _is_utf8(data):
        name = declared[1].decode("ascii", "replace").lower()
        # Browsers read latin-1 and ASCII as windows-1252, and so do those who declare them.
        name = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name
        try:
            if codecs.lookup(name).name not in ("utf-8", "utf-16", "utf-32"):
                return Decoded(data.decode(name), None)
        except (LookupError, UnicodeError):
            pass  # declared wrongly
    return decode(data)


def read_page(source: str) -> WebPage:
    """Main text by trafilatura: paragraphs with one line break between them."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text: str | None = getattr(found, "text", None)
    if not text or text.isspace():
        return WebPage(None, None)
    return WebPage(text, iso_date(getattr(found, "date", None)))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
