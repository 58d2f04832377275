"""An object store as output: whole objects put and got, by fsspec."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from quotes.corpus.packing import describe, is_address
from quotes.errors import RunError


def local_path(address: str) -> str | None:
    """The path of an output on this machine; None for an address elsewhere.

    Raises:
        RunError: the address names a store that cannot be used.
    """
    if not is_address(address):
        return address
    import fsspec

    store, inside = _opened(address)
    return inside if isinstance(store, fsspec.implementations.local.LocalFileSystem) else None


class Store:
    """Objects below an address; each is put whole.

    Args:
        address: e.g. ``s3://bucket/folder``.

    Raises:
        RunError: of every method: the store cannot be reached, or refuses.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._store, inside = _opened(self.address)
        self._root = inside.rstrip("/")

    def put(self, name: str, data: bytes) -> None:
        """Write an object."""
        self._write(name, lambda path: self._store.pipe_file(path, data))

    def put_file(self, name: str, source: Path) -> None:
        """Write an object from a file, in pieces where it is large."""
        self._write(name, lambda path: self._store.put_file(str(source), path))

    def _write(self, name: str, write: Callable[[str], None]) -> None:
        path = f"{self._root}/{name}"
        try:
            try:
                write(path)
            except FileNotFoundError:  # a store with real folders
                self._make_folders(path)
                write(path)
        except Exception as error:  # each store has errors of its own
            raise self._refused(name, "written", error) from None

    def _make_folders(self, path: str) -> None:
        """Make the folders that ``path`` lies in, but no bucket."""
        folders = path.split("/")[:-1]
        for length in range(2, len(folders) + 1):
            with suppress(FileExistsError):
                self._store.mkdir("/".join(folders[:length]), create_parents=False)

    def get(self, name: str) -> bytes | None:
        """An object's bytes; None where there is none."""
        try:
            data: bytes = self._store.cat_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return None
        except Exception as error:
            raise self._refused(name, "read", error) from None
        return data

    def names(self, folder: str) -> set[str]:
        """The names of all objects below a folder, from the address on."""
        try:
            self._store.invalidate_cache()
            found = self._store.find(f"{self._root}/{folder}")
        except FileNotFoundError:
            return set()
        except Exception as error:
            raise self._refused(folder, "listed", error) from None
        start = len(self._root) + 1
        return {str(path)[start:] for path in found}

    def remove(self, names: Collection[str]) -> None:
        """Remove objects; those that are not there are no error."""
        try:
            there = [f"{self._root}/{name}" for name in sorted(names)]
            if there:
                self._store.rm(there)
        except FileNotFoundError:
            return
        except Exception as error:
            raise self._refused(min(names), "removed", error) from None

    def _refused(self, name: str, done: str, error: Exception) -> RunError:
        return RunError(
            f"{self.address}/{name}: cannot be {done} ({describe(error)}); mend that, then run the same"
            " command again: it goes on where it stopped"
        )


def _opened(address: str) -> tuple[Any, str]:
    import fsspec

    try:
        store, inside = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise RunError(f"{address}: {error}; pip install 'quotes[s3]' brings what s3:// needs") from None
    except Exception as error:
        raise RunError(f"{address}: cannot be reached ({describe(error)})") from None
    return store, str(inside)
