"""The quality gate: no figure on the fixtures falls below its floor."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import quality_floors as gate  # noqa: E402


@cache
def figures() -> gate.Figures:
    return gate.measure(gate.gold_files())


FLOORS = gate.load_floors()


def test_there_is_gold_and_every_set_has_floors() -> None:
    files = gate.gold_files()
    assert len(files) >= 5
    assert set(FLOORS.floors) == {path.stem for path in files} | {gate.TOGETHER}
    assert set(FLOORS.floors[gate.TOGETHER]) == {*gate.FIGURES, gate.PRECISION}


def test_the_floors_were_set_on_this_gold() -> None:
    changed = gate.gold_hash(gate.gold_files()) != FLOORS.gold
    assert not changed, f"the gold has changed since the floors were set; review them: {gate.COMMAND} --raise"


def test_every_figure_has_a_floor() -> None:
    assert gate.missing(figures(), FLOORS) == [], f"set floors for them: {gate.COMMAND} --raise"


@pytest.mark.parametrize("part", FLOORS.floors)
def test_no_figure_is_below_its_floor(part: str) -> None:
    below = gate.misses(figures(), gate.Floors(FLOORS.gold, {part: FLOORS.floors[part]}))
    assert below == [], f'or, if that is meant: {gate.COMMAND} --lower "REASON"'


def test_the_file_is_as_the_tool_writes_it() -> None:
    assert gate.FLOORS.read_text(encoding="utf-8") == gate.as_toml(FLOORS)
    assert all(entry.reason and entry.after < entry.before for entry in FLOORS.lowered)


# --- the tool -------------------------------------------------------------------------------------

OLD = gate.Floors("old", {"wire": {"span_f1": 0.9, "name_exact": 0.8}})


def test_a_floor_that_is_not_reached_is_told() -> None:
    assert gate.misses({"wire": {"span_f1": 0.9, "name_exact": 0.8}}, OLD) == []
    (told,) = gate.misses({"wire": {"span_f1": 0.8999, "name_exact": 0.8}}, OLD)
    assert told == "wire.span_f1: 0.8999 is below its floor of 0.900"


def test_a_figure_that_is_gone_is_told() -> None:
    assert len(gate.misses({"wire": {"span_f1": 1.0}}, OLD)) == 1
    assert len(gate.misses({}, OLD)) == 2


def test_raising_never_lowers() -> None:
    new = gate.raised({"wire": {"span_f1": 0.905, "name_exact": 0.95}, "print": {"span_f1": 1.0}}, OLD, "new")
    assert new.floors == {"wire": {"span_f1": 0.9, "name_exact": 0.94}, "print": {"span_f1": 0.99}}
    assert new.gold == "new"


def test_raising_is_refused_below_a_floor() -> None:
    with pytest.raises(SystemExit, match=r"below its floor(.|\n)*--lower"):
        gate.raised({"wire": {"span_f1": 0.5, "name_exact": 0.95}}, OLD, "new")


def test_lowering_moves_only_what_is_not_reached_and_tells_why() -> None:
    new = gate.lowered({"wire": {"span_f1": 0.85, "name_exact": 0.95}}, OLD, "new", "rows were mended")
    assert new.floors == {"wire": {"span_f1": 0.84, "name_exact": 0.8}}
    assert new.lowered == (gate.Lowered("wire.span_f1", 0.9, 0.84, "rows were mended"),)
    again = gate.lowered({"wire": {"span_f1": 0.85, "name_exact": 0.7}}, new, "new", "again")
    assert [entry.reason for entry in again.lowered] == ["rows were mended", "again"]


@pytest.mark.parametrize("reason", ["", "  "])
def test_lowering_takes_a_reason(reason: str) -> None:
    with pytest.raises(SystemExit, match="reason"):
        gate.lowered({"wire": {"span_f1": 0.5, "name_exact": 0.5}}, OLD, "new", reason)


def test_there_is_nothing_to_lower() -> None:
    with pytest.raises(SystemExit, match="nothing to lower"):
        gate.lowered({"wire": {"span_f1": 0.95, "name_exact": 0.95}}, OLD, "new", "just so")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    floors = gate.Floors(
        "f" * 64,
        {"wire": {"span_f1": 0.9}, "foreign-affairs": {"name_exact": 0.812}},
        (gate.Lowered("wire.span_f1", 0.95, 0.9, 'rows "mended"'),),
    )
    path = tmp_path / "quality.toml"
    path.write_text(gate.as_toml(floors), encoding="utf-8")
    assert gate.load_floors(path) == floors


def test_no_gold_is_no_pass(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no gold"):
        gate.gold_files(tmp_path)


def test_the_hash_is_of_names_and_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    one.write_bytes(b"{}\n")
    other.write_bytes(b"{}\n")
    first = gate.gold_hash([one])
    assert first == gate.gold_hash([one])
    assert first != gate.gold_hash([other])
    one.write_bytes(b"{} \n")
    assert first != gate.gold_hash([one])


def test_the_tool_tells_what_it_does() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "quality_floors.py"), "--raise", "--lower", "x"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "not allowed with" in done.stderr
