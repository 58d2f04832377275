"""What an article says a speaker is: the descriptions, their word classes, the state behind them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from quotes.lexicon import Lexicon
from quotes.lexicon.geography import Tie
from quotes.lexicon.phrases import Hit
from quotes.lexicon.roles import HEAD
from quotes.records import Speaker, Statement
from quotes.segment import WORD, Document
from quotes.stance.countries import Affiliation, affiliation
from quotes.stance.scene import break_after, sentence_around

#: Classes of ordinary people; the word itself may be the one the article uses for the protesters.
_KINDS = frozenset({"worker", "student", "grassroots", "resident", "union", "victim", "relative", "owner"})
#: The class of those whose description is a part in a protest.
PROTESTER = "protest_role"
_CAMPUS = "state_campus"
_RELATIVE, _RESIDENT = "relative", "resident"
#: Before a word of kinship: a place or a trade that has to do with them.
_PLACES_OF_KIN = frozenset(
    {"ruang", "dokter", "spesialis", "bagian", "poli", "perlindungan", "komisi", "taman"}
)
#: Classes of those who protest: with an office besides, one speaker may have two sides in an article.
_AT_PROTESTS = frozenset({PROTESTER, "union", "student", "grassroots"})
#: Words for bodies that an article names in full once and then for short, and how many words
#: before the country's name they stand.
_BODIES = frozenset({
    "kedutaan", "kedubes", "konsulat", "kementerian", "departemen", "komisi", "junta", "militer", "tentara",
    "angkatan", "istana", "kabinet", "sekretariat", "parlemen", "badan", "lembaga", "organisasi",
    "perhimpunan", "kantor", "misi", "delegasi",
})  # fmt: skip
_BODY_REACH = 4
_POINTERS = frozenset({"itu", "ini", "tersebut", "tadi"})
#: Roles of these classes may leave out the body that settles the side.
_UNSETTLED = frozenset({"", "director", "president", "representative", "document"})
#: How many words of a form of address stand between a country and a name.
_ADDRESS = 3
_START, _END = attrgetter("start"), attrgetter("end")
#: The longest acronym that is looked up, and how many words may spell it out or name a body.
_ACRONYM, _SPELLED = 6, 7
#: How many mentions are looked at for a title or an apposition, and how far, in characters.
_LOOKED_AT, _NEIGHBOURHOOD = 6, 90
_PLACE_AFTER = re.compile(r" (?:di|dari|pada) (\w+)")
_OPENERS = frozenset({"seorang", "salah", "satu", "para", "yang", "juga", "sang"})
_DEGREES = r"(?:(?:Prof|Dr|dr|drg|Drs|Dra|Ir|Hj?|R|Tgk|Ust|Pdt|St)\. ?)"
_TITLE_BEFORE = re.compile(
    rf"(?:(?:[A-Z][\w/-]*|dan|bidang|untuk|urusan|\([A-Z][\w -]*\)),? ){{1,9}}{_DEGREES}*$"
)
#: *Seorang biksu muda, X*; *Kuasa usaha yang dipanggil, X*; *seorang dokter magang bermarga X*.
_PHRASE_BEFORE = re.compile(
    r"(?:^|[.!?”\"’»\n] ?|\b(?=[Ss](?:eorang|alah s|ang )))([A-Za-z][^.,;:“”\"«»\n]{3,70}?)"
    rf"(?:, | bernama | bermarga | berinisial | yakni | yaitu ){_DEGREES}*$"
)
#: *X (49), petani dari …*; *X alias Y, koordinator …*; *X, M.Si., kepala …*; *X adalah ketua …*.
_APPOSITION = re.compile(
    r"(?: alias [A-Z][\w’' -]{1,24})?(?: \(\d+\))?(?:, [A-Z]+[a-z]{0,3}\.[\w.-]*(?: [A-Z][\w.]*)?|, [A-Z]{2,5}(?=,))*"
    r"(?:, (?:\d+(?: tahun)?, )?|(?:, yang [^.;:“”\"\n]{3,60},)? (?:adalah|merupakan|menjadi|selaku) )"
    r"([A-Za-z][^,.;:“”\"\n]{4,80})"
)


@dataclass(frozen=True, slots=True)
class Role:
    """What a description says.

    Attributes:
        classes: its word classes, in order.
        words: its words, lower-cased.
        main: the class that decides, or "".
        kinds: the words of ordinary people's classes.
    """

    classes: tuple[str, ...]
    words: tuple[str, ...]
    main: str
    kinds: tuple[str, ...]


NO_ROLE = Role((), (), "", ())
NO_AFFILIATION = Affiliation(None, between=False, seat=False)


def describe_speaker(
    document: Document, ties: Sequence[Hit[Tie]], speaker: Speaker, lexicon: Lexicon, *, protest: bool = True
) -> tuple[Role, Affiliation]:
    """The role of a speaker and the state or body between states behind it.

    Args:
        document: the article.
        ties: what ties its words to countries.
        speaker: who is described.
        lexicon: the language data.
        protest: whether the article tells of a protest, in which a settled speaker may have a part.
    """
    person = speaker.type == "person" and speaker.named
    pieces = _pieces(speaker, document.text)
    role = _role(pieces, lexicon)
    if person and role.main in _KINDS:
        # A title at the name is surer than a description elsewhere.
        role = next((r for r in _all_parsed(pieces, lexicon) if r.main in lexicon.roles.states), role)
    owned = any(word in lexicon.roles.owned for word in role.words[:3])
    if (role.main in _UNSETTLED or owned) and role.words and speaker.mentions:
        pieces = _completed(document, ties, pieces, speaker, lexicon)
        role = _role(pieces, lexicon)
    settled = role.main in lexicon.roles.states or role.main == PROTESTER or (role.main and not protest)
    if speaker.type == "person" and not settled:
        beside = _beside_name(document, speaker, lexicon)
        if (
            role.main
        ):  # the role that stands at the statement stays, unless the other is a part in the protest
            beside = tuple(piece for piece in beside if _parsed(piece, lexicon).main == PROTESTER)
        role = _role((*pieces, *beside), lexicon)
        pieces = (*pieces, *beside)
    tied = _affiliation(pieces, lexicon)
    if tied == NO_AFFILIATION and person and role.main in lexicon.roles.states:
        tied = _introduced(document, ties, speaker.name)
    if tied == NO_AFFILIATION and role.classes:
        if speaker.type == "person" and not speaker.named and role.main in lexicon.roles.states:
            role = _with_place(document, role, speaker)
        tied = _of_the_body(document, ties, role, speaker)
    # A person is no country and no seat of government, whatever stands beside the name.
    return role, tied._replace(seat=False) if person else tied


def two_roles(
    document: Document, speaker: Speaker, statements: Sequence[Statement], lexicon: Lexicon
) -> list[tuple[Speaker, list[Statement]]]:
    """The speaker once, or twice where the article gives him an office and a part in the protest.

    An article may quote a member of parliament who is introduced further down as the leader
    of the union that marches. Each statement belongs to the role that was told last before it.
    """
    if not (speaker.type == "person" and speaker.named and len(speaker.mentions) > 1):
        return [(speaker, list(statements))]
    own = frozenset(WORD.findall(speaker.name))
    told: list[tuple[int, str, bool]] = []
    for start, end in speaker.mentions:
        piece = " ".join(word for word in WORD.findall(document.text[start:end]) if word not in own)
        main = _parsed(piece, lexicon).main if piece else ""
        if main in lexicon.roles.states or main in _AT_PROTESTS:
            told.append((start, piece, main in lexicon.roles.states))
    if len({authority for _, _, authority in told}) < 2:
        return [(speaker, list(statements))]
    return [
        (
            replace(
                speaker,
                role=next(piece for _, piece, authority in told if authority == kind),
                mentions=tuple(m for m in speaker.mentions if _told_last(told, m.start) == kind),
            ),
            [s for s in statements if _told_last(told, (s.mention or s.cue or s).start) == kind],
        )
        for kind in (True, False)
    ]


def _told_last(told: Sequence[tuple[int, str, bool]], offset: int) -> bool:
    """Whether the role told last before the offset (else the first one) is an office."""
    return next((kind for start, _, kind in reversed(told) if start <= offset), told[0][2])


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


def _with_place(document: Document, role: Role, speaker: Speaker) -> Role:
    """The role of somebody unnamed with what follows the mention: *seorang pejabat* di sekretariat."""
    for _, end in speaker.mentions:
        after = _PLACE_AFTER.match(document.text, end)
        if after and after[1].lower() in _BODIES:
            return replace(role, words=(*role.words, after[1].lower()))
    return role


def _completed(
    document: Document, ties: Sequence[Hit[Tie]], pieces: tuple[str, ...], speaker: Speaker, lexicon: Lexicon
) -> tuple[str, ...]:
    """The descriptions, with the body that the first of them leaves out.

    *Juru bicaranya*, *direktur rumah sakit tersebut* and *ketua komisi* point back to a body
    that was named before; *ketua ABC* to what ABC was said to be.
    """
    piece = pieces[0]
    words = WORD.findall(piece)
    if not words:
        return pieces
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
    while first > 0 and place - first < _SPELLED and not break_after(document, first - 1):
        first -= 1
    return " ".join(document.words[first:place]) if place > first else ""


def _named_before(document: Document, ties: Sequence[Hit[Tie]], here: int, lexicon: Lexicon) -> str:
    """The first body named in the speaker's sentence before him, or in one of the two before it."""
    last = word = here
    for _ in range(3):
        first, _ = sentence_around(document, word)
        words, lower = document.words[first:last], document.lower[first:last]
        hits = lexicon.roles.classes.find(words, lower)
        places = [first + hit.start for hit in hits if hit.value in lexicon.roles.bodies]
        places += [hit.start for hit in ties if first <= hit.start < last and hit.value.sort == "between"]
        if places:
            place = min(places)
            return " ".join(document.words[place : min(place + _SPELLED, last)])
        if first == 0:
            break
        last, word = first, first - 1
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
        before = _PHRASE_BEFORE.search(text, max(0, start - _NEIGHBOURHOOD), start)
        if before and _starts_with_role(before[1], lexicon):
            found.append(before[1])
        after = _APPOSITION.match(text, end, end + _NEIGHBOURHOOD)
        if after and _starts_with_role(after[1], lexicon):
            found.append(after[1])
    if " " not in speaker.name:
        found.append(speaker.name)
    return tuple(found)


@lru_cache(maxsize=4096)
def _starts_with_role(piece: str, lexicon: Lexicon) -> bool:
    words = piece.lower().split()
    while words and words[0] in _OPENERS:
        words = words[1:]
    hits = lexicon.roles.classes.find(words[:4], words[:4])
    return bool(hits) and hits[0].start == 0


def _role(pieces: Iterable[str], lexicon: Lexicon) -> Role:
    """The description that decides: one that tells of a part in the protest, else the first with a class."""
    parsed = _all_parsed(pieces, lexicon)
    for role in parsed:
        if role.main == PROTESTER:
            return role
    for role in parsed:
        if role.main:
            return role
    first = next((role for role in parsed if role.words), None)
    return first or NO_ROLE


def _all_parsed(pieces: Iterable[str], lexicon: Lexicon) -> list[Role]:
    return [_parsed(piece, lexicon) for piece in pieces]


@lru_cache(maxsize=4096)
def _parsed(piece: str, lexicon: Lexicon) -> Role:
    words = WORD.findall(piece)
    lower = [_singular(word.lower(), lexicon) for word in words]
    hits = [hit for hit in lexicon.roles.classes.find(words, lower) if not _named_after(hit, words, lower)]
    classes = tuple(_as_woman(hit, lower) for hit in hits)
    kinds = tuple(word for hit in hits if hit.value in _KINDS for word in lower[hit.start : hit.end])
    return Role(classes, tuple(lower), _main(classes, lexicon.roles.titles), kinds)


def _singular(word: str, lexicon: Lexicon) -> str:
    """*pejabat* for *pejabat-pejabat*, where the lexicon has no word of its own for the doubled one."""
    half, hyphen, other = word.partition("-")
    return half if hyphen and half == other and word not in lexicon.roles.classes else word


def _named_after(hit: Hit[str], words: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a word of kinship is none: part of a name (Koperasi Putra X), or of a place (perawat ruang anak)."""
    if hit.value != _RELATIVE or hit.start == 0:
        return False
    return words[hit.start][0].isupper() or lower[hit.start - 1] in _PLACES_OF_KIN


def _as_woman(hit: Hit[str], lower: Sequence[str]) -> str:
    """The class of a hit; *seorang ibu* is a woman, *ibu korban* somebody's mother."""
    if hit.value == _RELATIVE and lower[hit.start : hit.end] == ["ibu"] and hit.end == len(lower):
        return _RESIDENT if lower[:1] == ["seorang"] else hit.value
    return hit.value


def _main(classes: Sequence[str], titles: frozenset[str]) -> str:
    """The deciding class.

    It is the first that is neither a head word nor a title that many kinds of bodies give, or
    else that title. What somebody was comes first where it is said first: *mantan menteri*.
    """
    title = ""
    for name in classes:
        if name in titles:
            # Who heads a unit of a university is one of its scholars, unless he heads the whole.
            title = title or ("expert" if name == _CAMPUS and HEAD in classes else name)
        elif name != HEAD:
            return name
    return title


def _affiliation(pieces: Iterable[str], lexicon: Lexicon) -> Affiliation:
    for piece in pieces:
        tied = affiliation(piece, lexicon)
        if tied.country or tied.between:
            return tied
    return NO_AFFILIATION


def _introduced(document: Document, ties: Sequence[Hit[Tie]], name: str) -> Affiliation:
    """The country in the title with which the article introduces an office-holder by full name.

    *Perdana Menteri X* may have been *Perdana Menteri Malaysia Datuk Seri Y X*: a country right
    before the name, with nothing but a form of address between.
    """
    opening = WORD.match(name) if " " in name else None
    places = document.places(opening[0].lower()) if opening is not None else ()
    place = next((place for place in places if document.text.startswith(name, document.starts[place])), None)
    if place is None:
        return NO_AFFILIATION
    near = bisect_left(ties, place - _ADDRESS, key=_END), bisect_right(ties, place, key=_END)
    for hit in ties[slice(*near)]:
        if hit.value.sort != "name" or not hit.start:
            continue
        if all(
            document.words[word][0].isupper() and not set(",;:()\n") & set(document.gaps[word])
            for word in range(hit.start, place + 1)
        ):
            return Affiliation(hit.value.country, between=False, seat=False)
    return NO_AFFILIATION


def _of_the_body(document: Document, ties: Sequence[Hit[Tie]], role: Role, speaker: Speaker) -> Affiliation:
    """The affiliation of a body that the role only points back to: *juru bicara kedutaan (itu)*.

    Where the body's word stands elsewhere before a country or a body between states (*Kedutaan
    Besar X*, *Komisi Eropa*), that one is meant: the nearest before the speaker, else the first.
    """
    bare = [word for word in role.words if word not in _POINTERS]
    if not bare or bare[-1] not in _BODIES or not speaker.mentions:
        return NO_AFFILIATION
    here = document.word_at(speaker.mentions[0].start)
    middle = bisect_left(ties, here, key=_START)
    for number in chain(range(middle - 1, -1, -1), range(middle, len(ties))):
        start, end, tie = ties[number]
        # An institution is that body where the body's word is part of its name: Departemen Luar Negeri AS.
        reach = 0 if tie.sort == "institution" else _BODY_REACH
        if (
            tie.sort in ("name", "between", "institution")
            and bare[-1] in document.lower[max(0, start - reach) : end]
        ):
            return Affiliation(tie.country or None, between=tie.sort == "between", seat=False)
    return NO_AFFILIATION
