#!/usr/bin/env python3
"""Run every command of the tutorials and compare what they print; --write puts the output in.

docs/tutorial.en.md is run: each ``bash`` block, in order, in a folder of its own beside the
sample articles; a ``text`` block after it is its output. docs/tutorial.id.md has the same blocks.
Confidences may differ: decimal numbers are not compared.

Exit status: 0 all as it stands there, 1 a command failed or printed something else.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RUN, COPY = ROOT / "docs" / "tutorial.en.md", ROOT / "docs" / "tutorial.id.md"

_BLOCK = re.compile(r"^```(bash|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language and content."""

    language: str
    content: str


def blocks(text: str) -> list[Block]:
    """The blocks of a page, in order."""
    return [Block(match[1], match[2]) for match in _BLOCK.finditer(text)]


def replaced(text: str, contents: list[str]) -> str:
    """``text`` with the contents of its blocks."""
    following = iter(contents)
    return _BLOCK.sub(lambda match: f"```{match[1]}\n{next(following)}```", text)


def run(found: list[Block], folder: Path) -> Iterator[str]:
    """What each block should hold: commands themselves, and for output what the commands print.

    Raises:
        SystemExit: a command failed.
    """
    (folder / "fixtures").symlink_to(ROOT / "fixtures")
    programs = folder.parent / "bin"
    programs.mkdir()
    shim = programs / "quotes"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quotes "$@"\n')
    shim.chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    printed = ""
    for block in found:
        if block.language == "bash":
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", block.content],
                cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
            printed = done.stdout.decode("utf-8").replace("\r\n", "\n")
            if done.returncode:
                sys.exit(f"status {done.returncode}:\n{block.content}{printed}")
            yield block.content
        else:
            yield printed


def masked(text: str) -> str:
    """``text`` without decimal numbers."""
    return re.sub(r"\d+\.\d+", "#", text)


def main() -> int:
    """Compare, or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the output into both pages")
    arguments = parser.parse_args()
    text, copy = RUN.read_text("utf-8"), COPY.read_text("utf-8")
    found = blocks(text)
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "work"
        folder.mkdir()
        contents = list(run(found, folder))
    if arguments.write:
        RUN.write_text(replaced(text, contents), "utf-8")
        COPY.write_text(replaced(copy, contents), "utf-8")
        return 0
    status = 0
    for path, page in ((RUN, found), (COPY, blocks(copy))):
        if [block.language for block in page] != [block.language for block in found]:
            print(f"{path}: other blocks than {RUN.name}")
            status = 1
        for block, content in zip(page, contents, strict=False):
            if masked(block.content) != masked(content):
                print(f"{path}: says\n{block.content}but should say\n{content}")
                status = 1
    if status:
        print("python tools/run_tutorials.py --write puts the output in")
    return status


if __name__ == "__main__":
    sys.exit(main())
