"""The stance model: a readable JSON artefact, checked before it is used.

The artefact holds labels, one row of weights per feature, a temperature that calibrates
the probabilities, hashes of the training rows and of the lexicon files it was trained
with, library versions, and probe texts with the probabilities they must give.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quotes.errors import ModelError, RunError, UsageError
from quotes.lexicon import Lexicon, load
from quotes.lexicon import geography as geography_files
from quotes.lexicon import roles as roles_files
from quotes.stance.features import GROUPS, describe
from quotes.stance.rows import Row, as_readings

#: Version of the artefact's layout and of the meaning of feature names.
FORMAT = 1
#: The shipped model.
SHIPPED = "model.json"
#: Probabilities of the probes may differ by this much between machines.
TOLERANCE = 1e-3

_KEYS = (
    "format", "kind", "labels", "temperature", "bias", "weights", "rows_sha256", "lexicon_sha256",
    "libraries", "training", "probes",
)  # fmt: skip
_KIND = "quotes stance model"


@dataclass(frozen=True, eq=False)
class StanceModel:
    """A linear model over named features.

    Attributes:
        labels: the sides, in the order of the columns.
        vocabulary: feature names to rows of ``weights``.
        weights: one row per feature and one column per label; the last row is the bias.
        temperature: what the scores are divided by before they become probabilities.
        fingerprint: SHA-256 of the artefact's bytes.
        about: rows_sha256, lexicon_sha256, libraries and training figures, as in the file.
    """

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    weights: npt.NDArray[np.float64]
    temperature: float
    fingerprint: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def unused(self) -> frozenset[str]:
        """The groups of features that have no weight, so that they need not be made."""
        return self._unused

    @cached_property
    def _unused(self) -> frozenset[str]:
        return frozenset(GROUPS) - {name.partition(":")[0] for name in self.vocabulary}

    def probabilities(self, features: Sequence[Sequence[str]]) -> npt.NDArray[np.float64]:
        """Calibrated probabilities, one row per list of features; unknown features count nothing.

        Each list is summed on its own, so that a speaker's row does not depend on the batch.
        """
        if not features:
            return np.zeros((0, len(self.labels)))
        known = self.vocabulary
        bias = len(known)
        chosen: list[int] = []
        offsets: list[int] = []
        for names in features:
            offsets.append(len(chosen))
            chosen += [known[name] for name in names if name in known]
            chosen.append(bias)
        scores = np.add.reduceat(self.weights[chosen], offsets, axis=0) / self.temperature
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        result: npt.NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
        return result


def lexicon_fingerprint(lexicon: Lexicon) -> str:
    """SHA-256 of the lexicon files that features are made with: geography and role words."""
    digest = hashlib.sha256()
    for name in (*geography_files.FILES, roles_files.FILE):
        digest.update(
            name.encode() + b"\0" + (lexicon.folder / name).read_bytes().replace(b"\r\n", b"\n") + b"\0"
        )
    return digest.hexdigest()


def load_model(path: Path | str | None = None, lexicon: Lexicon | None = None) -> StanceModel:
    """The model in ``path``; None gives the shipped one.

    Raises:
        ModelError: the file is missing, no stance model, of another format, made with another
            lexicon, or gives other probabilities for its probes; the message says how to retrain.
    """
    if path is None and lexicon is None:
        return _shipped()
    source = files("quotes.stance") / SHIPPED if path is None else Path(path)
    return read_model(source, lexicon or load())


@cache
def _shipped() -> StanceModel:
    return read_model(files("quotes.stance") / SHIPPED, load())


def read_model(source: Traversable | Path, lexicon: Lexicon) -> StanceModel:
    """Read and check an artefact. See :func:`load_model` for the errors."""
    try:
        raw = source.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ModelError(
            f"stance model {source}: {reason}; make one with: quotes train LABELS.csv --out MODEL.json"
        ) from None
    data = _parsed(source, raw)
    model = _built(source, data, hashlib.sha256(raw).hexdigest())
    if data["lexicon_sha256"] != lexicon_fingerprint(lexicon):
        raise ModelError(f"stance model {source} was trained with another lexicon; {_retrain(source)}")
    _check_probes(source, model, data["probes"], lexicon)
    return model


def _retrain(source: Traversable | Path) -> str:
    return f"train it again with: quotes train LABELS.csv --out {source.name}"


def _parsed(source: Traversable | Path, raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise ModelError(f"stance model {source} is not JSON ({error}); {_retrain(source)}") from None
    if not isinstance(data, dict) or data.get("kind") != _KIND:
        raise ModelError(f"{source} is no stance model of this program; {_retrain(source)}")
    if data.get("format") != FORMAT:
        raise ModelError(
            f"stance model {source} has format {data.get('format')!r}, this program reads {FORMAT}; "
            f"{_retrain(source)}"
        )
    if missing := [key for key in _KEYS if key not in data]:
        raise ModelError(f"stance model {source} lacks {missing[0]!r}; {_retrain(source)}")
    return data


def _built(source: Traversable | Path, data: Mapping[str, Any], fingerprint: str) -> StanceModel:
    labels, weights = data["labels"], data["weights"]
    try:
        table = np.array([*weights.values(), data["bias"]], dtype=np.float64)
        temperature = float(data["temperature"])
    except (TypeError, ValueError, AttributeError):
        raise ModelError(
            f"stance model {source} has weights that are no numbers; {_retrain(source)}"
        ) from None
    if len(labels) < 2 or table.ndim != 2 or table.shape[1] != len(labels) or not np.isfinite(table).all():
        raise ModelError(f"stance model {source}: weights and labels do not fit; {_retrain(source)}")
    if not temperature > 0:
        raise ModelError(f"stance model {source}: the temperature must be positive; {_retrain(source)}")
    about = {key: data[key] for key in ("rows_sha256", "lexicon_sha256", "libraries", "training")}
    vocabulary = {name: row for row, name in enumerate(weights)}
    return StanceModel(tuple(labels), vocabulary, table, temperature, fingerprint, about)


# --- probes --------------------------------------------------------------------------------------


def probe_probabilities(model: StanceModel, probe: Mapping[str, Any], lexicon: Lexicon) -> dict[str, float]:
    """What ``model`` says of the speaker of a probe (the fields of a labelled row)."""
    labelled = as_readings([Row(article_id="probe", stance="", **probe)])[0]
    described = describe(
        labelled.reading, lexicon, focus=labelled.focus, countries=labelled.countries, omit=model.unused
    )
    row = model.probabilities(described.features)[0]
    return {label: round(float(p), 4) for label, p in zip(model.labels, row, strict=True)}


def _check_probes(
    source: Traversable | Path, model: StanceModel, probes: Sequence[Mapping[str, Any]], lexicon: Lexicon
) -> None:
    for number, probe in enumerate(probes, start=1):
        try:
            got, expected = probe_probabilities(model, probe["row"], lexicon), probe["probabilities"]
            far = got.keys() != expected.keys() or any(abs(got[k] - expected[k]) > TOLERANCE for k in got)
        except (KeyError, TypeError, AttributeError):
            raise ModelError(
                f"stance model {source}: probe {number} cannot be read; {_retrain(source)}"
            ) from None
        if far:
            raise ModelError(
                f"stance model {source}: probe {number} gives {got}, expected {expected}; {_retrain(source)}"
            )


def dump(
    model: StanceModel, about: Mapping[str, Any], probes: Sequence[Mapping[str, Any]], lexicon: Lexicon
) -> str:
    """The artefact as text: one feature per line, the same bytes for the same model.

    Args:
        model: the model; its weights should be rounded already.
        about: rows_sha256, lexicon_sha256, libraries and training figures.
        probes: rows (fields of a labelled row) whose probabilities are kept for the check.
        lexicon: the lexicon it was trained with.
    """
    checked = [{"row": row, "probabilities": probe_probabilities(model, row, lexicon)} for row in probes]
    head = {
        "kind": _KIND,
        "format": FORMAT,
        "labels": list(model.labels),
        "temperature": model.temperature,
        **about,
        "probes": checked,
        "bias": model.weights[-1].tolist(),
    }
    lines = [
        f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False, sort_keys=True)},"
        for key, value in head.items()
    ]
    rows = [
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(model.weights[row].tolist())}"
        for name, row in sorted(model.vocabulary.items())
    ]
    return "\n".join(["{", *lines, ' "weights": {', ",\n".join(rows), " }", "}"]) + "\n"


def save(artefact: str, path: Path) -> None:
    """Write an artefact; the file appears complete or not at all.

    Raises:
        UsageError: the place cannot be written to.
        RunError: the disk is full.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.write_text(artefact, encoding="utf-8", newline="\n")
        os.replace(unfinished, path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise RunError(f"{path}: the disk is full; make room and run again") from None
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another --out") from None
