"""Paths and addresses in, sources out, in the order of the tables."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quotes.corpus.ours import MARKER
from quotes.corpus.packing import describe, is_address
from quotes.corpus.source import Compression, Format, Source
from quotes.errors import UsageError
from quotes.records import Problem

_FORMATS: dict[str, Format] = {
    ".txt": "txt",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}
_COMPRESSIONS: dict[str, Compression] = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}


def list_sources(paths: Sequence[str], *, skip: Sequence[str] = ()) -> Iterator[Source]:
    """Every file below ``paths``, sorted by article_id; opens none of them.

    Args:
        paths: folders, single files, fsspec addresses of either. One that lies below
            another of them is not listed twice.
        skip: folders (or addresses) left out with all they hold: the output folder. One
            that is itself among ``paths`` is listed; what ``quotes`` wrote there is told
            by its content.

    Yields:
        One source per file, those of unsupported type or without permission included
        (``read_source`` turns them into their problem row). Memory holds one folder's
        names at a time. Symbolic links to files are followed; links to folders too,
        unless the folder is listed anyway.

    Raises:
        UsageError: a path does not exist, or its store cannot be reached; raised at once,
            before the first source.
    """
    roots = [_remote_root(path) if is_address(path) else _local_root(path) for path in paths]
    roots = _without_repeats(roots)
    names = [""] if len(roots) == 1 else _distinct([root.parts for root in roots])
    ordered = sorted(zip(names, roots, strict=True), key=lambda pair: pair[0] + "/" * pair[1].is_folder)
    return _list([(name, root) for name, root in ordered], skip)


def classify(name: str) -> tuple[Format | None, Compression | None]:
    """What a file's name says of its type."""
    stem, suffix = os.path.splitext(name.lower())
    compression = _COMPRESSIONS.get(suffix)
    if compression:
        suffix = os.path.splitext(stem)[1]
    format_ = _FORMATS.get(suffix)
    return format_, compression if format_ else None


def displayed(name: str) -> str:
    r"""A file name as text: bytes that are not UTF-8 appear as ``\xNN``."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    return name


@dataclass(frozen=True, slots=True)
class _Root:
    """One of the given paths: ``parts`` are its components, the last one its name."""

    path: str
    parts: tuple[str, ...]
    is_folder: bool
    store: Any = None
    info: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something in a folder, named by the id it gives its articles."""

    name: str
    path: str
    is_folder: bool
    size: int | None = None
    version: str = ""
    problem: Problem | None = None


def _local_root(path: str) -> _Root:
    if path.startswith("~"):
        path = os.path.expanduser(path)
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError):
            raise UsageError(f"{displayed(path)}: no permission to look at it") from None
        raise UsageError(f"{displayed(path)}: no such file or folder") from None
    path = path.rstrip("/") or "/"
    parts = tuple(part for part in os.path.abspath(path).split("/") if part) or ("/",)
    return _Root(path, tuple(map(displayed, parts)), stat.S_ISDIR(status.st_mode))


def _remote_root(path: str) -> _Root:
    import fsspec

    try:
        store, inside = fsspec.core.url_to_fs(path)
        store.invalidate_cache()
        info = store.info(inside)
    except ImportError as error:
        raise UsageError(f"{path}: {error}; pip install 'quotes[s3]' brings what s3:// needs") from None
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file or folder") from None
    except Exception as error:  # each store has errors of its own: no network, no right, no such scheme
        raise UsageError(f"{path}: cannot be reached ({describe(error)})") from None
    if isinstance(store, fsspec.implementations.local.LocalFileSystem):
        return _local_root(inside)
    inside = inside.rstrip("/")
    scheme = path.partition("://")[0]
    parts = (scheme, *(part for part in inside.split("/") if part))
    return _Root(inside, parts, info["type"] == "directory", store, info)


def _without_repeats(roots: list[_Root]) -> list[_Root]:
    """Each root once, none that lies below another in plain sight (hidden folders are not listed)."""
    kept: list[_Root] = []
    for root in roots:
        parts = _real_parts(root)
        if any(_real_parts(other) == parts for other in kept):
            continue
        kept.append(root)
    folders = [(_real_parts(root), root) for root in kept if root.is_folder]
    return [
        root
        for root in kept
        if not any(other is not root and _below(_real_parts(root), outer) for outer, other in folders)
    ]


def _below(parts: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    inner = parts[len(outer) :]
    return parts[: len(outer)] == outer and bool(inner) and not any(p.startswith(".") for p in inner)


def _real_parts(root: _Root) -> tuple[str, ...]:
    if root.store is not None:
        return root.parts
    return ("", *(part for part in os.path.realpath(root.path).split("/") if part))


def _distinct(parts: list[tuple[str, ...]]) -> list[str]:
    """The shortest tails of the paths of which none is another or its beginning."""
    lengths = [1] * len(parts)
    while True:
        tails = [p[-length:] for p, length in zip(parts, lengths, strict=True)]
        clashing = {
            i
            for i, a in enumerate(tails)
            for j, b in enumerate(tails)
            if i != j and (a[: len(b)] == b or b[: len(a)] == a)
        }
        growing = [i for i in clashing if lengths[i] < len(parts[i])]
        if not growing:
            return ["/".join(tail) for tail in tails]
        for i in growing:
            lengths[i] += 1


def _list(roots: list[tuple[str, _Root]], skip: Sequence[str]) -> Iterator[Source]:
    local = _Local([root.path for _, root in roots if root.store is None], skip)
    for name, root in roots:
        folder: _Local | _Remote = local if root.store is None else _Remote(root.store, skip)
        if root.is_folder:
            yield from _walk(folder, root.path, f"{name}/" if name else "")
        else:
            yield _source(folder.single(root), name or root.parts[-1])


def _walk(store: _Local | _Remote, path: str, prefix: str) -> Iterator[Source]:
    """Depth first, in the order of the ids: a folder sorts as its name with ``/`` at the end."""
    stack = [iter(_in_order(store, path, prefix))]
    while stack:
        for entry, article_id in stack[-1]:
            if entry.is_folder:
                stack.append(iter(_in_order(store, entry.path, f"{article_id}/")))
                break
            yield _source(entry, article_id)
        else:
            stack.pop()


def _in_order(store: _Local | _Remote, path: str, prefix: str) -> list[tuple[_Entry, str]]:
    r"""Entries with their ids, sorted; names that look the same (a byte and its ``\xNN``) told apart."""
    try:
        entries = store.entries(path)
    except Exception as error:  # OSError, and what stores raise of their own
        name = prefix.rstrip("/") or displayed(os.path.basename(path)) or path
        problem = _unreadable(f"folder cannot be read: {describe(error)}")
        return [(_Entry(name, path, False, problem=problem), name)]
    ordered = sorted(entries, key=lambda entry: (entry.name + "/" * entry.is_folder, entry.path))
    taken: set[str] = set()
    result = []
    for entry in ordered:
        name, number = entry.name, 1
        while name in taken:
            number += 1
            name = f"{entry.name}#{number}"
        taken.add(name)
        result.append((_told_apart(entry) if number > 1 else entry, prefix + name))
    return result


def _told_apart(entry: _Entry) -> _Entry:
    if entry.is_folder or entry.problem:
        return entry
    message = f"another file of this folder shows as {entry.name!r} too"
    return replace(entry, problem=Problem("repeated_id", None, message))


def _source(entry: _Entry, article_id: str) -> Source:
    format_, compression = classify(entry.name)
    return Source(entry.path, article_id, format_, compression, entry.size, entry.version, entry.problem)


def _unreadable(message: str) -> Problem:
    return Problem("unreadable", None, message)


class _Local:
    """Folders of this machine."""

    def __init__(self, roots: Sequence[str], skip: Sequence[str]) -> None:
        self._roots = [os.path.realpath(root) for root in roots]
        self._followed: list[str] = []
        self._skip = set()
        for path in skip:
            if not is_address(path) and os.path.isdir(path) and os.path.realpath(path) not in self._roots:
                self._skip.add(_identity(os.stat(path)))

    def single(self, root: _Root) -> _Entry:
        return self._file(root.parts[-1], root.path, os.stat(root.path))

    def entries(self, path: str) -> list[_Entry]:
        with os.scandir(path) as found:
            inside = list(found)
        if any(entry.name == MARKER for entry in inside):
            return []
        # In order, so that of two links to one folder it is always the same that is followed.
        visible = sorted((e for e in inside if not e.name.startswith(".")), key=lambda e: e.name)
        return [entry for one in visible for entry in self._entry(one)]

    def _entry(self, found: os.DirEntry[str]) -> Iterator[_Entry]:
        name = displayed(found.name)
        try:
            status = found.stat()
        except OSError as error:
            what = "symbolic link leads nowhere" if found.is_symlink() else "cannot be looked at"
            yield _Entry(name, found.path, False, problem=_unreadable(f"{what}: {describe(error)}"))
            return
        if not stat.S_ISDIR(status.st_mode):
            yield self._file(name, found.path, status)
        elif self._skip and _identity(status) in self._skip:
            return
        elif not found.is_symlink():
            yield _Entry(name, found.path, True)
        else:
            yield from self._linked_folder(name, found.path)

    def _linked_folder(self, name: str, path: str) -> Iterator[_Entry]:
        target = os.path.realpath(path)
        inside = os.path.realpath(os.path.dirname(path))
        if _holds(target, inside):
            problem = _unreadable("symbolic link back to a folder it lies in; not followed")
            yield _Entry(name, path, False, problem=problem)
            return
        listed = [*self._roots, *self._followed]
        if any(_holds(root, target) and not _hidden(root, target) for root in listed):
            return  # listed under its own name
        if any(_holds(target, root) for root in listed):
            problem = _unreadable("symbolic link to a folder around the input; not followed")
            yield _Entry(name, path, False, problem=problem)
            return
        self._followed.append(target)
        yield _Entry(name, path, True)

    @staticmethod
    def _file(name: str, path: str, status: os.stat_result) -> _Entry:
        problem = None if stat.S_ISREG(status.st_mode) else _unreadable("no regular file")
        # Whoever sets the time of the last modification back cannot set that of the last change.
        version = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
        return _Entry(name, path, False, status.st_size, version, problem)


class _Remote:
    """Folders of an fsspec store."""

    def __init__(self, store: Any, skip: Sequence[str]) -> None:
        self._store = store
        self._skip = {self._bare(path) for path in skip if is_address(path)}

    def single(self, root: _Root) -> _Entry:
        assert root.info is not None
        return self._entry(root.parts[-1], root.info)

    def entries(self, path: str) -> list[_Entry]:
        found = self._store.ls(path, detail=True)
        names = [(info["name"].rstrip("/").rpartition("/")[2], info) for info in found]
        if any(name == MARKER for name, _ in names):
            return []
        return [
            self._entry(name, info)
            for name, info in names
            if name
            and not name.startswith(".")
            and info["name"].rstrip("/") not in (path.rstrip("/"), *self._skip)
            and not (info["type"] != "directory" and info["name"].endswith("/"))
        ]

    def _entry(self, name: str, info: dict[str, Any]) -> _Entry:
        if info["type"] == "directory":
            return _Entry(displayed(name), info["name"].rstrip("/"), True)
        tags = [info[key] for key in ("ETag", "etag", "md5Hash", "generation", "checksum") if info.get(key)]
        times = [info[key] for key in ("LastModified", "last_modified", "mtime", "updated") if info.get(key)]
        version = "-".join(str(part) for part in (info.get("size"), *(tags or times)[:1]))
        size = info.get("size")
        return _Entry(
            displayed(name), self._address(info["name"]), False, size, version if tags or times else ""
        )

    def _address(self, path: str) -> str:
        return str(self._store.unstrip_protocol(path))

    def _bare(self, address: str) -> str:
        return str(self._store._strip_protocol(address)).rstrip("/")


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _holds(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(outer.rstrip("/") + "/")


def _hidden(root: str, path: str) -> bool:
    return any(part.startswith(".") for part in path[len(root) :].split("/"))
