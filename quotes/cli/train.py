"""``quotes train``: a stance model from labelled rows."""

from __future__ import annotations

from pathlib import Path

import click

from quotes.errors import UsageError


@click.command("train", short_help="A stance model from labelled rows.")
@click.argument("labels", metavar="LABELS.csv…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("model.json"), show_default=True, metavar="MODEL",
    help="Where the model goes.",
)  # fmt: skip
@click.option(
    "--doubts", type=click.IntRange(0), default=20, show_default=True, metavar="N",
    help="How many doubtful rows to list.",
)  # fmt: skip
def command(labels: tuple[Path, ...], *, out: Path, doubts: int) -> None:
    """Learn from the labelled rows of each LABELS.csv to tell who speaks for which side.

    Any set of labels will do. A quotes.csv whose column stance was corrected works as it is,
    and so does a corrections.csv; of several files the later ones correct the earlier. The
    scores printed are cross-validated: each row is judged by a model that has not seen its
    article. Use the model with quotes report --model MODEL.
    """
    from quotes.labels import read_labels
    from quotes.lexicon import load
    from quotes.stance.model import save
    from quotes.stance.report import as_lines
    from quotes.stance.training import train

    _refuse_other_files(out)
    table = read_labels(labels)
    trained = train(table.rows, load(), groups=table.groups)
    save(trained.artefact, out)
    click.echo("\n".join(as_lines(trained, table, out, doubts)))


def _refuse_other_files(out: Path) -> None:
    """Before the work: a model replaces nothing but a model."""
    from quotes.corpus.ours import HEAD, is_our_artefact

    try:
        if not out.parent.is_dir():
            raise UsageError(f"{out}: there is no folder {out.parent}; make it, or choose another --out")
        if out.is_dir():
            raise UsageError(f"{out}: is a folder; --out takes the name of a file")
        if not out.exists():
            return
        with out.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}); choose another --out") from None
    if head.strip() and not is_our_artefact(head):
        raise UsageError(f"{out}: is no stance model and would be overwritten; choose another --out")
