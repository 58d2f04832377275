"""``quotes evaluate``: scores against gold."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quotes.cli.types import Confidence
from quotes.evaluation.misses import TYPES


@click.command("evaluate", short_help="Scores against annotated articles.")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--errors", is_flag=True, help="List every miss with its text, grouped by type.")
@click.option("--only", metavar="TYPE,…", help=f"List only misses of these types: {', '.join(TYPES)}.")
@click.option("--curve", "with_curve", is_flag=True, help="Show what --min-score would answer, from 0 to 1.")
@click.option(
    "--no-paragraphs", is_flag=True, help="Read the texts without their line breaks (offsets are kept)."
)
@click.option("--no-indirect", is_flag=True, help="Leave indirect statements out.")
@click.option(
    "--min-score", type=Confidence(), default=0.0, help="Leave attributions below this score empty."
)
@click.option("--model", type=click.Path(path_type=Path), help="A stance model made by quotes train.")
def command(
    gold: tuple[Path, ...],
    *,
    as_json: bool,
    errors: bool,
    only: str | None,
    with_curve: bool,
    no_paragraphs: bool,
    no_indirect: bool,
    min_score: float,
    model: Path | None,
) -> None:
    """Read the texts of GOLD files anew and print how right the result is.

    Each line of a GOLD file is one annotated article, in the project's own format or in
    that of PFSA-ID. Figures are per file and together, with the rows behind each.
    """
    from quotes.engine import default_engine
    from quotes.evaluation.run import evaluate
    from quotes.evaluation.text import Wanted, as_data, as_lines

    types = _types(only)
    engine = default_engine(model, indirect=not no_indirect, min_score=min_score)
    evaluated = evaluate(gold, engine, paragraphs=not no_paragraphs)
    wanted = Wanted(errors=errors or bool(types), types=types, curve=with_curve)
    if as_json:
        click.echo(json.dumps(as_data(evaluated, wanted), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_lines(evaluated, wanted)))


def _types(only: str | None) -> frozenset[str]:
    chosen = frozenset(part.strip() for part in (only or "").split(",") if part.strip())
    if unknown := chosen - set(TYPES):
        raise click.UsageError(
            f"--only: no such type {', '.join(sorted(unknown))}; there are {', '.join(TYPES)}"
        )
    return chosen
