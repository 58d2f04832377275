"""How a verb hangs in its sentence: has it a subject of its own, and does it tell what was said at all."""

from __future__ import annotations

from typing import Literal, NamedTuple

from quotes.clauses import Cue
from quotes.indirect.stretch import Stretch
from quotes.lexicon.words import W
from quotes.phrases import is_verbal

_NO_ADVERB = W.ROLE | W.CUE

Link = Literal[
    "subject",  # its subject stands right before it, or before what sets it off
    "governed",  # another verb stands before it: bergegas memerintahkan
    "relative",  # yang mengatakan
    "purpose",  # untuk mengatakan
    "manner",  # dengan mengatakan, seraya mengatakan
    "joined",  # dan mengatakan
    "adverbial",  # setelah mengatakan
    "comma",  # ..., mengatakan
    "quote",  # behind a quoted span
]


class Attachment(NamedTuple):
    """What stands before a verb.

    ``word`` is the linking word, for *subject* and *comma* the word behind which the verb
    begins; ``negated`` tells of a *tidak* before the verb.
    """

    link: Link
    word: int
    negated: bool


def attachment(stretch: Stretch, cue: Cue, left: int, spoken: int) -> Attachment | None:
    """How ``cue`` hangs in its sentence; None where it is planned, wished or a gerund, and tells no speech.

    Args:
        stretch: the sentence.
        cue: an active verb or a passive.
        left: first word of the narrative around it.
        spoken: word of the last cue that was found to report, -1 if none was.
    """
    index = cue.word
    negated = False
    while index > left and not stretch.marks[index]:
        word = stretch.lower[index - 1]
        if word in stretch.guards.modal:
            return None
        if word in stretch.guards.negation:
            negated = True
        elif not _between(stretch, index - 1):
            break
        index -= 1
    if index <= left:
        return Attachment("quote", index, negated) if index > stretch.first else None
    if stretch.marks[index]:
        return Attachment("comma", index, negated)
    link = _link(stretch, index - 1, left)
    if link == "joined" and _wished(stretch, index - 1, left, spoken):
        return None
    return Attachment(link, index if link == "subject" else index - 1, negated)


def _between(stretch: Stretch, index: int) -> bool:
    """Whether the word may stand between a subject and its verb."""
    flags = stretch.flags[index]
    if not flags & W.ADVERB or flags & _NO_ADVERB:
        return False
    word = stretch.lower[index]
    return word not in stretch.guards.manner and word not in stretch.guards.joining


def _link(stretch: Stretch, index: int, left: int) -> Link:
    guards = stretch.guards
    word = stretch.lower[index]
    links: tuple[tuple[frozenset[str], Link], ...] = (
        (guards.purpose, "purpose"),
        (guards.manner, "manner"),
        (guards.joining, "joined"),
        (guards.adverbial, "adverbial"),
        (guards.local, "adverbial"),
    )
    if word == "yang":
        return "relative"
    for words, link in links:
        if word in words:
            return link
    return (
        "governed"
        if is_verbal(word) and stretch.verb(index) and not _in_relative(stretch, index, left)
        else "subject"
    )


def _in_relative(stretch: Stretch, index: int, left: int) -> bool:
    """Whether the word belongs to a relative clause: warga yang datang [menyatakan]."""
    for word in range(index - 1, max(left, index - 10) - 1, -1):
        if stretch.marks[word + 1]:
            return False
        if stretch.lower[word] == "yang":
            return True
    return False


def _wished(stretch: Stretch, joint: int, left: int, spoken: int) -> bool:
    """Whether the verb that this one is joined to is planned, wished or denied: untuk A dan meminta B."""
    guards = stretch.guards
    for word in range(joint - 1, max(left, joint - 12) - 1, -1):
        if stretch.marks[word + 1]:
            return False
        if stretch.lower[word] in guards.purpose or stretch.lower[word] in guards.modal:
            return spoken < word
    return False
