"""Golden cases: a file in tests/golden is one, and its article is read as it was."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import golden  # noqa: E402

CASES = golden.cases()


def test_there_are_cases() -> None:
    assert len(CASES) >= 3
    assert len({case.split("/")[0] for case in CASES}) >= 3


@pytest.mark.parametrize("article", CASES)
def test_the_article_is_read_as_it_was(article: str) -> None:
    told = golden.differences(article)
    assert not told, "\n".join([*told, f"if that is meant: {golden.COMMAND}"])


@pytest.mark.parametrize("article", CASES)
def test_the_case_fits_its_article(article: str) -> None:
    """The case itself is sound: offsets, and something to check of every kind of row."""
    with (golden.ARTICLES / article).open(encoding="utf-8", newline="") as file:
        text = file.read()
    data = json.loads(golden.golden_file(article).read_text(encoding="utf-8"))
    assert data["article"] == article
    assert len(data["quotes"]) >= 10
    for row in data["quotes"]:
        assert text[row["start"] : row["end"]] == row["text"]
        for part in ("cue", "mention"):
            if part in row:
                start = row[f"{part}_start"]
                assert text[start : start + len(row[part])] == row[part]
    assert {"direct", "indirect"} <= {row["kind"] for row in data["quotes"]}


def test_a_difference_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = CASES[0]
    old = golden.golden_file(article).read_text(encoding="utf-8")
    monkeypatch.setattr(golden, "golden_file", lambda name: tmp_path / "case.json")
    (tmp_path / "case.json").write_text(old.replace('"direct"', '"mixed"', 1), encoding="utf-8")
    told = golden.differences(article)
    assert any(line.startswith("-") and "mixed" in line for line in told)
    assert any(line.startswith("+") and "direct" in line for line in told)
