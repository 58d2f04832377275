"""The engine a command runs with: the shipped lexicon and a stance model."""

from __future__ import annotations

from pathlib import Path

from quotes.lexicon import load
from quotes.pipeline import Engine


def default_engine(
    model_path: Path | None = None, *, indirect: bool = True, min_score: float = 0.0
) -> Engine:
    """An engine with the Indonesian lexicon.

    Args:
        model_path: a stance model made by ``quotes train``; None takes the shipped one.
        indirect: whether indirect statements are rows.
        min_score: attributions with a lower confidence are left empty.

    Raises:
        ModelError: the model does not load.
    """
    from quotes.stance.model import load_model

    lexicon = load()
    return Engine(lexicon, load_model(model_path, lexicon), indirect=indirect, min_score=min_score)
