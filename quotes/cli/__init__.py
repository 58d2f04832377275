"""The command line: a thin skin over the library.

Each command lives in a module of its own that is imported when the command is called
or its own help is asked for, so that ``quotes --help`` is quick.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from quotes import __version__
from quotes.errors import QuotesError

#: Command to (module, one line of help); the function in the module is ``command``.
COMMANDS = {
    "report": ("quotes.cli.report", "Articles in, tables and report.html out: the main job."),
    "show": ("quotes.cli.show", "One article with its quotes, speakers and stances, in the terminal."),
    "evaluate": ("quotes.cli.evaluate", "Scores against annotated articles."),
    "train": ("quotes.cli.train", "A stance model from labelled rows."),
}

#: Exit status of an interrupted run.
INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, in the order of the contract."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quotes", message="%(prog)s %(version)s")
def cli() -> None:
    """Who said what in Indonesian news, and for which side."""


def main() -> None:
    """Run the command line; leaves with the contract's exit status."""
    status = run(sys.argv[1:])
    if status == INTERRUPTED and "distributed" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # what is still said to a cluster is not waited for; the state is on disk
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit status; errors of the user's are one line on stderr."""
    try:
        result = cli.main(arguments, prog_name="quotes", standalone_mode=False)
        sys.stdout.flush()
    except QuotesError as error:
        return _complain(str(error), error.exit_status)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.UsageError as error:
        named = error.ctx.command_path if error.ctx else "quotes"
        return _complain(f"{error.format_message()} ({named} --help tells more)", 2)
    except click.ClickException as error:
        return _complain(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (quotes … | head); nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _complain(message: str, status: int) -> int:
    line = " ".join(message.split())
    sys.stderr.write(f"quotes: {line}\n")
    return status
