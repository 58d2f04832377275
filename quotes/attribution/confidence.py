"""How sure an attribution is: a small linear model over its evidence, in a readable file.

``score`` is the probability that the row's speaker is right, learned from the project's
own annotated articles (``tools/train_confidence.py``). The file holds one weight per fact;
reading it needs no library.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from quotes.attribution.evidence import Evidence
from quotes.errors import ModelError

#: Version of the file's layout and of the meaning of its facts.
FORMAT = 1
#: The shipped model.
SHIPPED = "confidence.json"
#: Facts that are also weighed in pairs: what they tell depends on the other.
PAIRS = (("mention", "speaker"), ("rule", "mention"))

_KIND = "quotes confidence model"
_KEYS = ("kind", "format", "training", "probes", "bias", "weights")
_TOLERANCE = 1e-4
_REMEDY = "train it again with: python tools/train_confidence.py"

_PLACES = tuple((Evidence._fields.index(first), Evidence._fields.index(second)) for first, second in PAIRS)
_PREFIXES = tuple(f"{first}+{second}=" for first, second in PAIRS)
_FIELDS = tuple(f"{name}=" for name in Evidence._fields)


def features(evidence: Evidence) -> list[str]:
    """The names of the facts and pairs of facts of one row: ``mention=nya``, ``rule+mention=after+nya``."""
    names = [field + value for field, value in zip(_FIELDS, evidence, strict=True)]
    for prefix, (first, second) in zip(_PREFIXES, _PLACES, strict=True):
        names.append(f"{prefix}{evidence[first]}+{evidence[second]}")
    return names


class Confidence:
    """A trained model.

    Attributes:
        weights: feature to log-odds; a feature without a weight tells nothing.
        bias: log-odds without any feature.
        about: what the file tells of its training.
    """

    def __init__(self, weights: Mapping[str, float], bias: float, about: Mapping[str, Any]) -> None:
        self.weights = weights
        self.bias = bias
        self.about = about
        # Few kinds of evidence make up most rows.
        self.score = lru_cache(maxsize=1 << 14)(self._score)

    def _score(self, evidence: Evidence) -> float:
        odds = self.bias + math.fsum(self.weights.get(name, 0.0) for name in features(evidence))
        return round(1 / (1 + math.exp(-odds)), 4)


@cache
def shipped() -> Confidence:
    """The model of the package."""
    return read_confidence(files("quotes.attribution") / SHIPPED)


def read_confidence(source: Traversable | Path) -> Confidence:
    """The model in a file.

    Raises:
        ModelError: the file is missing, no model of this kind or format, or gives its probes
            another score than it says; the text names the command that makes a new one.
    """
    try:
        data = json.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ModelError(f"confidence model {source}: {reason}; {_REMEDY}") from None
    except ValueError as error:
        raise ModelError(f"confidence model {source} is not JSON ({error}); {_REMEDY}") from None
    if not isinstance(data, dict) or data.get("kind") != _KIND:
        raise ModelError(f"{source} is no confidence model of this program; {_REMEDY}")
    if data.get("format") != FORMAT:
        held = data.get("format")
        raise ModelError(
            f"confidence model {source} has format {held!r}, this program reads {FORMAT}; {_REMEDY}"
        )
    if missing := [key for key in _KEYS if key not in data]:
        raise ModelError(f"confidence model {source} lacks {missing[0]!r}; {_REMEDY}")
    model = Confidence(_numbers(source, data), float(data["bias"]), data["training"])
    _check_probes(source, model, data["probes"])
    return model


def _numbers(source: Traversable | Path, data: Mapping[str, Any]) -> dict[str, float]:
    weights = data["weights"]
    starts = (*_FIELDS, *_PREFIXES)
    values = [data["bias"], *weights.values()] if isinstance(weights, dict) else []
    if not values or not all(isinstance(value, int | float) and math.isfinite(value) for value in values):
        raise ModelError(f"confidence model {source}: its weights are no numbers; {_REMEDY}")
    if strange := next((name for name in weights if not name.startswith(starts)), None):
        raise ModelError(f"confidence model {source}: {strange!r} is no fact of this program; {_REMEDY}")
    return {name: float(value) for name, value in weights.items()}


def _check_probes(source: Traversable | Path, model: Confidence, probes: Any) -> None:
    if not isinstance(probes, list) or not probes:
        raise ModelError(f"confidence model {source} has no probes; {_REMEDY}")
    for number, probe in enumerate(probes, start=1):
        try:
            got, expected = model.score(Evidence(**probe["evidence"])), float(probe["score"])
        except (KeyError, TypeError, ValueError):
            raise ModelError(f"confidence model {source}: probe {number} cannot be read; {_REMEDY}") from None
        if abs(got - expected) > _TOLERANCE:
            raise ModelError(
                f"confidence model {source}: probe {number} scores {got}, expected {expected}; {_REMEDY}"
            )


def dump(model: Confidence, probes: list[Evidence]) -> str:
    """The file of a model, one weight a line; the same text for the same model.

    Args:
        model: the model, its weights rounded already.
        probes: evidence whose scores are kept as a check.
    """
    checked = [{"evidence": probe._asdict(), "score": model.score(probe)} for probe in probes]
    head = {"kind": _KIND, "format": FORMAT, "training": dict(model.about), "bias": model.bias}
    lines = [f" {json.dumps(key)}: {json.dumps(value, sort_keys=True)}," for key, value in head.items()]
    examples = ",\n".join(f"  {json.dumps(probe)}" for probe in checked)
    weights = ",\n".join(f"  {json.dumps(name)}: {value}" for name, value in sorted(model.weights.items()))
    return (
        "\n".join(["{", *lines, ' "probes": [', examples, " ],", ' "weights": {', weights, " }", "}"]) + "\n"
    )
