"""The articles' texts beside the tables (``--save-texts``)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from quotes.corpus import MARKER

#: The folder's name in the output folder.
FOLDER = "texts"
SUFFIX = ".txt"

#: What may not stand in the name of a file, on one system or another.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"%*:<>?\\|]')
_LONGEST = 200


class TextFolder:
    """Texts on their way into a folder of files named like their articles.

    Args:
        parent: the folder that gets the folder.
    """

    def __init__(self, parent: Path) -> None:
        self.path = parent / FOLDER
        self.path.mkdir(parents=True)
        (self.path / MARKER).touch()
        self._made = {self.path}

    def save(self, article_id: str, text: str) -> None:
        """Write one text, as it is: UTF-8, line ends untouched."""
        path = self.path / file_name(article_id)
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made = {self.path, path.parent}
        path.write_bytes(text.encode("utf-8", "replace"))


def file_name(article_id: str) -> str:
    """The name of an article's text, below the folder of texts.

    The article's id and ``.txt``. What a file system may refuse or take for something else
    is written ``%XX``, as in web addresses.

    >>> file_name("kota/berita.html")
    'kota/berita.html.txt'
    >>> file_name("../a:b")
    '%2E%2E/a%3Ab.txt'
    """
    *folders, name = article_id.split("/")
    # A folder never looks like a text's file.
    safe = [re.sub(r"\.(?=txt$)", "%2E", _safe(folder)) for folder in folders]
    return "/".join((*safe, _safe(name) + SUFFIX))


def _safe(part: str) -> str:
    part = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", part) or "%"
    if not part.strip("."):
        part = part.replace(".", "%2E")
    elif part[0] == ".":
        part = "%2E" + part[1:]
    data = part.encode("utf-8", "replace")
    if len(data) <= _LONGEST:
        return part
    digest = hashlib.blake2b(data, digest_size=8).hexdigest()
    return f"{data[: _LONGEST - 20].decode('utf-8', 'ignore')}%{digest}"
