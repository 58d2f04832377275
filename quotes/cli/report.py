"""``quotes report``: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from quotes.cli.types import Confidence


@click.command("report", short_help="Articles in, tables and report.html out: the main job.")
@click.argument("paths", metavar="FOLDER…", nargs=-1, required=True)
@click.option("--out", metavar="FOLDER", default="reports", show_default=True, help="Where the tables go.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes; one per core if not given.")
@click.option("--batch-size", type=click.IntRange(1), metavar="N", hidden=True, help="Articles per batch.")
@click.option(
    "--format", type=click.Choice(["csv", "parquet", "jsonl"]), default="csv", show_default=True,
    help="Format of the tables.",
)  # fmt: skip
@click.option("--no-indirect", is_flag=True, help="Leave indirect statements out.")
@click.option(
    "--min-score", type=Confidence(), default=0.0, metavar="P",
    help="Leave attributions with a lower confidence empty.",
)  # fmt: skip
@click.option("--model", type=click.Path(path_type=Path), help="A stance model made by quotes train.")
@click.option(
    "--corrections", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
    help="A table of corrections to apply; may be given again, later files win.",
)  # fmt: skip
@click.option("--text-column", metavar="NAME", help="The column of the text, for records.")
@click.option("--id-column", metavar="NAME", help="The column of the article's id, for records.")
@click.option("--date-column", metavar="NAME", help="The column of the date, for records.")
@click.option("--save-texts", is_flag=True, help="Write each article's text beside the tables.")
@click.option(
    "--spreadsheet-safe", is_flag=True,
    help="Put an apostrophe before cells that a spreadsheet would run as a formula.",
)  # fmt: skip
@click.option("--no-page", is_flag=True, help="Leave report.html out.")
@click.option(
    "--dask", metavar="ADDRESS",
    help="Let a Dask cluster work: tcp://HOST:PORT of its scheduler, or local for one on this machine.",
)  # fmt: skip
@click.option("--quiet", is_flag=True, help="Print errors only.")
def command(
    paths: tuple[str, ...],
    *,
    out: str,
    workers: int | None,
    batch_size: int | None,
    format: str,
    no_indirect: bool,
    min_score: float,
    model: Path | None,
    corrections: tuple[Path, ...],
    text_column: str | None,
    id_column: str | None,
    date_column: str | None,
    save_texts: bool,
    spreadsheet_safe: bool,
    no_page: bool,
    dask: str | None,
    quiet: bool,
) -> int:
    """Read every article below each FOLDER (or file, or address) and write who said what.

    Articles are .txt, .md and .html files, lines of .jsonl, rows of .csv and .parquet, plain
    or compressed. An interrupted run goes on where it stopped when the same command is given
    again; articles that have not changed are not read again.
    """
    from quotes.batch import Options, run
    from quotes.batch.progress import for_stream
    from quotes.batch.screen import lines
    from quotes.corpus import Columns

    options = Options(
        paths=paths,
        out=out,
        workers=workers,
        batch_size=batch_size,
        format=format,  # type: ignore[arg-type]
        indirect=not no_indirect,
        min_score=min_score,
        model=model,
        corrections=corrections,
        columns=Columns(text_column, id_column, date_column),
        save_texts=save_texts,
        spreadsheet_safe=spreadsheet_safe,
        page=not no_page,
        dask=dask,
    )
    summary = run(options, for_stream(quiet=quiet))
    for misfit in summary.misfits:
        click.echo(f"quotes: correction not applied: {misfit}", err=True)
    if not quiet:
        click.echo("\n".join(lines(summary)))
    return summary.exit_status
