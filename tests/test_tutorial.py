"""The tutorials: every command is run, both languages have the same, the pictures are there."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def test_every_command_runs_and_prints_what_the_tutorials_say() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "run_tutorials.py")],
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["report.png", "article.png"])
def test_pictures_are_small(name: str) -> None:
    data = (DOCS / name).read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG")
    assert (width, height) == (1100, 780)
    assert len(data) < 200_000
