"""What lies below the given paths, under which id and in which order."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.corpus import MARKER, list_sources, read_source
from quotes.corpus.listing import _distinct, classify
from quotes.errors import UsageError
from quotes.records import Article


def write(path: Path, text: str = "isi") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ids(*paths: Path | str, skip: tuple[Path | str, ...] = ()) -> list[str]:
    listed = list_sources([str(path) for path in paths], skip=[str(path) for path in skip])
    return [source.article_id for source in listed]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", ("txt", None)),
        ("A.TXT", ("txt", None)),
        ("a.md", ("md", None)),
        ("a.htm", ("html", None)),
        ("a.html.gz", ("html", "gz")),
        ("a.jsonl.bz2", ("jsonl", "bz2")),
        ("a.csv.xz", ("csv", "xz")),
        ("a.b.parquet.zst", ("parquet", "zst")),
        ("a.pdf", (None, None)),
        ("a.docx", (None, None)),
        ("a.json", (None, None)),
        ("a.txt.zip", (None, None)),
        ("a.gz", (None, None)),
        ("a", (None, None)),
        ("txt", (None, None)),
    ],
)
def test_types(name: str, expected: tuple[str | None, str | None]) -> None:
    assert classify(name) == expected


def test_order_is_that_of_the_ids(tmp_path: Path) -> None:
    names = ["b.txt", "a/z.txt", "a-b.txt", "a/b/c.txt", "a.txt", "a/b.txt", "a0.txt", "é.txt", "z z/ü.md"]
    for name in names:
        write(tmp_path / name)
    assert ids(tmp_path) == sorted(names)


@given(st.sets(st.text("ab-/.0", min_size=1, max_size=8), max_size=12))
def test_order_of_any_names(names: set[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        made = []
        for name in sorted(names):
            parts = [part for part in name.split("/") if part.strip(".") and not part.startswith(".")]
            path = Path(folder, *parts, "f.txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path)
            made.append(path.relative_to(folder).as_posix())
        assert ids(folder) == sorted(set(made))


def test_hidden_and_unsupported_files(tmp_path: Path) -> None:
    for name in ("a.txt", ".b.txt", ".git/c.txt", "d.pdf", "e", ".DS_Store"):
        write(tmp_path / name)
    assert ids(tmp_path) == ["a.txt", "d.pdf", "e"]
    # A hidden folder that is named outright is read.
    assert ids(tmp_path / ".git") == ["c.txt"]


def test_single_files_and_several_folders(tmp_path: Path) -> None:
    for name in ("a/berita/1.txt", "b/berita/1.txt", "c/lain/1.txt", "c/x.txt"):
        write(tmp_path / name)
    assert ids(tmp_path / "c" / "x.txt") == ["x.txt"]
    assert ids(tmp_path / "c") == ["lain/1.txt", "x.txt"]
    assert ids(tmp_path / "c" / "lain", tmp_path / "a" / "berita") == ["berita/1.txt", "lain/1.txt"]
    same_name = [tmp_path / "b" / "berita", tmp_path / "a" / "berita"]
    assert ids(*same_name) == ["a/berita/1.txt", "b/berita/1.txt"]
    assert ids(tmp_path / "c" / "x.txt", tmp_path / "a") == ["a/berita/1.txt", "x.txt"]


def test_nothing_is_listed_twice(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/b/2.txt", "a/.c/3.txt"):
        write(tmp_path / name)
    once = ["1.txt", "b/2.txt"]
    assert ids(tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "1.txt") == once
    assert ids(tmp_path / "a", f"{tmp_path}/a/") == once
    # What lies in a hidden folder is not listed by the outer one.
    assert ids(tmp_path / "a", tmp_path / "a" / ".c") == [".c/3.txt", "a/1.txt", "a/b/2.txt"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["x/a", "x/b"], ["a", "b"]),
        (["x/a", "y/a"], ["x/a", "y/a"]),
        (["p/x/a", "q/x/a", "b"], ["p/x/a", "q/x/a", "b"]),
        (["news", "y/news/a.txt", "z/a.txt"], ["news", "y/news/a.txt", "z/a.txt"]),
        (["a", "x/a"], ["a", "x/a"]),
    ],
)
def test_names_of_several_folders(paths: list[str], expected: list[str]) -> None:
    assert _distinct([tuple(path.split("/")) for path in paths]) == expected


def test_the_output_folder_is_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", "out/b.txt", "out/deep/c.txt", "outer/d.txt"):
        write(tmp_path / name)
    assert ids(tmp_path, skip=(tmp_path / "out",)) == ["a.txt", "outer/d.txt"]
    assert ids(tmp_path, skip=(f"{tmp_path}/outer/../out/",)) == ["a.txt", "outer/d.txt"]
    (tmp_path / "link").symlink_to(tmp_path / "out")
    assert ids(tmp_path, skip=(tmp_path / "link",)) == ["a.txt", "outer/d.txt"]
    # Not there yet, or the input itself: nothing to leave out.
    assert len(ids(tmp_path / "out", skip=(tmp_path / "out",))) == 2
    assert len(ids(tmp_path, skip=(tmp_path / "none",))) == 4


def test_folders_of_ours_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "old" / "texts" / "a.txt")
    write(tmp_path / "old" / "texts" / MARKER)
    assert ids(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("path", ["none", "a.txt/b", "no\0such"])
def test_a_path_that_is_not_there(tmp_path: Path, path: str) -> None:
    write(tmp_path / "a.txt")
    with pytest.raises(UsageError, match="no such file or folder"):
        list_sources([str(tmp_path / "a.txt"), str(tmp_path / path)])


def test_empty_folder(tmp_path: Path) -> None:
    assert ids(tmp_path) == []


def problems(path: Path) -> dict[str, str]:
    return {
        source.article_id: source.problem.message
        for source in list_sources([str(path)])
        if source.problem is not None
    }


def test_symbolic_links(tmp_path: Path) -> None:
    root = tmp_path / "in"
    write(root / "a.txt")
    write(root / "sub" / "b.txt")
    write(tmp_path / "outside" / "c.txt")
    write(tmp_path / "outside" / "inner" / "d.txt")
    (root / "sub" / "up").symlink_to(root)  # a loop
    (root / "self").symlink_to(root / "self")  # a loop of one
    (root / "again").symlink_to(root / "sub")  # listed under its own name
    (root / "far").symlink_to(tmp_path / "outside")
    (root / "farther").symlink_to(tmp_path / "outside" / "inner")  # listed through the link before
    (root / "gone.txt").symlink_to(tmp_path / "nowhere")
    (root / "copy.txt").symlink_to(root / "a.txt")
    (root / "out").symlink_to(tmp_path)  # around the input
    assert ids(root) == [
        "a.txt", "copy.txt", "far/c.txt", "far/inner/d.txt", "gone.txt", "out", "self", "sub/b.txt", "sub/up",
    ]  # fmt: skip
    found = problems(root)
    assert set(found) == {"gone.txt", "out", "self", "sub/up"}
    assert "leads nowhere" in found["gone.txt"]
    assert "back to a folder" in found["sub/up"]


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (source,) = list_sources([str(tmp_path)])
    assert source.problem is not None
    assert source.problem.code == "unreadable"
    assert [item.problem.code for item in read_source(source)] == ["unreadable"]  # type: ignore[union-attr]


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"\xff.txt", b"a\nb.txt", b"b\xc3\xa9.txt", b"\\xff.txt"):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"isi")
    os.mkdir(os.path.join(folder, b"d\xe9"))
    with open(os.path.join(folder, b"d\xe9", b"\xfe.csv"), "wb") as file:
        file.write(b"text\nisi\n")
    listed = list(list_sources([str(tmp_path)]))
    # A byte and its \xNN written out would look the same: the second is told apart.
    expected = ["\\xff.txt", "\\xff.txt#2", "a\nb.txt", "bé.txt", "d\\xe9/\\xfe.csv"]
    assert [source.article_id for source in listed] == expected
    assert [source.problem.code for source in listed if source.problem] == ["repeated_id"]
    read = [item for source in pickle.loads(pickle.dumps(listed)) for item in read_source(source)]
    assert [item.article_id for item in read if isinstance(item, Article)] == [
        *expected[:-1], "d\\xe9/\\xfe.csv#1",
    ]  # fmt: skip
    assert [len(item.problems) for item in read if isinstance(item, Article)] == [0, 1, 0, 0, 0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b" / "c.txt")
    (tmp_path / "b").chmod(0)
    try:
        assert problems(tmp_path) == {"b": "folder cannot be read: Permission denied"}
    finally:
        (tmp_path / "b").chmod(0o700)


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b" / "c.txt")
    write(tmp_path / "d.txt")
    scandir = os.scandir

    def forbidding(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("/b"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidding)
    assert ids(tmp_path) == ["a.txt", "b", "d.txt"]
    assert problems(tmp_path) == {"b": "folder cannot be read: Permission denied"}


def test_versions_change_with_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "satu")
    (before,) = list_sources([str(tmp_path)])
    (same,) = list_sources([str(tmp_path)])
    write(path, "lain sekali")
    (after,) = list_sources([str(tmp_path)])
    assert before == same
    assert before.version
    assert before.version != after.version
    assert (before.size, after.size) == (4, 11)


def test_deep_folders(tmp_path: Path) -> None:
    path = tmp_path
    for _ in range(300):
        path = path / "d"
    write(path / "a.txt")
    assert ids(tmp_path) == ["d/" * 300 + "a.txt"]


@pytest.fixture
def memory() -> Iterator[str]:
    store = fsspec.filesystem("memory")
    for name, data in {
        "/arsip/b.txt": b"dua",
        "/arsip/a/1.txt": b"satu",
        "/arsip/a-b.txt": b"tiga",
        "/arsip/.hidden/x.txt": b"x",
        "/arsip/out/quotes.txt": b"x",
        "/arsip/r.jsonl": b'{"text": "empat"}\n',
        "/lain/arsip/c.txt": b"lima",
    }.items():
        store.pipe(name, data)
    yield "memory://arsip"
    store.rm("/arsip", recursive=True)
    store.rm("/lain", recursive=True)


def test_addresses(memory: str) -> None:
    listed = list(list_sources([memory], skip=["memory://arsip/out"]))
    assert [source.article_id for source in listed] == ["a-b.txt", "a/1.txt", "b.txt", "r.jsonl"]
    assert [source.size for source in listed][:3] == [4, 4, 3]
    items = [item for source in listed for item in read_source(source)]
    assert [item.text for item in items if isinstance(item, Article)] == ["tiga", "satu", "dua", "empat"]
    assert ids("memory://arsip/b.txt") == ["b.txt"]
    both = ids(memory, "memory://lain/arsip", skip=("memory://arsip/out",))
    assert both[:2] == ["lain/arsip/c.txt", "memory/arsip/a-b.txt"]


def test_file_addresses_are_local_paths(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b.txt")
    local, address = list_sources([str(tmp_path)]), list_sources([f"file://{tmp_path}"])
    assert list(local) == list(address)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("memory://nothing/here", "no such file or folder"),
        ("nonsense://x/y", "cannot be reached"),
        ("file:///no/such/folder", "no such file or folder"),
    ],
)
def test_addresses_that_cannot_be_read(address: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        list_sources([address])
    assert "\n" not in str(caught.value)
