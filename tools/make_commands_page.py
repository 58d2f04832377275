#!/usr/bin/env python3
"""Write docs/commands.md from the commands' own help texts; --check only compares.

Exit status: 0 written or equal, 1 with --check: the page is not what the commands say.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

import click

from quotes.cli import COMMANDS, cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"

INTRODUCTION = """# Commands

Made by `python tools/make_commands_page.py` from the commands themselves; edit the help texts, not this page.

Exit status: 0 every article read; 1 some articles could not be read, the rest are done; 2 wrong usage,
nothing to read, or no article readable; 3 the run itself could not go on; 130 interrupted.
"""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, _section("quotes", cli)]
    for name, (module, _) in COMMANDS.items():
        parts.append(_section(f"quotes {name}", import_module(module).command))
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    # The help of a command called through the group lists -h too.
    context.help_option_names = ["-h", "--help"]
    return f"## `{name}`\n\n```text\n$ {name} --help\n{command.get_help(context)}\n```\n"


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    if not parser.parse_args().check:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print(f"{PAGE}: not what the commands say; run python tools/make_commands_page.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
