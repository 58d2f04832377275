"""Words of roles, protests and speech: what they tell about the side somebody speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from quotes.errors import LexiconError
from quotes.lexicon.checks import read_toml
from quotes.lexicon.phrases import Phrases
from quotes.segment import WORD

FILE = "roles.toml"

#: The class of neutral head words (*ketua*, *juru bicara*): the body after them decides.
HEAD = "head"


@dataclass(frozen=True, slots=True)
class Roles:
    """Word classes for stance.

    Attributes:
        classes: words of roles, mentions and bodies to their class.
        states: the classes that speak for authorities.
        owned: heads with *-nya*, whose body was named before (*juru bicaranya*: *bicaranya*).
        bodies: the classes of bodies of every kind, those of authorities included.
        titles: the classes of titles that many kinds of bodies give (*presiden*, *direktur*).
        text: words of running text to what they tell: *strong*, *medium* or *weak* signs of a protest,
            what somebody does at one (*joins*, *leads*, *watches*, *polices*), what is said
            (*demand*, *we*, *procedure*, *diplomacy*). A word may tell several things.
        manner: reporting words (lower case) that tell more than that something was said
            (*shout*, *urge*, *order*, *tell*, *judge*).
    """

    classes: Phrases[str]
    states: frozenset[str]
    owned: frozenset[str]
    bodies: frozenset[str]
    titles: frozenset[str]
    text: Phrases[tuple[str, ...]]
    manner: dict[str, str]


def load_roles(folder: Traversable) -> Roles:
    """The role words of a language folder.

    Raises:
        LexiconError: a word stands in two classes, or a class of authorities does not exist.
    """
    data = read_toml(
        folder, FILE, ("classes", "heads", "authorities", "bodies", "titles", "protest", "manner", "speech")
    )
    classes: dict[str, list[str]] = {**data["classes"], HEAD: data["heads"]["words"]}
    states, bodies, titles = (frozenset(data[key]["classes"]) for key in ("authorities", "bodies", "titles"))
    for key in ("authorities", "bodies", "titles"):
        if missing := sorted(set(data[key]["classes"]) - classes.keys()):
            raise LexiconError(f"{folder / FILE} [{key}]: there is no class {missing[0]!r}")
    owned = frozenset(f"{word}nya" for word in data["heads"]["owned"])
    told: dict[str, tuple[str, ...]] = {}
    for sign, words in (data["protest"] | data["speech"]).items():
        for word in words:
            told[_key(word)] = (*told.get(_key(word), ()), sign)
    manner = {word: name for name, words in data["manner"].items() for word in words}
    return Roles(
        _classes(folder, classes), states, owned, bodies, titles, Phrases(told.items(), names=False), manner
    )


def _classes(folder: Traversable, classes: dict[str, list[str]]) -> Phrases[str]:
    found: dict[str, str] = {}
    for name, words in classes.items():
        for word in words:
            known = found.setdefault(_key(word), name)
            if known != name:
                raise LexiconError(f"{folder / FILE} [classes]: {word!r} stands under {known} and {name}")
    return Phrases(found.items(), names=False)


def _key(phrase: str) -> str:
    return " ".join(WORD.findall(phrase.lower()))
