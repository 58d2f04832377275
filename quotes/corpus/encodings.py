"""Bytes in, text out: UTF-8 first, then byte-order marks, then the likeliest encoding.

Line endings and every character stay as they are, so that offsets into the text are
offsets into the file as decoded.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from quotes.records import Problem

#: More control characters than this share of all, and it is no text.
BINARY_SHARE = 0.01

#: Bytes shown to the guesser: lines that hold something else than ASCII.
_SAMPLE = 1 << 16

_ASCII = bytes(range(0x80))
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20)])
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NON_ASCII_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_ACCENTED = re.compile(r"(?<!\w)(\w*[^\W\d_a-zA-Z]\w*)")
# A capital with an accent begins a lower-case word (Élysée) or stands among capitals (CÔTE).
_PLAUSIBLE_WORD = re.compile(r"[A-Z]?[a-zà-öø-ÿœšž]+|[À-ÖØ-ÝŒŠŽ]?[a-zà-öø-ÿœšž]+|[A-ZÀ-ÖØ-ÝŒŠŽ]{2,}")
_USUAL_SIGNS = frozenset("“”‘’„‚«»‹›–—…•·€£¥©®™°±²³¼½¾×§¶†‡‰¿¡ªº´¨¸\u00a0\u00ad")
_COMMON = (("cp1252", "windows-1252"), ("mac_roman", "Mac Roman"))
# What a guess may answer: the encodings browsers know (WHATWG Encoding Standard).
_KNOWN = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874",
    "cp866", "koi8_r", "koi8_u", "mac_roman", "iso8859_2", "iso8859_3", "iso8859_4", "iso8859_5",
    "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_10", "iso8859_13", "iso8859_14", "iso8859_15",
    "iso8859_16", "gb18030", "big5", "euc_jp", "cp932", "cp949", "iso2022_jp",
]  # fmt: skip


class UndecodableError(ValueError):
    """The bytes are no text; says why."""


class Decoded(NamedTuple):
    """A text, and what is to be said about how it was read."""

    text: str
    problem: Problem | None


def decode(data: bytes) -> Decoded:
    """The text of a whole file.

    Raises:
        UndecodableError: it is binary data or in no known encoding.
    """
    for mark, codec, name in _WIDE_MARKS:
        if data.startswith(mark):
            return _decode_wide(data, codec, f"read as {name}, by its byte-order mark")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > BINARY_SHARE * len(data):
        return _decode_without_mark(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data.removeprefix(codecs.BOM_UTF8))
    text = text.removeprefix("\ufeff")
    return Decoded(text, _nul_problem(text.count("\0")) if controls else None)


def mend(text: str) -> Decoded:
    """A text in which undecodable bytes stand as lone surrogates, read anew.

    For streams that were decoded with ``errors="surrogateescape"``: the one record is
    decoded as :func:`decode` would decode a file of its own.

    Raises:
        UndecodableError: as :func:`decode`.
    """
    if text.isascii() or not _SURROGATE.search(text):
        return Decoded(text, _nul_problem(text.count("\0")))
    try:
        return decode(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        # Half of a pair, as JSON escapes can spell it: no byte that could be read otherwise.
        clean, count = _SURROGATE.subn("\ufffd", text)
        halves = "half of a surrogate pair" if count == 1 else "halves of surrogate pairs"
        return Decoded(clean, guessed(f"{count} {halves}, shown as U+FFFD"))


def guessed(message: str) -> Problem:
    """A ``guessed_encoding`` problem."""
    return Problem("guessed_encoding", None, message)


def stream_encoding(head: bytes) -> tuple[str, Problem | None]:
    """The encoding to open a stream of records with, from its first four bytes."""
    for mark, codec, name in _WIDE_MARKS:
        if head.startswith(mark):
            return codec, guessed(f"read as {name}, by its byte-order mark")
    return ("utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"), None


def _nul_problem(count: int) -> Problem | None:
    if not count:
        return None
    return guessed(f"read as UTF-8, with {count} NUL character{'' if count == 1 else 's'} in it")


def _decode_wide(data: bytes, codec: str, message: str) -> Decoded:
    text = data.decode(codec, "replace")
    if _controls(text) > BINARY_SHARE * len(text):
        raise UndecodableError("binary data, not text")
    if bad := text.count("\ufffd"):
        message += f"; {_broken(bad)}"
    return Decoded(text, guessed(message))


def _decode_without_mark(data: bytes) -> Decoded:
    """Wide characters without a mark: one byte of two is zero all along."""
    half = max(1, len(data) // 2)
    for codec, name, zeros in (
        ("utf-16-le", "UTF-16LE", data[1::2].count(0)),
        ("utf-16-be", "UTF-16BE", data[::2].count(0)),
    ):
        if zeros > 0.7 * half:
            return _decode_wide(data, codec, f"no byte-order mark; read as {name}")
    raise UndecodableError("binary data, not text")


def _controls(text: str) -> int:
    head = text[:_SAMPLE].encode("utf-8", "replace")
    return len(head) - len(head.translate(None, _CONTROLS))


def _guess(data: bytes) -> Decoded:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    # Bytes of whole characters, against bytes of none: chance makes few of the former.
    whole = len(data.decode("utf-8", "ignore").encode().translate(None, _ASCII))
    if whole > broken:
        return Decoded(text, guessed(f"read as UTF-8; {_broken(broken)}"))
    sample = b"\n".join(match[0] for match in _NON_ASCII_LINE.finditer(data))[:_SAMPLE]
    for codec, name in _COMMON:
        if _plausible(sample, codec):
            return _decode_as(data, codec, name)
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_KNOWN).best() or from_bytes(sample).best()
    if best is None:
        raise UndecodableError("in no known encoding")
    return _decode_as(data, best.encoding, best.encoding.replace("_", "-"))


def _decode_as(data: bytes, codec: str, name: str) -> Decoded:
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd")
    broken = f"; {_broken(bad)}" if bad else ""
    return Decoded(text, guessed(f"not UTF-8; read as {name}{broken}"))


def _broken(count: int) -> str:
    return f"{count} broken character{'' if count == 1 else 's'} shown as U+FFFD"


def _plausible(sample: bytes, codec: str) -> bool:
    """Whether the sample reads like Latin script in ``codec``: usual signs, words of plausible case."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return False
    if any(not c.isalpha() and c not in _USUAL_SIGNS for c in set(text) if c > "\x7f"):
        return False
    words = _ACCENTED.findall(text)
    odd = sum(not _PLAUSIBLE_WORD.fullmatch(word) for word in words)
    accents = sum(c > "\x7f" for word in words for c in word)
    return odd <= len(words) / 10 and accents <= 0.1 * sum(c.isalpha() for c in text)
