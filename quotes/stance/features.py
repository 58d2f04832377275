"""What an article tells about each of its speakers, as named features.

A feature is present or absent; its name says what it means and to which group it belongs
(``role:main=police``, ``relation:foreign&authority``, ``context:joins``, ``say:demand`` …),
so that the weights of a model can be read; a ``*`` joins what is told elsewhere to a class
of role, for the exceptions. Speakers, not statements, have features: one
speaker keeps one side inside an article.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quotes.lexicon import Lexicon
from quotes.lexicon.geography import Tie
from quotes.lexicon.phrases import Hit
from quotes.lexicon.roles import HEAD
from quotes.reader import Reading
from quotes.records import Speaker, Statement
from quotes.segment import WORD, Document
from quotes.stance.countries import Affiliation, affiliation
from quotes.stance.focus import find_ties, focus_country

#: The groups of features, by the prefix of their names.
GROUPS = ("role", "word", "type", "relation", "context", "cue", "say", "quote")

#: What the signs of a protest weigh, and how much makes a hint of one, one that the article
#: speaks of, and one that is its matter.
_WEIGHTS = {"strong": 2.0, "medium": 1.0}
#: What a weak sign weighs, so many times at most.
_WEAK, _WEAK_TIMES = 0.3, 3
_HINT, _SOME, _CENTRAL = 0.8, 2.0, 6.0
#: From so many words to the nearest sign on, a speaker stands apart from the protest, or far apart.
_APART = (40, 100)
#: In a text of so many words, the lack of any sign tells that there is no protest.
_LEAST_WORDS = 25
#: How often the word for a speaker's kind must stand in the article.
_KIN = 4
#: Headline and lead, in words.
_LEAD_WORDS = 70
#: How far from a mention, in words of the same sentence, a deed is the speaker's.
_REACH = 24
_DEEDS = frozenset({"joins", "leads", "watches", "polices"})
_SIGNS = frozenset({"strong", "medium"})
_MARKS = frozenset({"strong", "medium", "weak", "joins", "leads"})
#: Classes of ordinary people; the word itself may be the one the article uses for the protesters.
_KINDS = frozenset({"worker", "student", "grassroots", "resident", "union", "victim", "relative"})
#: What is said of oneself and one's own cause.
_OWN = frozenset({"demand", "we"})
_SAYINGS = ("demand", "we", "procedure", "diplomacy")
_PROTESTER = "protest_role"
#: Words for bodies that an article names in full once and then for short, and how many words
#: before the country's name they stand.
_BODIES = frozenset({
    "kedutaan", "kedubes", "konsulat", "kementerian", "departemen", "komisi", "junta", "militer", "tentara",
    "angkatan", "istana", "kabinet", "sekretariat", "parlemen", "badan", "lembaga", "organisasi", "perhimpunan",
    "kantor", "misi", "delegasi",
})  # fmt: skip
_BODY_REACH = 4
_POINTERS = frozenset({"itu", "ini", "tersebut", "tadi"})
#: Roles of these classes may leave out the body that settles the side.
_UNSETTLED = frozenset({"", "director", "president", "representative", "document"})
#: The longest acronym that is looked up, and how many words may spell it out or name a body.
_ACRONYM, _SPELLED = 6, 7
#: How many mentions are looked at for a title or an apposition, and how far, in characters.
_LOOKED_AT, _NEIGHBOURHOOD = 6, 90
_OPENERS = frozenset({"seorang", "salah", "satu", "para", "yang", "juga", "sang"})
_TITLE_BEFORE = re.compile(r"(?:(?:[A-Z][\w/-]*|dan|bidang|untuk|urusan|\([A-Z][\w -]*\)),? ){1,9}$")
_APPOSITION = re.compile(r"(?: \(\d+\))?, (?:\d+, )?([a-z][^,.;:“”\"]{4,80})")
_NO_AFFILIATION = Affiliation(None, between=False, seat=False)


@dataclass(frozen=True, slots=True)
class Described:
    """The features of one reading.

    Attributes:
        focus: the focus country, or None.
        countries: per speaker, the state spoken for, or None.
        nearby: per speaker with an office of no named country, another country than the focus
            that is named beside him, or None.
        features: per speaker, the names of the features that are present.
    """

    focus: str | None
    countries: tuple[str | None, ...]
    nearby: tuple[str | None, ...]
    features: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Role:
    """What a description says: its word classes in order, and the words themselves."""

    classes: tuple[str, ...]
    words: tuple[str, ...]
    main: str
    kinds: tuple[str, ...]  # the words of ordinary people's classes


@dataclass(frozen=True, slots=True)
class _Context:
    """What the whole article says about a protest."""

    document: Document
    told: Sequence[Hit[tuple[str, ...]]]
    starts: Sequence[int]  # of the hits, in words
    quoted: Sequence[bool]  # per hit, whether it stands inside somebody's words
    marks: Sequence[int]  # every sign of a protest, in words
    protest: str  # "", "hint", "some" or "central"
    lead: bool


def describe(
    reading: Reading,
    lexicon: Lexicon,
    *,
    focus: str | None = None,
    countries: Sequence[str | None] = (),
    omit: Collection[str] = (),
) -> Described:
    """The features of every speaker of ``reading``.

    Args:
        reading: an article with its statements and speakers.
        lexicon: the language data.
        focus: the focus country where it is known already; else it is found.
        countries: per speaker the state spoken for, where known already (None: find it).
        omit: groups of features (see ``GROUPS``) that are not wanted.
    """
    document = reading.document
    ties = find_ties(document, lexicon.geography)
    if focus is None:
        focus = focus_country(document, ties, lexicon.geography)
    if not reading.speakers:
        return Described(focus, (), (), ())
    context = _context(reading, lexicon)
    said: list[list[Statement]] = [[] for _ in reading.speakers]
    for statement in reading.statements:
        if statement.speaker >= 0:
            said[statement.speaker].append(statement)
    found: list[str | None] = []
    nearby: list[str | None] = []
    features: list[tuple[str, ...]] = []
    for index, (speaker, statements) in enumerate(zip(reading.speakers, said, strict=True)):
        pieces = _pieces(speaker, document.text)
        role = _role(pieces, lexicon)
        if role.main in _UNSETTLED and role.words and speaker.mentions:
            pieces = _completed(document, ties, pieces, speaker, lexicon)
            role = _role(pieces, lexicon)
        if not role.main and not speaker.role and speaker.type == "person" and speaker.named:
            pieces = (*pieces, *_beside_name(document, speaker, lexicon))
            role = _role(pieces, lexicon)
        tied = _affiliation(pieces, lexicon)
        if tied == _NO_AFFILIATION and role.classes:
            tied = _of_the_body(document, ties, role, speaker)
        if speaker.type == "person" and speaker.named:
            tied = tied._replace(seat=False)
        if index < len(countries) and countries[index]:
            tied = tied._replace(country=countries[index], between=False)
        authority = tied.seat or role.main in lexicon.roles.states
        found.append(_country(tied, authority=authority, focus=focus))
        names = _about_role(role, speaker, authority=authority)
        beside = None
        if authority and tied == _NO_AFFILIATION:
            beside = _beside(document, ties, _places(speaker, statements), focus)
        nearby.append(beside)
        home = focus == lexicon.geography.home
        names += _about_relation(role, tied, focus, beside, authority=authority, home=home)
        names += _about_context(context, role, speaker, statements, lexicon, authority=authority)
        names += _about_speech(context, role, statements, lexicon, authority=authority)
        if "quote" not in omit:
            names += _quoted_words(document, statements)
        if omit:
            names = [name for name in names if name.partition(":")[0] not in omit]
        features.append(tuple(sorted(set(names))))
    return Described(focus, tuple(found), tuple(nearby), tuple(features))


# --- role and body -------------------------------------------------------------------------------


def _pieces(speaker: Speaker, text: str) -> tuple[str, ...]:
    """The descriptions of a speaker, the most telling first: role, name of a body, mentions."""
    pieces = [speaker.role] if speaker.role else []
    person = speaker.type == "person" and speaker.named
    own = frozenset(WORD.findall(speaker.name)) if person else frozenset()
    if not person:
        pieces.append(speaker.name)
    for start, end in speaker.mentions:
        piece = text[start:end]
        if person:
            piece = " ".join(word for word in WORD.findall(piece) if word not in own)
        if piece and piece not in pieces:
            pieces.append(piece)
    return tuple(pieces)


def _completed(
    document: Document, ties: Sequence[Hit[Tie]], pieces: tuple[str, ...], speaker: Speaker, lexicon: Lexicon
) -> tuple[str, ...]:
    """The descriptions, with the body that the first of them leaves out.

    *Juru bicaranya*, *direktur rumah sakit tersebut* and *ketua komisi* point back to a body
    that was named before; *ketua ABC* to what ABC was said to be.
    """
    piece = pieces[0]
    words = WORD.findall(piece)
    here = document.word_at(speaker.mentions[0].start)
    for word in words:
        if word.isupper() and 1 < len(word) <= _ACRONYM:
            found = _spelled_out(document, word)
            if found:
                return (f"{piece} {found}", *pieces)
    last = words[-1].lower()
    owned = any(word.lower() in lexicon.roles.owned for word in words[:3])
    if owned or last in _POINTERS or last in _BODIES:
        found = _named_before(document, ties, here, lexicon)
        if found:
            return (f"{piece} {found}", *pieces)
    return pieces


def _spelled_out(document: Document, acronym: str) -> str:
    """The words before the first place where ``acronym`` stands, if that is not a sentence's start."""
    place = document.words.index(acronym) if acronym in document.words else -1
    first = place
    while first > 0 and place - first < _SPELLED and not _break_after(document, first - 1):
        first -= 1
    return " ".join(document.words[first:place]) if place > first else ""


def _named_before(document: Document, ties: Sequence[Hit[Tie]], here: int, lexicon: Lexicon) -> str:
    """The first body named in the speaker's sentence before him, or in one of the two before it."""
    last = here
    for _ in range(3):
        first, _ = (
            _sentence_around(document, max(last - 1, 0)) if last < here else _sentence_around(document, here)
        )
        words, lower = document.words[first:last], document.lower[first:last]
        hits = lexicon.roles.classes.find(words, lower)
        places = [first + hit.start for hit in hits if hit.value in lexicon.roles.bodies]
        places += [hit.start for hit in ties if first <= hit.start < last and hit.value.sort == "between"]
        if places:
            place = min(places)
            return " ".join(document.words[place : min(place + _SPELLED, last)])
        if first == 0:
            break
        last = first
    return ""


def _beside_name(document: Document, speaker: Speaker, lexicon: Lexicon) -> tuple[str, ...]:
    """What stands right before and right after the name, where role and mention tell nothing.

    Before it, a run of words of a title (*Sekretaris Daerah Kota X*); after it, between
    commas, an apposition (*, seorang penjahit berusia 34 tahun,*). A name of one word may
    itself be a body's.
    """
    text = document.text
    found: list[str] = []
    for start, end in speaker.mentions[:_LOOKED_AT]:
        before = _TITLE_BEFORE.search(text, max(0, start - _NEIGHBOURHOOD), start)
        if before and _parsed(before[0], lexicon).main:
            found.append(before[0])
        after = _APPOSITION.match(text, end, end + _NEIGHBOURHOOD)
        if after and _starts_with_role(after[1], lexicon):
            found.append(after[1])
    if " " not in speaker.name:
        found.append(speaker.name)
    return tuple(found)


def _starts_with_role(piece: str, lexicon: Lexicon) -> bool:
    words = piece.lower().split()
    while words and words[0] in _OPENERS:
        words = words[1:]
    hits = lexicon.roles.classes.find(words[:4], words[:4])
    return bool(hits) and hits[0].start == 0


def _role(pieces: Iterable[str], lexicon: Lexicon) -> _Role:
    """The description that decides: one that tells of a part in the protest, else the first with a class."""
    parsed = [_parsed(piece, lexicon) for piece in pieces]
    for role in parsed:
        if role.main == _PROTESTER:
            return role
    for role in parsed:
        if role.main:
            return role
    first = next((role for role in parsed if role.words), None)
    return first or _Role((), (), "", ())


@lru_cache(maxsize=4096)
def _parsed(piece: str, lexicon: Lexicon) -> _Role:
    words = WORD.findall(piece)
    lower = [word.lower() for word in words]
    hits = lexicon.roles.classes.find(words, lower)
    classes = tuple(hit.value for hit in hits)
    kinds = tuple(word for hit in hits if hit.value in _KINDS for word in lower[hit.start : hit.end])
    return _Role(classes, tuple(lower), _main(classes, lexicon.roles.titles), kinds)


def _main(classes: Sequence[str], titles: frozenset[str]) -> str:
    """The deciding class.

    It is the first that is neither a head word nor a title that many kinds of bodies give, or
    else that title. What somebody was comes first where it is said first: *mantan menteri*.
    """
    title = ""
    for name in classes:
        if name in titles:
            title = title or name
        elif name != HEAD:
            return name
    return title


def _about_role(role: _Role, speaker: Speaker, *, authority: bool) -> list[str]:
    main = role.main or ("unknown" if role.words else "none")
    names = [f"role:main={main}", f"type:{speaker.type}", "type:named" if speaker.named else "type:unnamed"]
    names.append(f"type:{speaker.type}*{'authority' if authority else main}")
    names += [f"role:has={name}" for name in role.classes]
    names += [f"role:{a}*{b}" for a, b in zip(role.classes, role.classes[1:], strict=False) if a != b]
    names += [f"word:{word}" for word in role.words]
    return names


# --- countries -----------------------------------------------------------------------------------


def _affiliation(pieces: Iterable[str], lexicon: Lexicon) -> Affiliation:
    for piece in pieces:
        tied = affiliation(piece, lexicon)
        if tied.country or tied.between:
            return tied
    return _NO_AFFILIATION


def _of_the_body(document: Document, ties: Sequence[Hit[Tie]], role: _Role, speaker: Speaker) -> Affiliation:
    """The affiliation of a body that the role only points back to: *juru bicara kedutaan (itu)*.

    Where the body's word stands elsewhere before a country or a body between states (*Kedutaan
    Besar X*, *Komisi Eropa*), that one is meant: the nearest before the speaker, else the first.
    """
    bare = [word for word in role.words if word not in _POINTERS]
    if not bare or bare[-1] not in _BODIES or not speaker.mentions:
        return _NO_AFFILIATION
    here = document.word_at(speaker.mentions[0].start)
    best: Tie | None = None
    for hit in ties:
        tie = hit.value
        if tie.sort not in ("name", "between"):
            continue
        if bare[-1] not in document.lower[max(0, hit.start - _BODY_REACH) : hit.end]:
            continue
        if best is None or hit.start < here:
            best = tie
        if hit.start >= here:
            break
    if best is None:
        return _NO_AFFILIATION
    return Affiliation(best.country or None, between=best.sort == "between", seat=False)


def _country(tied: Affiliation, *, authority: bool, focus: str | None) -> str | None:
    """The state spoken for: who has an office without a country's name holds it in the focus country."""
    if not authority or tied.between:
        return None
    return tied.country or focus


def _beside(
    document: Document, ties: Sequence[Hit[Tie]], places: Iterable[int], focus: str | None
) -> str | None:
    """Another country than the focus that is named in the sentences where the speaker stands."""
    starts = [hit.start for hit in ties]
    for offset in places:
        first, last = _sentence_around(document, document.word_at(offset))
        for hit in ties[bisect_left(starts, first) : bisect_right(starts, last)]:
            if hit.value.sort == "name" and hit.value.country != focus:
                return hit.value.country
    return None


def _about_relation(
    role: _Role, tied: Affiliation, focus: str | None, beside: str | None, *, authority: bool, home: bool
) -> list[str]:
    if tied.between:
        relation = "between"
    elif tied.country is None:
        relation = "unsaid"
    else:
        relation = "same" if tied.country == focus else "foreign"
    side = "authority" if authority else "private"
    names = [f"relation:{relation}", f"relation:{relation}&{side}"]
    if role.main:
        names.append(f"relation:{relation}*{role.main}")
        names.append(f"relation:{relation}*{role.main}*{'home' if home else 'abroad'}")
    if tied.seat:
        names.append(f"relation:{relation}&seat")
    if beside:
        names += ["relation:beside", f"relation:beside*{role.main}"]
    return names


# --- the protest ---------------------------------------------------------------------------------


def _context(reading: Reading, lexicon: Lexicon) -> _Context:
    document = reading.document
    told = lexicon.roles.text.find(document.words, document.lower)
    spans = [(s.start, s.end) for s in reading.statements]
    quoted = [_inside(document.starts[hit.start], spans) for hit in told]
    strong = [hit.start for hit in told if "strong" in hit.value]
    weight = sum(max(_WEIGHTS.get(sign, 0.0) for sign in hit.value) for hit in told)
    weak = Counter(document.lower[hit.start] for hit in told if "weak" in hit.value)
    weight += _WEAK * sum(min(times, _WEAK_TIMES) for times in weak.values())
    protest = (
        "" if weight < _HINT else "hint" if weight < _SOME else "some" if weight < _CENTRAL else "central"
    )
    lead = bool(strong) and strong[0] < _LEAD_WORDS
    marks = [hit.start for hit in told if not _MARKS.isdisjoint(hit.value)]
    return _Context(document, told, [hit.start for hit in told], quoted, marks, protest, lead)


def _inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (offset, len(spans) and spans[-1][1]))
    return place > 0 and spans[place - 1][1] > offset


def _about_context(
    context: _Context,
    role: _Role,
    speaker: Speaker,
    statements: Sequence[Statement],
    lexicon: Lexicon,
    *,
    authority: bool,
) -> list[str]:
    if not context.protest:
        return ["context:protest=none"] if len(context.document.words) >= _LEAST_WORDS else []
    side = "authority" if authority else (role.main or ("unknown" if role.words else "none"))
    kind, scene = "authority" if authority else "private", _scene(context)
    naming = f"{speaker.type}&{'named' if speaker.named else 'unnamed'}"
    names: list[str] = []
    for level in _levels(context):
        names.append(f"context:{level}*{side}")
        if not authority:
            names += [f"context:{level}", f"context:{level}*{naming}"]
    places = _places(speaker, statements)
    near, before = _signs_near(context, places)
    near |= _signs_in(role.words, lexicon)
    for where, signs in (("", near), ("before-", before - near)):
        for sign in signs.intersection(_DEEDS):
            names.append(f"context:{where}{sign}&{kind}&{scene}")
            if not where:
                names.append(f"context:{sign}*{side}")
    apart = _distance(context, places)
    if apart > _APART[0]:
        names.append(f"context:apart&{kind}")
    if apart > _APART[1]:
        names.append(f"context:far-apart&{kind}")
    if near.intersection(_SIGNS):
        names.append(f"context:near&{kind}&{scene}")
    if not authority and _is_kin(context, role):
        names += ["context:kin", f"context:kin*{side}"]
    return names


def _levels(context: _Context) -> list[str]:
    """How much of a protest the article speaks of, each step including the ones below it."""
    steps = ["hint", "some", "central"]
    levels = [f"protest>={step}" for step in steps[: steps.index(context.protest) + 1]]
    return [*levels, "protest-leads"] if context.lead else levels


def _scene(context: _Context) -> str:
    """Whether the article speaks of a protest or only hints at one."""
    return "hint" if context.protest == "hint" else "protest"


def _signs_in(words: Sequence[str], lexicon: Lexicon) -> set[str]:
    found: set[str] = set()
    for hit in lexicon.roles.text.find(words, words):
        found.update(hit.value)
    return found


def _is_kin(context: _Context, role: _Role) -> bool:
    """Whether the article speaks of many like the speaker: a *pedagang* where *pedagang* protest."""
    return any(context.document.lower.count(word) >= _KIN for word in role.kinds)


def _places(speaker: Speaker, statements: Sequence[Statement]) -> list[int]:
    """Offsets where the article speaks of the speaker, pronouns at his statements included."""
    places = {mention.start for mention in speaker.mentions}
    for statement in statements:
        anchor = statement.mention or statement.cue
        if anchor is not None:
            places.add(anchor.start)
    return sorted(places)


def _signs_near(context: _Context, places: Iterable[int]) -> tuple[set[str], set[str]]:
    """What the writer (not the speaker) says around the places: in the sentence, and in the one before."""
    document = context.document
    near: set[str] = set()
    before: set[str] = set()
    for offset in places:
        first, last = _sentence_around(document, document.word_at(offset))
        near |= _told(context, first, last)
        if first > 0 and _break_after(document, first - 1) and not _line_after(document, first - 1):
            start, _ = _sentence_around(document, first - 1)
            before |= _told(context, start, first - 1)
    return near, before


def _distance(context: _Context, places: Iterable[int]) -> int:
    """How many words lie between a speaker and the nearest sign of a protest."""
    marks = context.marks
    best = len(context.document.words)
    for offset in places:
        word = context.document.word_at(offset)
        after = bisect_left(marks, word)
        for mark in marks[max(0, after - 1) : after + 1]:
            best = min(best, abs(mark - word))
    return best


def _told(context: _Context, first: int, last: int) -> set[str]:
    """The signs from word ``first`` to ``last`` that are the writer's own."""
    found: set[str] = set()
    low, high = bisect_left(context.starts, first), bisect_right(context.starts, last)
    for hit, quoted in zip(context.told[low:high], context.quoted[low:high], strict=True):
        if not quoted:
            found.update(hit.value)
    return found


def _line_after(document: Document, word: int) -> bool:
    gap = document.gaps[word + 1]
    return "\n" in gap or "\r" in gap


def _sentence_around(document: Document, word: int) -> tuple[int, int]:
    """First and last word of the same sentence, at most ``_REACH`` words away."""
    breaks = document.breaks()
    here = max(word, 0)
    place = bisect_right(breaks, here)
    first = max(0, word - _REACH, breaks[place - 1] if place else 0)
    last = min(len(document.words) - 1, word + _REACH)
    if place < len(breaks):
        last = min(last, breaks[place] - 1)
    return first, max(last, here)


def _break_after(document: Document, word: int) -> bool:
    breaks = document.breaks()
    place = bisect_left(breaks, word + 1)
    return place < len(breaks) and breaks[place] == word + 1


# --- what is said --------------------------------------------------------------------------------


def _about_speech(
    context: _Context, role: _Role, statements: Sequence[Statement], lexicon: Lexicon, *, authority: bool
) -> list[str]:
    names: list[str] = []
    signs: set[str] = set()
    document = context.document
    manner = lexicon.roles.manner
    for statement in statements:
        first, last = (
            bisect_left(document.starts, statement.start),
            bisect_left(document.starts, statement.end),
        )
        low, high = bisect_left(context.starts, first), bisect_left(context.starts, last)
        for hit in context.told[low:high]:
            signs.update(hit.value)
        if statement.cue is not None:
            words = document.text[statement.cue.start : statement.cue.end].lower().split()
            names += [f"cue:{manner[word]}" for word in words if word in manner]
    side = "authority" if authority else "private"
    for sign in _SAYINGS:
        if sign in signs:
            names.append(f"say:{sign}&{side}")
            if context.protest and sign in _OWN:
                names.append(f"say:{sign}&{side}&{_scene(context)}")
                names.append(f"say:{sign}&{_scene(context)}*{role.main or 'none'}")
    return names


def _quoted_words(document: Document, statements: Sequence[Statement]) -> list[str]:
    names: list[str] = []
    for statement in statements:
        first = bisect_left(document.starts, statement.start)
        last = bisect_left(document.starts, statement.end)
        names += [f"quote:{word}" for word in document.lower[first:last]]
    return names
