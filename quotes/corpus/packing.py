"""Opening a source: local or remote, plain or compressed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import IO, TYPE_CHECKING, cast

from quotes.corpus.source import Source

if TYPE_CHECKING:
    import zstandard

_CHUNK = 1 << 16


def is_address(path: str) -> bool:
    """Whether ``path`` is an fsspec address (``s3://bucket/key``), not a local path."""
    scheme, separator, _ = path.partition("://")
    return bool(separator) and scheme.replace("+", "").replace("-", "").replace(":", "").isalnum()


@contextmanager
def open_source(source: Source) -> Iterator[BufferedReader]:
    """The unpacked bytes as a buffered stream (with ``peek``); errors are raised where they occur."""
    with _open_stored(source.path) as stored:
        if source.compression is None:
            yield stored
            return
        with _UNPACK[source.compression](stored) as stream:
            yield stream


def describe(error: Exception) -> str:
    """An error of reading in a few words, without the path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__


@contextmanager
def _open_stored(path: str) -> Iterator[BufferedReader]:
    if not is_address(path):
        with open(path, "rb") as file:
            yield file
        return
    import fsspec

    store, inside = fsspec.core.url_to_fs(path)
    with store.open(inside, "rb") as file:
        yield cast(BufferedReader, file if hasattr(file, "peek") else BufferedReader(file, _CHUNK))


class _ZstdReader(io.RawIOBase):
    """All frames of a Zstandard stream; one that breaks off is an EOFError, not a short text."""

    def __init__(self, stored: IO[bytes]) -> None:
        import zstandard

        self._stored = stored
        self._new = zstandard.ZstdDecompressor
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._packed = b""
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            if not self._packed:
                self._packed = self._stored.read(_CHUNK)
                if not self._packed:
                    if self._frame is not None:
                        raise EOFError("Compressed file ended before the end-of-stream marker was reached")
                    return 0
            if self._frame is None:
                self._frame = self._new().decompressobj()
            self._ready = self._frame.decompress(self._packed)
            self._packed = b""
            if self._frame.eof:
                self._packed = self._frame.unused_data
                self._frame = None
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def _unpack_gz(stored: BufferedReader) -> BufferedReader:
    return cast(BufferedReader, gzip.GzipFile(fileobj=stored, mode="rb"))


def _unpack_bz2(stored: BufferedReader) -> BufferedReader:
    return cast(BufferedReader, bz2.BZ2File(stored))


def _unpack_xz(stored: BufferedReader) -> BufferedReader:
    return cast(BufferedReader, lzma.LZMAFile(stored))


def _unpack_zst(stored: BufferedReader) -> BufferedReader:
    return BufferedReader(_ZstdReader(stored))


_UNPACK = {"gz": _unpack_gz, "bz2": _unpack_bz2, "xz": _unpack_xz, "zst": _unpack_zst}
