"""Words of roles, protests and speech: what they tell about the side somebody speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from quotes.errors import LexiconError
from quotes.lexicon.checks import read_toml
from quotes.lexicon.phrases import Phrases
from quotes.segment import WORD

FILE = "roles.toml"

_SECTIONS = (
    "classes", "heads", "authorities", "bodies", "titles", "protest", "manner", "speech", "kin", "crowd",
    "abroad", "topics",
)  # fmt: skip

#: What the names of topics start with among the signs of running text.
TOPIC = "topic="

#: The signs that tell how much of a protest there is.
_WEIGHTS = frozenset({"strong", "medium", "weak"})

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
            (*demand*, *we*, *procedure*, *fright*, *diplomacy*), *unrest*,
            what the article may be about instead (*topic=sport* …). A word may tell several things.
        manner: reporting words (lower case) that tell more than that something was said
            (*shout*, *urge*, *order*, *tell*, *judge*).
        kin: words for people to the words for the same kind of people, themselves included.
        crowd: words before a kind of people that make many of them (*ratusan* buruh).
        abroad: words of offices that the newsroom's own country does not have (*kanselir*).
    """

    classes: Phrases[str]
    states: frozenset[str]
    owned: frozenset[str]
    bodies: frozenset[str]
    titles: frozenset[str]
    text: Phrases[tuple[str, ...]]
    manner: dict[str, str]
    kin: dict[str, tuple[str, ...]]
    crowd: frozenset[str]
    abroad: frozenset[str]


def load_roles(folder: Traversable) -> Roles:
    """The role words of a language folder.

    Raises:
        LexiconError: a word stands in two classes, or a class of authorities does not exist.
    """
    data = read_toml(folder, FILE, _SECTIONS)
    classes: dict[str, list[str]] = {**data["classes"], HEAD: data["heads"]["words"]}
    states, bodies, titles = (frozenset(data[key]["classes"]) for key in ("authorities", "bodies", "titles"))
    for key in ("authorities", "bodies", "titles"):
        if missing := sorted(set(data[key]["classes"]) - classes.keys()):
            raise LexiconError(f"{folder / FILE} [{key}]: there is no class {missing[0]!r}")
    owned = frozenset(f"{word}nya" for word in data["heads"]["owned"])
    told: dict[str, tuple[str, ...]] = {}
    topics = {TOPIC + name: words for name, words in data["topics"].items()}
    for sign, words in (data["protest"] | data["speech"] | topics).items():
        for word in words:
            told[_key(word)] = (*told.get(_key(word), ()), sign)
    manner = {word: name for name, words in data["manner"].items() for word in words}
    kin: dict[str, tuple[str, ...]] = {}
    for group in data["kin"]["groups"]:
        for word in group:
            kin[word] = tuple(dict.fromkeys((*kin.get(word, ()), *group)))
    text = Phrases(_weighed(told).items(), names=False)
    crowd, abroad = (frozenset(data[key]["words"]) for key in ("crowd", "abroad"))
    return Roles(_classes(folder, classes), states, owned, bodies, titles, text, manner, kin, crowd, abroad)


def _weighed(told: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The signs with the weight of the heaviest phrase inside: *usai unjuk rasa* hides *unjuk rasa*."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase, signs in told.items():
        own = set(signs)
        words = phrase.split(" ")
        for first in range(len(words)):
            for last in range(first + 1, len(words) + 1):
                own |= _WEIGHTS.intersection(told.get(" ".join(words[first:last]), ()))
        found[phrase] = (*signs, *sorted(own.difference(signs)))
    return found


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
