"""NLTK's Punkt with the lexicon's abbreviations as all it knows; nothing is downloaded."""

from __future__ import annotations

import sys
import threading
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_NAME = "nltk.tokenize.punkt"
_importing = threading.Lock()


@lru_cache(maxsize=4)
def punkt(abbreviations: frozenset[str]) -> PunktSentenceTokenizer:
    """A Punkt tokenizer that knows these abbreviations, lower-case and without their last stop."""
    module = _module()
    parameters = module.PunktParameters()
    parameters.abbrev_types = set(abbreviations)
    tokenizer: PunktSentenceTokenizer = module.PunktSentenceTokenizer(parameters)
    return tokenizer


def _module() -> ModuleType:
    """The module of Punkt, without the rest of NLTK where that is not there yet.

    ``import nltk`` takes more than a second, for its classifiers and measures ask for SciPy, scikit-learn
    and pandas; the tokenizers need none of them. What was imported by itself is let go of again, so
    that whoever imports NLTK afterwards gets it whole.
    """
    with _importing:
        if "nltk" in sys.modules:
            return import_module(_NAME)
        try:
            return _alone()
        except (ImportError, AttributeError):  # another version of NLTK, whose parts need the whole
            return import_module(_NAME)


def _alone() -> ModuleType:
    spec = find_spec("nltk")
    if spec is None:
        raise ModuleNotFoundError("No module named 'nltk'", name="nltk")
    sys.modules["nltk"] = module_from_spec(spec)  # a package with its path, its own code not run
    try:
        return import_module(_NAME)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "nltk"]:
            del sys.modules[name]
