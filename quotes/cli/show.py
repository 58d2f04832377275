"""``quotes show``: one article in the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quotes.cli.types import Confidence


@click.command("show", short_help="One article with its quotes, speakers and stances, in the terminal.")
@click.argument("file")
@click.option(
    "--record", type=click.IntRange(1), default=1, metavar="N", help="Which record of a file that holds many."
)
@click.option("--text-column", metavar="NAME", help="The column of the text, for records.")
@click.option("--no-indirect", is_flag=True, help="Leave indirect statements out.")
@click.option(
    "--min-score", type=Confidence(), default=0.0, help="Leave attributions below this score empty."
)
@click.option("--model", type=click.Path(path_type=Path), help="A stance model made by quotes train.")
def command(
    file: str,
    *,
    record: int,
    text_column: str | None,
    no_indirect: bool,
    min_score: float,
    model: Path | None,
) -> None:
    """Read the article in FILE and print it with its quotes marked, then a table of them.

    In a terminal each quote stands on the colour of its side, its source is underlined and
    its reporting word in italics; elsewhere quotes stand in numbered brackets and the table
    has tabs.
    """
    from quotes import show
    from quotes.corpus import Columns
    from quotes.engine import default_engine
    from quotes.pipeline import analyze_batch
    from quotes.records import STANCES

    article, count = show.find(file, record, Columns(text=text_column))
    engine = default_engine(model, indirect=not no_indirect, min_score=min_score)
    [analysis] = analyze_batch([article], engine)
    if sys.stdout.isatty():
        labels = getattr(engine.model, "labels", STANCES)
        show.console().print(show.pretty(article.text, analysis, labels))
    else:
        click.echo(show.plain(article.text, analysis), nl=False)
    if count > 1:
        click.echo(f"record {record} of {count}; --record N shows another", err=True)
