"""Noun phrases: the words of an article with their classes, and the phrase that starts at a word.

The parser reads a phrase forwards, word by word, with the word classes of the lexicon and
three kinds of evidence from the article itself: capital letters, words the article also
writes in lower case (so they are no names), and punctuation between words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, repeat
from operator import itemgetter, not_
from typing import NamedTuple

from quotes.lexicon.words import (
    ADVERB,
    ADVERB_OR_CUE,
    AMBIGUOUS,
    BODY,
    BODY_OR_COMMON,
    BODY_OR_COMMON_OR_PLACE,
    BODY_OR_PROPER_HEAD,
    COMMON,
    COMMON_OR_PLACE,
    CONJUNCTION,
    CUE,
    DEGREE,
    DEMONSTRATIVE,
    DETERMINER,
    DETERMINER_OR_ROLE,
    DOCUMENT,
    ENDS_NAME,
    ENDS_PHRASE,
    ENGLISH,
    FIRST_PERSON,
    GIVEN,
    KNOWN_NOUN,
    NAME_PARTICLE,
    NAMED_BODY,
    NEVER_NAME,
    NO_CAPITALISED_SUBJECT,
    NO_INITIALS,
    NO_LOWER_SUBJECT,
    NO_VERB,
    NOUN_BEFORE_CUE,
    NUMBERED,
    OPENS_CAPITALISED,
    OPENS_LOWER,
    ORDINARY_NOUN,
    PLACE,
    PLURAL_DETERMINER,
    PLURAL_PRONOUN,
    PREPOSITION,
    PREPOSITION_OR_ADVERB_OR_CUE,
    PREPOSITION_OR_CONJUNCTION,
    PRONOUN,
    PROPER_HEAD,
    RANK,
    RANK_OR_GIVEN,
    RANK_OR_ROLE_OR_BODY,
    ROLE,
    ROLE_OR_BODY,
    ROLE_OR_BODY_OR_COMMON,
    ROLE_OR_BODY_OR_GIVEN,
    ROLE_PREPOSITION,
    ROLE_PREPOSITION_OR_CONJUNCTION,
    SINGULAR_DETERMINER_OR_ROLE,
    TAKES_NUMBER,
    TIME,
    TITLE,
    TITLE_OR_DEGREE,
    TITLE_OR_RANK,
    TITLE_OR_RANK_OR_PLACE,
    TITLE_OR_RANK_OR_ROLE,
    TITLE_OR_ROLE,
    Words,
)
from quotes.records import Span
from quotes.segment import Document

#: Heads of bodies that are called by whose they are.
_OF_PERSONS = frozenset(
    (
        "pihak",
        "kubu",
        "rezim",
        "pemerintahan",
        "kabinet",
        "pemerintah",
        "keluarga",
        "tim",
        "pasukan",
        "kelompok",
    )
)
#: Offices of firms.
_OF_FIRMS = frozenset(
    (
        "ceo",
        "coo",
        "cfo",
        "cto",
        "direktur",
        "utama",
        "dirut",
        "presdir",
        "manajer",
        "founder",
        "pendiri",
        "bos",
    )
)
#: Heads of the names of firms and the like.
_FIRMS = frozenset(("pt", "cv", "ud", "bank", "yayasan", "koperasi", "hotel", "klub", "pabrik"))
#: What the names of firms and foundations end in; some are persons' names as well.
_OF_FIRM_NAMES = frozenset(
    (
        "abadi",
        "bakti",
        "bersama",
        "bersaudara",
        "gemilang",
        "harapan",
        "internasional",
        "jaya",
        "karya",
        "lestari",
        "makmur",
        "maju",
        "mandiri",
        "mas",
        "mulia",
        "nusantara",
        "perdana",
        "perkasa",
        "persada",
        "prima",
        "raharja",
        "raya",
        "sejahtera",
        "sentosa",
        "sukses",
        "tunggal",
        "utama",
    )
)
#: Offices that are held in a place, named right behind them.
_OF_PLACES = frozenset(
    (
        "camat",
        "lurah",
        "kades",
        "kapolsek",
        "wakapolsek",
        "danramil",
        "kalapas",
        "karutan",
        "sekcam",
        "sekdes",
        "polsek",
        "koramil",
    )
)
#: What stands before the name of a place and of nothing else.
_BEFORE_PLACES = frozenset(
    (
        "di",
        "ke",
        "kecamatan",
        "desa",
        "kelurahan",
        "kampung",
        "warga",
        "wilayah",
        "kawasan",
        "mapolsek",
        "koramil",
        "polsek",
    )
)
_COMPANY = re.compile(r"PT (?:[A-Z][\w&.-]*+ ){1,6}?(?:\(Persero\)(?: Tbk)?|Tbk|Persero)")
_BRACKETED = re.compile(r"\(([A-Z][\w/-]{1,11}(?: [A-Z][\w/-]{1,11}){0,2})\)")
#: Persons given by initials: berinisial MA, MA (30). What is rare comes first, so that a text is searched at once.
_INITIALS = re.compile(r"nisial(?:(?<=\b[Ii]nisial)(?:nya)?|(?<=\bberinisial)) ([A-Z]{1,4})\b")
_AGE = re.compile(r" \(\d{1,2}[,) ]")
_AGED = re.compile(r"\b[A-Z]{1,3}\Z")
#: Bodies whose seat abroad is part of their name: Kedutaan Besar Ukraina di Jakarta.
_FOLLOWERS = frozenset(("pendukung", "simpatisan", "keluarga", "massa", "kubu", "pengikut", "loyalis"))
_HONORIFIC = frozenset(
    (
        "bu",
        "pak",
        "ibu",
        "bapak",
        "mas",
        "mbak",
        "bang",
        "kang",
        "kak",
        "haji",
        "hajah",
        "hj",
        "tuan",
        "nyonya",
        "nona",
        "ny",
    )
)
_BALINESE = frozenset(
    ("wayan", "made", "nyoman", "ketut", "putu", "gede", "komang", "kadek", "gusti", "dewa", "nengah")
)
_FAMILIAR = frozenset(
    (
        "mama",
        "mbah",
        "mbok",
        "mak",
        "kang",
        "bibi",
        "tante",
        "om",
        "wak",
        "uwak",
        "opa",
        "oma",
        "mang",
        "cak",
        "nek",
    )
)
#: Words that lead to somebody's name inside a description.
_NAMED = frozenset(("bernama", "berinisial", "bermarga"))
_BEFORE_EPONYM = frozenset(("dr", "prof", "drs", "ir", "drg", "kh"))
#: Their names are often those of persons.
_STREETS = frozenset(("jalan", "jl", "jln", "gang", "gg"))
_ENGLISH_JOINTS = frozenset(("of", "for", "and", "on", "the", "in"))
_MISSIONS = frozenset(("kedutaan", "kedubes", "konsulat", "delegasi", "misi", "kbri", "kjri"))
_KIN = frozenset(
    ("ayah", "ibu", "bapak", "istri", "suami", "anak", "adik", "kakak", "paman", "bibi", "kakek", "nenek")
)
#: Agent nouns in capitals before a name: Penyelam Olimpiade Tom Daley.
_AGENT = re.compile(r"(?:peng|peny|pem|pen)[a-z]{4,}(?<!an)$")
#: Prepositions behind which a name is a place's or a body's.
_PLACING = frozenset(("dari", "asal", "di", "ke", "untuk"))
_FIRST_PERSONS = frozenset(("kita", "kami", "aku", "saya"))
#: Words of a phrase that no class tells.
_GOING_ON = frozenset(("kali", "dalam", "luar", "di"))
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"))
_PAREN = re.compile(r"\s*\(([^()\n]{1,60})\)")
_LONG_NAME = 12  # words: no name has more, whatever follows it in capitals
_STARTING = re.compile('[.!?:"“”„«»‘\n\r—–]')
_ARABIC = re.compile(r"\b(?:a[ldrsnzt]|el|ash|adh|ath)-[A-Z]")  # al-Moualem counts as capitalised
#: The same, to be searched for: the hyphen comes first.
_ARABIC_NAME = re.compile(r"-(?:(?<=\ba[ldrsnzt]-)|(?<=\bel-)|(?<=\b(?:ash|adh|ath)-))[A-Z]")
_ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9&/-]*[A-Z0-9]$")
_VERBAL = re.compile(r"(?:me[mnlrwy]|ber|be[lr]|di|ter|menge)[a-z-]{4,}$")
_NOUN = re.compile(r"(?:pe[mnlrwy]?|per|ke|se)[a-z]{4,}(?:an|ian)$|[a-z]{3,}(?:asi|logi|itas|isme|grafi)$")
_SPACE = frozenset((" ", "\u00a0", "  ", "\u202f"))

#: What a dotted degree begins with: S.H., M.Si, Sp.PD, Ph.D; and what may join one degree to the next.
_DEGREE_HEADS = frozenset(("s", "m", "sp", "ph", "a", "b", "d", "l", "e", "lc", "apt", "psi"))
_BEFORE_DEGREE = frozenset((", ", ",", " ", "), "))
_BETWEEN_DEGREES = frozenset((", ", ",", "., ", ".,", ". ", " ", "),", "), ", ")., "))
#: A line with so many capitals among its words, and no more words than this, is a headline.
_HEADLINE_SHARE = 0.7
_HEADLINE_WORDS = range(4, 31)
#: Lower-case modifiers with a verbal prefix that go on with a description of somebody.
_MODIFIERS = frozenset(
    ("berusia", "bernama", "berinisial", "bersenjata", "bertopeng", "berpakaian", "berseragam", "bersangkutan",
     "berwenang", "terkait", "tertinggi", "terbesar", "terdekat", "bertugas", "berpangkat", "bermotor")
).union(
    # What somebody wears or looks like.
    f"ber{worn}"
    for worn in (
        "almamater", "badan", "baju", "batik", "cadar", "celana", "gamis", "gaun", "helm", "hijab", "jaket", "jas",
        "jenggot", "jilbab", "kacamata", "kaos", "kaus", "kebangsaan", "kebaya", "kemeja", "kerudung",
        "kewarganegaraan", "kopiah", "kostum", "kulit", "kumis", "masker", "peci", "perawakan", "rok", "rompi",
        "sarung", "sorban", "tato", "topi", "tubuh",
    )
)  # fmt: skip


class Phrase(NamedTuple):
    """A noun phrase.

    ``first``/``last`` are word indices (half-open); ``start``/``end`` code points.
    ``name`` is the half-open word range of the personal name in it (empty range if none);
    ``role`` the word range before it that says what the person is.
    ``kind``: name, body, title (a role used for a name: Presiden), phrase, pronoun, document.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    name: tuple[int, int]
    role: tuple[int, int]
    plural: bool


#: Words of time that people are called.
_TIMES_AND_NAMES = frozenset(("hari",))
#: No name is so long, begins like a verb and ends in -nya.
_LONG_VERB = 7
#: Determiners of things, and those of persons that need a noun; alone they are nobody.
_NOT_ALONE = frozenset(("sebuah", "suatu", "sang", "si"))
#: Time zones, which are written in capitals.
_ZONES = frozenset(("wib", "wita", "wit"))


class Tagged:
    """A document with the classes of its words.

    Attributes:
        document: the text and its words.
        gaps: what stands between each word and the one before.
        marks: the gaps without the white space around them.
        flags: lexicon classes of each word.
        upper: whether each word starts with a capital letter.
        common: words that the article also writes in lower case.
    """

    __slots__ = (
        "_known",
        "_names",
        "_noun_names",
        "_ordinary_words",
        "_written",
        "called",
        "capitals",
        "common",
        "degrees",
        "document",
        "eponyms",
        "flags",
        "gaps",
        "handles",
        "headlines",
        "initials",
        "inside_degrees",
        "marks",
        "offices",
        "parsed",
        "proper",
        "solid",
        "starts",
        "upper",
    )

    def __init__(self, document: Document, words: Words) -> None:
        self.document = document
        self.gaps, self.marks = document.gaps, document.marks
        self._known, self._ordinary_words = words.flags, words.ordinary
        self.offices = words.offices
        lower, raw = document.lower, document.words
        self._noun_names: dict[str, bool] = {}
        self._written: dict[str, list[int]] | None = None
        self.parsed: dict[tuple[int, int], Phrase | None] = {}
        self.flags = flags = list(map(words.flags.get, lower, repeat(0)))
        if "-" in document.text:
            for index, low in enumerate(lower):
                if not flags[index] and _is_doubled(low):  # pejabat-pejabat are people as a pejabat is
                    flags[index] = words.flags.get(low.partition("-")[0], 0) & ROLE
        self.upper = list(map(str.isupper, map(itemgetter(0), raw)))
        if _ARABIC_NAME.search(document.text):
            self.upper = [
                up or _ARABIC.match(word) is not None for up, word in zip(self.upper, raw, strict=True)
            ]
        self._names: list[bool | None] = [None if up else False for up in self.upper]
        self.capitals = list(compress(range(len(raw)), self.upper))
        for index in self.capitals:
            if flags[index] & PLACE and len(raw[index]) < 3 and not raw[index].isupper():
                flags[index] &= ~PLACE  # an abbreviation of a country (AS, RI) is one in capitals only
        self._mark_places(words)
        self.common = set(compress(lower, map(not_, self.upper)))
        if "." in self.gaps:
            self.common -= self._only_in_addresses()
        self.initials = _initials_in(document.text)
        self.eponyms = frozenset((*self._institutions(words), *self._ends_of_firms()))
        self.degrees = self._degrees()
        self.handles = (
            frozenset(index for index, mark in enumerate(self.marks) if mark.endswith("@"))
            if "@" in document.text
            else frozenset()
        )
        self.inside_degrees = frozenset(
            index for first, last in self.degrees.items() for index in range(first, last)
        )
        self.starts = self._starts()
        self._mark_namesakes()
        self._mark_bodies()
        self.called = self._called()
        self.headlines = self._headlines()
        self.proper = self._proper_parts()
        self.solid = {lower[index] for index in self.capitals if not self.starts[index]}

    def _mark_namesakes(self) -> None:
        """Take words of time for names where they can be nothing else: kata Hari; Hari mengatakan."""
        lower, flags = self.document.lower, self.flags
        for index in self.capitals:
            if lower[index] in _ZONES and not self.document.words[index].isupper():
                flags[index] = 0  # Femke de Wit
            if lower[index] not in _TIMES_AND_NAMES or index + 1 == len(lower):
                continue
            joined = self.upper[index + 1] and self.gaps[index + 1] == " "
            named = joined and flags[index + 1] in (0, GIVEN)  # Hari Prasetyanto, not Hari Raya
            alone = not self.starts[index] and not joined
            if named or alone or (flags[index + 1] & CUE and not self.upper[index + 1]):
                flags[index] = GIVEN

    def _mark_bodies(self) -> None:
        """Take ordinary nouns for heads of bodies where a name follows: Front Sinar Maju."""
        flags = self.flags
        for index in [index for index in self.capitals if flags[index] & NAMED_BODY]:
            if self.adjoins(index + 1):
                flags[index] = flags[index] & ~(ROLE | COMMON) | BODY
        lower = self.document.lower
        for index in [index for index in self.capitals if lower[index] == "lapangan"]:
            if index and lower[index - 1] == "koordinator":
                flags[index] = ROLE  # an office, not a place

    def _only_in_addresses(self) -> set[str]:
        """Lower-case words that stand in addresses and names of accounts only: siti.rahma, warta.example."""
        gaps, lower = self.gaps, self.document.lower
        dotted = [index for index, gap in enumerate(gaps) if gap == "." and index]
        glued = {index for behind in dotted for index in (behind - 1, behind) if not self.upper[index]}
        held = {lower[index] for index in glued}
        free = {
            lower[index]
            for index in range(len(gaps))
            if lower[index] in held and index not in glued and not self.upper[index]
        }
        return held - free

    def _starts(self) -> list[bool]:
        """Whether each capitalised word may owe its capital to its place: behind a stop, a mark or a line break."""
        gaps = self.gaps
        starts = [True] * len(gaps)
        for index in self.capitals:
            gap = gaps[index]
            if gap == " ":
                starts[index] = False
            elif len(gap) == 1:
                starts[index] = gap in '\n."“”'
            elif index:
                titled = self.marks[index] == "." and (
                    self.flags[index - 1] & TITLE_OR_RANK or self.shortens(index - 1)
                )
                starts[index] = not titled and _STARTING.search(gap) is not None
        return starts

    def _degrees(self) -> dict[int, int]:
        """Academic degrees behind a name: the first word of each chain, and the word behind its last."""
        chains: dict[int, int] = {}
        flags, upper, gaps = self.flags, self.upper, self.gaps
        reached = 0
        for index in self.capitals:
            if index < max(reached, 1) or not (flags[index] & DEGREE and upper[index - 1]):
                continue
            if gaps[index] not in _BEFORE_DEGREE:
                continue
            last = self._degree(index, chained=gaps[index] == " ")
            if last == index:
                continue
            while last < len(flags) and upper[last] and gaps[last] in _BETWEEN_DEGREES:
                following = self._degree(last, chained=gaps[last] == " ")
                if following == last:
                    break
                last = following
            chains[index] = reached = last
        return chains

    def _degree(self, index: int, *, chained: bool) -> int:
        """The word behind the degree that starts at ``index``; ``index`` if none does."""
        words, gaps, lower = self.document.words, self.gaps, self.document.lower
        count = len(words)
        if not self.flags[index] & DEGREE:
            return index
        last = index + 1
        if lower[index] in _DEGREE_HEADS:
            while last < count and last < index + 4 and gaps[last] in (".", "-") and self.upper[last]:
                last += 1
            if last > index + 1:
                joined = "".join(lower[index:last])
                if last < count and gaps[last] == "(" and len(words[last]) == 1:
                    last += 1  # Sp.A(K)
                if self._known.get(joined, 0) & DEGREE:
                    return last
                named = last < count and gaps[last] in (" ", ". ") and self.upper[last]
                return index if chained or (named and lower[index] not in ("s", "m", "sp", "ph")) else last
        word = words[index]
        several = len(word) > 1 and sum(map(str.isupper, word)) > 1
        return last if several or word in ("Lc", "Apt", "Ners") else index

    def _headlines(self) -> list[Span]:
        """The word ranges of lines whose words are nearly all capitalised, as headlines and links have them.

        The first line alone where such lines are most of the text, if it is one.
        """
        document = self.document
        found: list[Span] = []
        for start, end in document.paragraphs:
            first = bisect_left(document.starts, start)
            last = bisect_left(document.starts, end)
            if last - first not in _HEADLINE_WORDS or document.text[end - 1] == ".":
                continue
            held = bisect_left(self.capitals, last) - bisect_left(self.capitals, first)
            if held >= _HEADLINE_SHARE * (last - first):
                found.append(Span(first, last))
        if 3 * len(found) <= len(document.paragraphs):
            return found
        return found[:1] if len(document.paragraphs) > 1 and not found[0].start else []

    def in_headline(self, index: int) -> bool:
        """Whether a word stands in a line of a headline."""
        number = bisect_right(self.headlines, index, key=lambda line: line.start)
        return number > 0 and index < self.headlines[number - 1].end

    def _mark_places(self, words: Words) -> None:
        """Flag the words of place names of several words: Lanny Jaya, but not Lanny."""
        lower, places = self.document.lower, words.places
        for index in [index for index in self.capitals if lower[index] in places]:
            for rest in places[lower[index]]:
                if tuple(lower[index + 1 : index + 1 + len(rest)]) == rest:
                    for place in range(index, index + 1 + len(rest)):
                        self.flags[place] |= PLACE

    def _institutions(self, words: Words) -> Iterator[int]:
        """The words of persons' names that are part of a body's name: Syarif Hidayatullah, Kejaksaan Agung."""
        lower = self.document.lower
        institutions = words.institutions
        for index in [index for index in self.capitals if lower[index] in institutions]:
            for rest in institutions[lower[index]]:
                if tuple(lower[index + 1 : index + 1 + len(rest)]) == rest and (
                    (index and self.upper[index - 1]) or self.flags[index] & ROLE
                ):
                    yield from range(index, index + 1 + len(rest))

    def _ends_of_firms(self) -> Iterator[int]:
        """The last words of firms' names before a person's: PT Sinar [Jaya] Budi Santoso."""
        lower, flags = self.document.lower, self.flags
        for head in [index for index in self.capitals if lower[index] in _FIRMS]:
            for index in range(head + 1, head + _LONG_NAME):
                if not self.adjoins(index) or not self.adjoins(index + 2):
                    break
                if lower[index] not in _OF_FIRM_NAMES or not self.adjoins(index + 1):
                    continue
                if self.surely_given(index + 1) or not flags[index + 1] | flags[index] & GIVEN:
                    yield index

    def _proper_parts(self) -> frozenset[int]:
        """Capitalised words that belong to the name of a body or place before them.

        The word behind a head such as Desa, Universitas or Hotel, where another name
        follows; the words an acronym in brackets spells out; and the words in brackets.
        """
        parts: set[int] = set()
        document, flags, upper = self.document, self.flags, self.upper
        for index in [index for index in self.capitals if flags[index] & PROPER_HEAD]:
            parts.update(self._behind_head(index))
        parts.update(self.eponyms)
        parts.update(self._english_bodies())
        for match in _BRACKETED.finditer(document.text):
            inner = bisect_left(document.starts, match.start(1))
            while inner < len(flags) and document.ends[inner] <= match.end(1):
                parts.add(inner)
                inner += 1
            before = bisect_left(document.starts, match.start()) - 1
            parts.update(_spelt_out(document, upper, before, match[1].split()[0]))
        parts.update(self._firms())
        parts.update(self._places_of_offices())
        parts.update(self._before_names(parts))
        return frozenset(parts)

    def _firms(self) -> Iterator[int]:
        """Unknown names of firms between an office and a name: CEO [Tambakin] Reynard Soegiarto.

        The article calls the firm, but nobody, by that word alone.
        """
        lower, flags = self.document.lower, self.flags
        for index in self.capitals:
            if not index or lower[index - 1] not in _OF_FIRMS or flags[index]:
                continue
            if not (self.adjoins(index) and self.adjoins(index + 1) and self.adjoins(index + 2)):
                continue
            if lower[index] in self.called and lower[index + 1] not in self.called:
                continue
            if sum(not self.adjoins(other + 1) for other in self._capitalised(lower[index])) > 1:
                yield index

    def _places_of_offices(self) -> Iterator[int]:
        """Unknown names of places between an office and a name: Camat [Cilincing] Darsono.

        The article has the place elsewhere, or a given name follows that is not the last word.
        """
        lower, flags = self.document.lower, self.flags
        told: dict[str, bool] = {}
        for index in self.capitals:
            if not index or lower[index - 1] not in _OF_PLACES or flags[index] or lower[index] in self.called:
                continue
            behind = index + 1
            while behind < index + 3 and self.adjoins(behind) and not self.surely_given(behind):
                behind += 1
            if self.adjoins(behind) and self.surely_given(behind) and self.adjoins(behind + 1):
                yield from range(index, behind)
            elif self.adjoins(index + 1):
                if lower[index] not in told:
                    others = self._capitalised(lower[index])
                    told[lower[index]] = any(other and lower[other - 1] in _BEFORE_PLACES for other in others)
                if told[lower[index]]:
                    yield index

    def _english_bodies(self) -> Iterator[int]:
        """The words of English names of bodies: [Network for Democracy and Electoral] Integrity Ferry Kurnia.

        Up to a given name, where one follows; else up to the word behind the last joint.
        """
        flags, lower, upper = self.flags, self.document.lower, self.upper
        count = len(flags)
        for joint in [index + 1 for index in self.capitals if index + 2 < count]:
            if lower[joint] not in _ENGLISH_JOINTS or upper[joint]:
                continue
            if not self.gaps[joint] == self.gaps[joint + 1] == " ":
                continue
            first = joint - 1
            while first and self._inside(first) and not flags[first - 1] & (ROLE | PLACE):
                first -= 1
            if flags[first] & (ROLE_OR_BODY_OR_GIVEN):
                first += 1
            last = joint + 1
            while last < count and (lower[last] in _ENGLISH_JOINTS or upper[last]) and self.gaps[last] == " ":
                if self.surely_given(last) or (flags[last] & ROLE_OR_BODY and not flags[last] & ENGLISH):
                    break
                last += 1
            named = last < count and self.surely_given(last) and self._inside(last)
            yield from range(first, last if named else min(last, joint + 2))

    def surely_given(self, index: int) -> bool:
        """Whether the word is a given name and nothing else."""
        return bool(self.flags[index] & GIVEN) and not self.flags[index] & AMBIGUOUS

    def _before_names(self, parts: set[int]) -> Iterator[int]:
        """Unknown words between a role and a name: Wali Kota [Bazhou] Liang Shuqin, later *kata Liang*.

        How the article calls somebody elsewhere tells where the name begins.
        """
        called = self.called
        if not called:
            return
        lower, flags, upper = self.document.lower, self.flags, self.upper
        at = -1
        for index in self.capitals:
            if lower[index] not in called or index <= at or not upper[index - 1] or not self._inside(index):
                continue
            first = index
            while first and self._inside(first) and index - first < _LONG_NAME:
                first -= 1
            head = next((word for word in range(first, index) if flags[word] & ROLE), None)
            if head is None and first and flags[first - 1] & ROLE and self.gaps[first] == " ":
                head = first - 1
            if head is None or head == index - 1:
                continue
            last = index + 1
            while last < len(flags) and upper[last] and self.gaps[last] == " ":
                last += 1
            at = last - 1
            stop = index if last > index + 1 else index - 1  # a family name: the word before belongs to it
            between = range(head + 1, stop)
            if any(flags[word] & TITLE_OR_RANK or lower[word] in called for word in between):
                continue
            for word in reversed(between):
                if flags[word] & KNOWN_NOUN and not flags[word] & GIVEN:
                    break
                if self.is_initial(word):
                    break
                sure = stop == index and not self.surely_given(word)
                if word not in parts and not sure and not self._apart(word):
                    break
                yield word

    def _inside(self, index: int) -> bool:
        """Whether a capitalised word follows another one."""
        return index > 0 and self.upper[index] and self.upper[index - 1] and self.gaps[index] == " "

    def _called(self) -> set[str]:
        """Words by which the article calls somebody: alone beside a reporting word (kata Liang, Liang menambahkan)."""
        found: set[str] = set()
        flags, upper, gaps, lower = self.flags, self.upper, self.gaps, self.document.lower
        count = len(flags)
        for index in self.capitals:
            behind = index + 1
            if not (flags[index - 1] | flags[behind if behind < count else index]) & CUE:
                continue
            if flags[index] & NEVER_NAME and not flags[index] & GIVEN and not self._unusual(index):
                continue
            if behind < count and gaps[behind] == " " and (upper[behind] or flags[behind] & BODY):
                continue
            if index and gaps[index] == " ":
                if upper[index - 1] and not self.starts[index - 1]:
                    continue
                if flags[index - 1] & CUE:
                    found.add(lower[index])
                    continue
            if (
                behind < count
                and gaps[behind] == " "
                and flags[behind] & CUE
                and self.starts[index]
                and len(lower[index]) > 2
            ):
                found.add(lower[index])
        return found

    def _unusual(self, index: int) -> bool:
        """Whether an ordinary noun is only written with a capital here: Airlangga, a university's name too."""
        others = NEVER_NAME & ~COMMON
        return not self.flags[index] & others and self.document.lower[index] not in self.common

    def called_so(self, index: int) -> bool:
        """Whether an ambiguous given name is how the article calls somebody: kata Agung."""
        others = TITLE_OR_RANK_OR_ROLE | BODY | TIME
        return self.document.lower[index] in self.called and not self.flags[index] & others

    def _apart(self, index: int) -> bool:
        """Whether the article also has the word where no name follows: di Sachsen, warga Rawa Buntu."""
        lower, count = self.document.lower, len(self.flags)
        follows = lower[index + 1]
        return any(
            other != index
            and not (other + 1 < count and lower[other + 1] == follows)
            and not self.in_headline(other)
            for other in self._capitalised(lower[index])
        )

    def _capitalised(self, low: str) -> list[int]:
        """Where the article has a word with a capital; made once, for the few words that need it."""
        if self._written is None:
            lower = self.document.lower
            self._written = {}
            for index in self.capitals:
                self._written.setdefault(lower[index], []).append(index)
        return self._written.get(low, [])

    def _behind_head(self, head: int) -> range:
        """The words behind a head such as Desa or Universitas that belong to its name.

        Known places and ordinary words; else the next word, if yet another name follows.
        """
        flags, upper = self.flags, self.upper
        following = head + 1
        if self.document.lower[head] in _STREETS:
            while following < head + _LONG_NAME and self.adjoins(following):
                following += 1
            return range(head + 1, following)
        if self.document.lower[head] in _FIRMS and (self.starts[head] or flags[head - 1] & CUE):
            while following < head + _LONG_NAME and self.adjoins(following):
                if flags[following] & TITLE_OR_RANK or self.document.lower[following] in self.called:
                    break
                following += 1
            else:
                return range(
                    head + 1, following
                )  # nobody's office stands before it, so nobody's name behind it
            following = head + 1
        if self.document.lower[head] == "pt":
            company = _COMPANY.match(self.document.text, self.document.starts[head])
            if company:
                return range(following, bisect_left(self.document.starts, company.end()))
        eponym = following
        while self.adjoins(eponym) and flags[eponym] & COMMON and not flags[eponym] & GIVEN:
            eponym += 1
        if eponym < len(flags) and self.document.lower[eponym] in _BEFORE_EPONYM:
            named = eponym + 1  # RSUP Dr Kariono
            joined = self.gaps[eponym] in _SPACE and named < len(flags)
            if joined and upper[named] and self.marks[named] in ("", "."):
                return range(following, named + 1)
        if (
            following < len(flags)
            and self.document.words[following].isdigit()
            and self.gaps[following] in _SPACE
        ):
            following = head = head + 1
            following += 1
        while (
            following < head + _LONG_NAME
            and self.adjoins(following)
            and flags[following] & (BODY_OR_COMMON_OR_PLACE)
            and not (flags[following] & GIVEN and (following > head + 1 or not flags[following] & PLACE))
        ):
            following += 1
        if following > head + 1 or self.document.lower[head - 1 : head] == ["wali"]:
            return range(head + 1, following)
        if not self.adjoins(following) or flags[following] & (TITLE_OR_RANK_OR_ROLE):
            return range(0)
        if self.surely_given(following):
            return range(0)  # Perumahan Arief Sabaruddin: a given name is nobody's street
        behind = following + 1
        more = behind < len(flags) and upper[behind] and self.marks[behind] in ("", ",")
        return range(following, behind if more or not flags[following] & GIVEN else following)

    def adjoins(self, index: int) -> bool:
        """Whether a capitalised word stands at ``index``, with nothing but a space before it."""
        return index < len(self.flags) and self.upper[index] and self.gaps[index] in _SPACE

    def lexicon_flags(self, word: str) -> int:
        """The lexicon's classes of a lower-case word."""
        return self._known.get(word, 0)

    def gap(self, index: int) -> str:
        """The text between word ``index - 1`` and word ``index``."""
        return self.gaps[index]

    def text(self, first: int, last: int) -> str:
        """The text of words ``[first, last)``."""
        document = self.document
        text = document.text[document.starts[first] : document.ends[last - 1]]
        return text + ")" if text.count("(") > text.count(")") else text

    def span(self, first: int, last: int) -> Span:
        """The offsets of words ``[first, last)``."""
        return Span(self.document.starts[first], self.document.ends[last - 1])

    def is_acronym(self, index: int) -> bool:
        """Whether the word is written in capitals (KPK, PDI-P)."""
        return _ACRONYM.match(self.document.words[index]) is not None

    def shortens(self, index: int) -> bool:
        """Whether the word is a shortened given name: Moh. Zaini."""
        return self.upper[index] and self.document.lower[index] in ("moh", "muh", "mohd", "abd", "ahm", "dt")

    def is_initial(self, index: int) -> bool:
        """Whether the word is a single capital letter."""
        word = self.document.words[index]
        return len(word) == 1 and word.isupper() and index not in self.inside_degrees

    def particles(self, index: int, limit: int) -> bool:
        """Whether the particle at ``index``, and others right behind it, lead to a name word: van der Berg."""
        behind = index + 1
        while (
            behind < min(limit, index + 3)
            and not self.upper[behind]
            and self.flags[behind] & NAME_PARTICLE
            and self.gaps[behind] == " "
        ):
            behind += 1
        return behind < limit and self.gaps[behind] == " " and self.is_name_word(behind)

    def is_name_word(self, index: int) -> bool:
        """Whether the word alone looks like part of a personal name."""
        known = self._names[index]
        if known is None:
            known = self._names[index] = self._is_name_word(index)
        return known

    def _is_name_word(self, index: int) -> bool:
        flags = self.flags[index]
        if self.inside_degrees and index in self.inside_degrees:
            return False
        if self.initials and self.document.words[index] in self.initials:
            return True
        if flags & GIVEN:
            if index in self.proper and (index in self.eponyms or self._of_street(index)):
                return False
            if self.starts[index] and self._ordinary(index):
                return False
            return not flags & AMBIGUOUS or self.called_so(index) or self.names_before(index)
        if flags & NEVER_NAME and not (
            self.document.lower[index] in self.called and self._unusual(index) and index not in self.proper
        ):
            return bool(flags & PLACE) and self._before_arabic(index)
        low = self.document.lower[index]
        if len(low) == 1 and self.numeral(index):
            return False
        if low.endswith("nya") and low.startswith(("me", "ber", "di")) and len(low) > _LONG_VERB:
            return False  # Wanita Perlu Menanganinya
        if index and low.startswith("ter") and self.upper[index - 1] and self.flags[index - 1] & ROLE:
            return False
        if low in self.common or index in self.proper or self.is_acronym(index):
            return False
        if _is_agent(low) and self.adjoins(index + 1):
            return False
        if _is_noun(low) and not self._noun_named(low):
            return False
        if self.starts[index] and low not in self.solid:
            return self._likely_name(index)
        return not low[-1].isdigit()

    def _ordinary(self, index: int) -> bool:
        """Whether a given name that is also a word begins a sentence as one: Titik koordinatnya ..."""
        low, behind = self.document.lower[index], index + 1
        if low not in self.common or low in self.solid or behind >= len(self.flags):
            return False
        return self.gaps[behind] == " " and not self.upper[behind] and not self.flags[behind] & CUE

    def numeral(self, index: int) -> bool:
        """Whether a single letter numbers what stands before it: Komisi X, Daops Sumatera V."""
        if self.document.lower[index] not in _ROMAN or not self._inside(index):
            return False
        behind = index + 1
        if behind < len(self.flags) and self.document.lower[behind] in _BALINESE:
            return False  # Gubernur Bali I Ketut Mardika
        stopped = behind < len(self.flags) and self.gaps[behind].startswith(".")
        return not stopped and bool(self.flags[index - 1] & NUMBERED)

    def inside_name(self, index: int) -> bool:
        """Whether a word that is no name is part of one: Budi [Karya] Sumadi, Bambang [PS] Brodjo, Mahfud [MD]."""
        flag, before, behind = self.flags[index], index - 1, index + 1
        if flag & (ROLE_OR_BODY | ENGLISH) or not self._inside(index) or before in self.proper:
            return False  # Wahid Foundation Yenny Wahid
        if self.flags[before] & ORDINARY_NOUN or not self.is_name_word(before):
            return False
        pair = not flag and len(self.document.words[index]) == 2 and self.is_acronym(index)
        if pair and not self.adjoins(behind):
            return True
        return (
            (pair or bool(flag & COMMON))
            and bool(self.flags[before] & GIVEN)
            and self.adjoins(behind)
            and self.is_name_word(behind)
            and not self.flags[behind] & GIVEN
        )

    def _of_street(self, index: int) -> bool:
        """Whether a word is part of a street's name: Jalan Melati."""
        while index and self._inside(index):
            index -= 1
            if self.document.lower[index] in _STREETS:
                return True
        return False

    def _before_arabic(self, index: int) -> bool:
        """Whether a word that is also a place's stands between a country and a name: Arab Saudi Turki al-Harbi."""
        behind = index + 1
        return (
            self._inside(index)
            and bool(self.flags[index - 1] & PLACE)
            and self.adjoins(behind)
            and self.document.words[behind][0].islower()
        )

    def _noun_named(self, low: str) -> bool:
        """Whether a word with the form of a noun stands somewhere as a family name."""
        known = self._noun_names.get(low)
        if known is None:
            known = any(map(self._behind_name, self._capitalised(low)))
            self._noun_names[low] = known
        return known

    def _behind_name(self, index: int) -> bool:
        """Whether the word stands right behind a rank or a name: AKBP Fredrik Maniagasi."""
        if index == 0 or not self.upper[index - 1] or self.gaps[index] != " ":
            return False
        before = self.flags[index - 1]
        if before & (RANK_OR_GIVEN):
            return True
        return not before and not _is_noun(self.document.lower[index - 1]) and self.is_name_word(index - 1)

    def always_capital(self, index: int) -> bool:
        """Whether an ordinary noun has its capital here from a name it is part of: Jasa Marga."""
        low = self.document.lower[index]
        if not self.flags[index] & COMMON or self.flags[index] & ~COMMON or low in self.common:
            return False
        if index and self.flags[index - 1] & CONJUNCTION:
            return False  # Industri Kayu dan [Rotan]
        return not self.starts[index] or low in self.solid

    def _likely_name(self, index: int) -> bool:
        """Whether a word that is capitalised only where every word is may be a name all the same."""
        low = self.document.lower[index]
        if is_verbal(low) or low.endswith("nya") or "-" in low:
            return False
        if low in self._ordinary_words or self.flags[index] & DOCUMENT:
            return False  # Sikap Erdogan, Kasus Budi
        following = index + 1
        if following >= len(self.flags):
            return False
        gap = self.gaps[following]
        if (gap.startswith(" (") or gap == ", ") and self.document.words[following][0].isdigit():
            return True
        flags = self.flags[following]
        if gap in _SPACE and self.upper[following]:
            low_next = self.document.lower[following]
            known = flags & (KNOWN_NOUN) and not flags & GIVEN
            return not known and not self.is_acronym(following) and low_next not in self.common
        # A name of one word that the article uses once: before a comma and a description, or a verb of saying.
        return bool(
            (gap == ", " and flags & (SINGULAR_DETERMINER_OR_ROLE))
            or (gap in _SPACE and self._of_a_body(following))
            or (gap in _SPACE and flags & CUE and not self.flags[index])
        ) and not _is_noun(low)

    def _of_a_body(self, index: int) -> bool:
        """Whether the words tell of which body somebody is: (Reynaldi) dari Walhi."""
        behind = index + 1
        if self.document.lower[index] != "dari" or behind >= len(self.flags) or not self.upper[behind]:
            return False
        return bool(self.flags[behind] & BODY_OR_PROPER_HEAD)

    def names_before(self, index: int) -> bool:
        """Whether an ambiguous given name (Putri, Jaya, Hakim) stands where a name goes on or begins."""
        for place in range(index, index - _LONG_NAME, -1):
            if self.starts[place]:
                return self._names_first(place)
            if self.gaps[place] not in _SPACE:
                return True
            before = self.flags[place - 1]
            if not self.upper[place - 1]:
                return bool(before & (TITLE_OR_RANK_OR_ROLE))
            if before & (TITLE_OR_RANK) and not before & BODY:
                return True
            if not before & GIVEN:
                return self.is_name_word(place - 1)
            if not before & AMBIGUOUS:
                return True
        return False

    def _names_first(self, index: int) -> bool:
        """Whether an ambiguous given name begins a sentence as a name: Putri mengatakan, Jaya Wijaya."""
        following = index + 1
        if following >= len(self.flags) or self.flags[index] & TIME:
            return False
        if self.flags[following] & (ADVERB_OR_CUE):
            return True
        if self.gaps[following] == ", " and not self.upper[following]:
            return bool(self.flags[following] & SINGULAR_DETERMINER_OR_ROLE)  # Bima, siswa kelas VIII, ...
        known = self.flags[index] & (TITLE_OR_ROLE) or self.flags[following]
        return self.adjoins(following) and not known and self.is_name_word(following)


@lru_cache(maxsize=1 << 16)
def is_verbal(low: str) -> bool:
    """Whether a lower-case word has the form of a verb: memprotes, berkumpul, ditangkap."""
    return _VERBAL.match(low) is not None


@lru_cache(maxsize=1 << 16)
def _is_noun(low: str) -> bool:
    """Whether a lower-case word has the form of an abstract noun: pendidikan, universitas."""
    return _NOUN.match(low) is not None


@lru_cache(maxsize=1 << 16)
def _is_agent(low: str) -> bool:
    """Whether a lower-case word has the form of an agent noun: penyelam."""
    return _AGENT.match(low) is not None


def _initials_in(text: str) -> frozenset[str]:
    """The initials that stand for persons, Roman numbers excepted."""
    found = {match[1] for match in _INITIALS.finditer(text)}
    for age in _AGE.finditer(text):
        short = _AGED.search(text, max(0, age.start() - 4), age.start())
        if short:
            found.add(short[0])
    return frozenset(word for word in found if word.lower() not in _ROMAN)


def _spelt_out(document: Document, upper: list[bool], last: int, short: str) -> range:
    """The words up to ``last`` whose first letters give the acronym ``short``; empty if they do not."""
    wanted = short[0].lower()
    longest = range(0)
    for count in range(2, min(len(short) + 3, last + 2)):
        first = last - count + 1
        if upper[first] and document.lower[first][0] == wanted:
            capitals = "".join(document.words[i][0] for i in range(first, last + 1) if upper[i])
            if capitals.lower() == short.lower() or count >= len(short):
                return range(first, last + 1)
            if count > 2 and _in_order(capitals.lower(), short.lower()):
                longest = range(first, last + 1)
    return longest


def _in_order(letters: str, short: str) -> bool:
    """Whether ``short`` holds the letters in their order: w, l, h, i in Walhi."""
    rest = iter(short)
    return all(letter in rest for letter in letters)


def parse(tagged: Tagged, first: int, limit: int) -> Phrase | None:
    """The noun phrase that starts at word ``first`` and ends before word ``limit``; None if there is none."""
    if first >= limit:
        return None
    parsed = tagged.parsed
    key = (first, limit)
    if key in parsed:
        return parsed[key]
    parsed[key] = found = _parse(tagged, first, limit)
    return found


def _parse(tagged: Tagged, first: int, limit: int) -> Phrase | None:
    flags = tagged.flags[first]
    if flags & PRONOUN and not (tagged.upper[first] and tagged.document.lower[first] in _FIRST_PERSONS):
        return _pronoun(tagged, first)
    if first in tagged.handles:
        return _handle(tagged, first)
    if not _can_start(tagged, first):
        return None
    last, name_comma = _extent(tagged, first, limit)
    if last - first == 1 and tagged.document.lower[first] in _NOT_ALONE:
        return None  # sebuah [surat pembaca]: a thing; a text that breaks off after "sang"
    return _classify(tagged, first, last, name_comma)


def _handle(tagged: Tagged, first: int) -> Phrase:
    """The name of an account: @budi_s."""
    start, end = tagged.span(first, first + 1)
    return Phrase(first, first + 1, start - 1, end, "name", (first, first + 1), (first, first), False)


def _pronoun(tagged: Tagged, first: int) -> Phrase | None:
    if tagged.flags[first] & FIRST_PERSON:
        return None
    span = tagged.span(first, first + 1)
    plural = bool(tagged.flags[first] & PLURAL_PRONOUN)
    return Phrase(first, first + 1, span.start, span.end, "pronoun", (first, first), (first, first), plural)


def _can_start(tagged: Tagged, first: int) -> bool:
    flags = tagged.flags[first]
    word = tagged.document.words[first]
    if tagged.upper[first]:
        if flags & (OPENS_CAPITALISED):
            if flags & TIME and not flags & ROLE:
                return bool(flags & GIVEN) and tagged.names_before(first)
            return True
        return not flags & (NO_CAPITALISED_SUBJECT) and not is_verb(tagged, first)
    if word[0].isdigit():
        return _counts(tagged, first)
    if flags & (OPENS_LOWER):
        return True
    return not flags & (NO_LOWER_SUBJECT) and not is_verb(tagged, first)


def _counts(tagged: Tagged, index: int) -> bool:
    """Whether a number tells how many people or bodies: 400 mahasiswa, 13 kedutaan."""
    behind = index + 1
    return (
        behind < len(tagged.flags)
        and tagged.gaps[behind] in _SPACE
        and not tagged.upper[behind]
        and bool(tagged.flags[behind] & ROLE_OR_BODY)
        and not tagged.flags[behind] & TITLE_OR_RANK
    )


def is_verb(tagged: Tagged, index: int) -> bool:
    """Whether the word is a verb: a reporting word that is no noun, or a verbal form the lexicon does not know."""
    flags = tagged.flags[index]
    if flags & CUE and not flags & (NOUN_BEFORE_CUE):
        return True
    if flags & (NO_VERB):
        return False
    if tagged.upper[index] and not tagged.starts[index]:
        return False
    low = tagged.document.lower[index]
    return is_verbal(low) and low not in _MODIFIERS and low not in tagged.solid


def _extent(tagged: Tagged, first: int, limit: int) -> tuple[int, int]:
    """Where the phrase ends, and the index of the name behind a comma (0: none)."""
    flags, upper, words, gaps = tagged.flags, tagged.upper, tagged.document.words, tagged.gaps
    is_name_word, degrees = tagged.is_name_word, tagged.degrees
    names = 0  # name words so far
    name_comma = 0
    index = first
    while index < limit:
        if index > first and (gaps[index] != " " or index in degrees):
            step = _step(tagged, index, limit, names, first)
            if step == 0:
                break
            if step == 4:
                names = 0
            if step == 3:
                index = min(degrees.get(index, index + 1), limit)
                break
            if step == 2:
                name_comma, names = index, 0
                if not upper[index] and flags[index] & TITLE:
                    index += 1  # Direktur RSUP X, dr. Jeane Kalalo
                    continue
        flag = flags[index]
        if upper[index]:
            if (
                index > first
                and flag & TIME
                and not flag & (ROLE_OR_BODY_OR_GIVEN)
                and index not in tagged.proper
            ):
                break
            if is_name_word(index):
                names += 1
            elif len(words[index]) == 1 and words[index].isupper():  # an initial
                names += index > first and not tagged.numeral(index)
            elif names and not _continues_name(flag):
                break
        elif words[index][0].isdigit() and index > first:
            if names or not _number_belongs(tagged, index, limit):
                break
        elif index > first:
            if flag & DEMONSTRATIVE:
                if not names or index == first + 1 or flags[first] & ROLE:
                    index += 1
                    follows = (
                        index < limit and tagged.marks[index] == "," and _name_follows(tagged, index, limit)
                    )
                    if (
                        follows
                        and _role_like(tagged, first, index)
                        and _open_role(tagged, first, index, limit)
                    ):
                        name_comma = index
                        index = _behind_name(tagged, index, limit)
                break
            if not _lower_belongs(tagged, index, limit, names):
                break
        index += 1
    # A phrase does not end with a word that only joins.
    while index > first + 1 and not upper[index - 1] and flags[index - 1] & (ROLE_PREPOSITION_OR_CONJUNCTION):
        index -= 1
    if name_comma and name_comma >= index:
        name_comma = 0
    return index, name_comma


def _behind_name(tagged: Tagged, index: int, limit: int) -> int:
    """The word behind the name, with its titles, that starts at ``index``."""
    flags = tagged.flags
    while index < limit and (
        tagged.is_name_word(index) or tagged.is_initial(index) or flags[index] & (TITLE_OR_RANK)
    ):
        index += 1
        if index < limit and tagged.marks[index] not in ("", "."):
            break
    return index


def _step(tagged: Tagged, index: int, limit: int, names: int, first: int) -> int:
    """How word ``index`` may follow the one before.

    0: not at all, 1: in the phrase, 2: as a name after a comma, 3: as its end: degrees, or @name,
    4: as the short form of what so far looked like a name.
    """
    gap = tagged.gaps[index]
    if names and index in tagged.degrees:
        return 3
    if gap in _SPACE:
        return 1
    stripped = gap.strip()
    if not stripped:
        return 0 if "\n" in gap or "\r" in gap else 1
    previous = index - 1
    if stripped == ".":
        if tagged.shortens(previous):
            return int(tagged.upper[index])
        titled = tagged.flags[previous] & (TITLE_OR_DEGREE) or tagged.is_initial(previous)
        short = tagged.flags[previous] & RANK or (
            len(tagged.document.words[previous]) <= 4 and tagged.flags[previous] & TITLE
        )
        goes_on = tagged.upper[index] or (tagged.flags[index] & TITLE and tagged.flags[previous] & TITLE)
        return 1 if titled and (short or tagged.is_initial(previous)) and goes_on else 0
    if stripped in ("/", "&"):
        return 1
    if stripped == "(":
        if names and not _rank_paren(tagged, index):
            return 4 if _short_form(tagged, first, index, limit) else 0
        return _after_bracket(tagged, index, limit)
    if stripped == ")":
        return 1 if not names or tagged.flags[previous] & TITLE_OR_RANK else 0
    if stripped == "),":
        return 2 if not names and _name_follows(tagged, index, limit) else 0
    if stripped == "," and tagged.document.lower[index] == "dan" and tagged.flags[first] & ROLE_OR_BODY:
        following = index + 1
        return int(
            following < limit
            and tagged.upper[following]
            and bool(tagged.flags[following] & COMMON)
            and not names
        )
    inside = stripped == "," and tagged.upper[index] and index > first and tagged.flags[first] & ROLE_OR_BODY
    if inside and (_place_aside(tagged, index, limit) or _listed(tagged, index, limit)):
        return 1
    if inside and not names and tagged.flags[first] & ROLE and _body_aside(tagged, index, limit):
        return 1
    if stripped == "," and index > first and _name_follows(tagged, index, limit):
        if names and not _open_role(tagged, first, index, limit):
            return 0
        return 2 if _role_like(tagged, first, index) or _possessed_role(tagged, first, index, limit) else 0
    return 3 if index in tagged.handles and tagged.flags[previous] & ROLE else 0


def _after_bracket(tagged: Tagged, index: int, limit: int) -> int:
    """Whether a phrase goes on over the bracket that opens before ``index``."""
    document = tagged.document
    closing = document.text.find(")", document.starts[index], document.starts[index] + 60)
    if closing < 0:
        return 0
    behind = bisect_left(document.starts, closing)
    if behind >= limit or behind >= len(document.words):
        return 0
    gap = document.text[closing + 1 : document.starts[behind]]
    if gap in _SPACE:
        return 1 if tagged.upper[behind] and not tagged.flags[behind] & TIME else 0
    return 1 if gap.strip() == "," and _name_follows(tagged, behind, limit) else 0


def _short_form(tagged: Tagged, first: int, index: int, limit: int) -> bool:
    """Whether a bracket holds a body's short form before a name: Kepala Patroli Jalan (PJR) Tol Utara Edi."""
    behind = index + 1
    return (
        bool(tagged.flags[first] & ROLE)
        and index in tagged.proper
        and tagged.is_acronym(index)
        and behind < limit
        and tagged.gaps[behind] == ") "
        and tagged.upper[behind]
        and any(tagged.is_name_word(word) for word in _capitals_from(tagged, behind, limit))
    )


def _capitals_from(tagged: Tagged, index: int, limit: int) -> range:
    """The capitalised words from ``index`` on, with nothing but spaces between them."""
    end = index + 1
    while end < limit and end < index + _LONG_NAME and tagged.adjoins(end):
        end += 1
    return range(index, end)


def _body_aside(tagged: Tagged, index: int, limit: int) -> bool:
    """Kepala Bagian Humas, Rumah Sakit Melati Banu Hermawan: the office's body behind a comma, then the name."""
    if not (tagged.upper[index] and tagged.flags[index] & BODY) or tagged.is_name_word(index):
        return False
    behind = _capitals_from(tagged, index, limit)
    return len(behind) > 2 and tagged.is_name_word(behind[-1]) and not tagged.is_name_word(index + 1)


def _rank_paren(tagged: Tagged, index: int) -> bool:
    return bool(tagged.flags[index] & (TITLE_OR_RANK))


def _role_like(tagged: Tagged, first: int, last: int) -> bool:
    flags = tagged.flags
    return any(flags[index] & RANK_OR_ROLE_OR_BODY for index in range(first, last))


def _possessed_role(tagged: Tagged, first: int, index: int, limit: int) -> bool:
    """Whether a role with -nya leads to the name behind its comma: neneknya, Sumiati, ..."""
    if index != first + 1:
        return False
    stem = tagged.document.lower[first].removesuffix("nya")
    if stem == tagged.document.lower[first] or not tagged.lexicon_flags(stem) & ROLE:
        return False
    end = _behind_name(tagged, index, limit)
    return end >= limit or tagged.marks[end][:1] in (",", ".", "(")


def _place_aside(tagged: Tagged, index: int, limit: int) -> bool:
    """Kepala Puskesmas Cilincing, Jakarta Utara, Edison: a place between commas before the name."""
    end = index
    while end < limit and end < index + 4 and tagged.upper[end] and tagged.flags[end] & PLACE:
        end += 1
        if end < limit and tagged.gaps[end] != " ":
            break
    return end > index and end < limit and tagged.marks[end] == "," and _name_follows(tagged, end, limit)


def _listed(tagged: Tagged, index: int, limit: int) -> bool:
    """Menteri Koordinator Bidang Politik, Hukum, dan Keamanan: a list of fields inside an office."""
    if not (tagged.flags[index] & COMMON or _NOUN.match(tagged.document.lower[index])):
        return False
    for end in range(index + 1, min(limit, index + 9)):
        if tagged.document.lower[end] == "dan":
            return (
                end + 1 < limit and tagged.upper[end + 1] and bool(tagged.flags[end + 1] & (BODY_OR_COMMON))
            )
        if not tagged.upper[end] or tagged.marks[end] not in ("", ","):
            return False
    return False


def _open_role(tagged: Tagged, first: int, index: int, limit: int) -> bool:
    """Whether a role whose body has unknown words (Direktur Wahana Gambut) still waits for its name at ``index``."""
    flags = tagged.flags
    if not flags[first] & ROLE:
        return False
    kin = tagged.document.lower[first] in _KIN
    bodied = any(flags[i] & TAKES_NUMBER for i in range(first + 1, index))
    if not kin and not bodied and any(tagged.surely_given(i) for i in range(first, index)):
        return False
    end = _behind_name(tagged, index, limit)
    closes = end >= limit or tagged.marks[end][:1] in (",", ".", "(", ";")
    return closes or bool(flags[end] & (PREPOSITION_OR_ADVERB_OR_CUE))


def _name_follows(tagged: Tagged, index: int, limit: int) -> bool:
    """Whether a personal name starts at ``index``: titles allowed before it, no role."""
    while index < limit and tagged.flags[index] & (TITLE_OR_RANK) and not tagged.flags[index] & GIVEN:
        index += 1
        if index < limit and tagged.marks[index] not in ("", "."):
            return False
    return index < limit and (tagged.is_name_word(index) or (tagged.is_initial(index)))


def _continues_name(flag: int) -> bool:
    """Whether a capitalised word of these classes, no name itself, may follow a personal name inside one phrase."""
    if flag & (TITLE_OR_RANK_OR_PLACE):
        return not flag & TIME
    # Hakim, Putra, Raja: roles that are names behind a name.
    return bool(flag & NAME_PARTICLE) or not flag & ENDS_NAME


def _number_belongs(tagged: Tagged, index: int, limit: int) -> bool:
    before = tagged.document.lower[index - 1] if index else ""
    if index and tagged.upper[index - 1] and tagged.flags[index - 1] & (TAKES_NUMBER):
        return True
    if index and index - 1 in tagged.proper and tagged.upper[index - 1]:
        return True
    if index and tagged.upper[index - 1] and before.startswith("dan") and tagged.flags[index - 1] & ROLE:
        return True  # Dandim 0616/Garut, Danyonif 131
    if before in (
        "rt",
        "rw",
        "berusia",
        "kelas",
        "komisi",
        "desa",
        "blok",
        "nomor",
        "wilayah",
        "golongan",
        "urut",
        "tps",
    ):
        return True
    return index + 1 < limit and tagged.document.lower[index + 1] in ("tahun", "orang")


def _lower_belongs(tagged: Tagged, index: int, limit: int, names: int) -> bool:
    """Whether a lower-case word goes on with the phrase."""
    flag = tagged.flags[index]
    word = tagged.document.lower[index]
    if names and word not in _BEFORE_EPONYM:
        if not flag & NAME_PARTICLE or index + 1 >= limit or word in ("di", "da", "of"):
            return False
        return tagged.particles(index, limit)
    if not flag and word not in _GOING_ON:
        return not is_verb(tagged, index)
    if flag & ADVERB and index + 1 < limit and is_verb(tagged, index + 1) and not tagged.marks[index + 1]:
        return False  # mahasiswa tetap bertahan
    if (
        flag & TITLE
        and index + 1 < limit
        and tagged.marks[index + 1] in ("", ".")
        and tagged.is_name_word(index + 1)
    ):
        return True  # Juru Bicara Gugus Tugas dr Algazali
    if word == "kali":
        return True
    if word in ("dalam", "luar"):
        return index + 1 < limit and tagged.document.lower[index + 1] == "negeri"
    if flag & (ROLE_OR_BODY_OR_COMMON) and not (flag & CUE and not flag & COMMON):
        return not flag & PREPOSITION
    if word == "di" and _seat(tagged, index, limit):
        return True
    if (
        word == "di"
        and index + 1 < limit
        and any(tagged.document.lower[i] in _MISSIONS for i in range(max(0, index - 6), index))
    ):
        return tagged.upper[index + 1] and bool(tagged.flags[index + 1] & PLACE)
    if flag & ROLE_PREPOSITION:
        return _role_goes_on(tagged, index, limit)
    if flag & (ENDS_PHRASE):
        return False
    if flag & TIME and word not in ("tahun", "harian", "malam"):
        return False
    return not (flag & CUE or is_verb(tagged, index))


def _seat(tagged: Tagged, index: int, limit: int) -> bool:
    """Whether *di* and a place lead on to the name of an office's holder: Konsul RI di Hong Kong, Yul Harahap."""
    end = index + 1
    while end < limit and tagged.upper[end] and tagged.flags[end] & PLACE and tagged.gaps[end] == " ":
        end += 1
    if end == index + 1 or end >= limit:
        return False
    return tagged.gaps[end] in (" ", ", ") and tagged.upper[end] and _name_follows(tagged, end, limit)


def _role_goes_on(tagged: Tagged, index: int, limit: int) -> bool:
    """Whether a role goes on over this preposition: pakar hukum dari Universitas X, Lembaga A dan B."""
    word = tagged.document.lower[index]
    following = index + 1
    if following >= limit or tagged.gaps[following] not in _SPACE:
        return False
    flag = tagged.flags[following]
    if word in ("di", "pada"):
        return False
    if word in ("dan", "sekaligus"):
        if tagged.upper[index - 1] and tagged.upper[following]:
            return not tagged.is_name_word(following) or not tagged.is_name_word(index - 1)
        return bool(flag & (ROLE_OR_BODY)) and not tagged.upper[following]
    if word in ("dari", "untuk", "bidang", "urusan", "bagi"):
        return tagged.upper[following] or bool(flag & (ROLE_OR_BODY_OR_COMMON))
    return False


def _classify(tagged: Tagged, first: int, last: int, name_comma: int) -> Phrase | None:
    name_start, name_end = _name_range(tagged, first, last, name_comma)
    start, end = tagged.document.starts[first], tagged.document.ends[last - 1]
    if last - 1 in tagged.inside_degrees:
        end = _behind_degrees(tagged, last - 1, end)
    head = first
    flags, upper = tagged.flags, tagged.upper
    while head < last - 1 and flags[head] & DETERMINER and not flags[head] & (ROLE_OR_BODY):
        head += 1
    if name_end > name_start:
        if (
            name_end - name_start == 1
            and name_start > first
            and tagged.document.lower[name_start - 1] in _FAMILIAR
        ):
            name_start -= 1  # Mama Orpa, Mbah Painem: all the name there is
        role_end = name_start
        while (
            role_end > first
            and flags[role_end - 1] & (TITLE_OR_RANK)
            and not _keeps_title(tagged, role_end - 1, first)
        ):
            role_end -= 1
        return Phrase(
            first, last, start, end, "name", (name_start, name_end), (head, max(role_end, head)), False
        )
    doubled = _is_doubled(tagged.document.lower[first])
    plural = doubled or tagged.document.words[first][0].isdigit()
    for index in range(first, min(head + 1, last)):
        if flags[index] & PLURAL_DETERMINER:
            plural = True
    empty = (last, last)
    if flags[head] & DOCUMENT and not tagged.upper[head]:
        return Phrase(first, last, start, end, "document", empty, (first, first), plural)
    if flags[head] & BODY and not (flags[head] & ROLE and True not in upper[head:last]):
        return Phrase(first, last, start, end, "body", empty, (first, first), plural)
    if flags[head] & (TITLE_OR_RANK_OR_ROLE) and tagged.upper[head] and head == first and not doubled:
        return Phrase(first, last, start, end, "title", empty, (head, last), plural)
    if tagged.upper[head] and not flags[head] & (DETERMINER_OR_ROLE):
        # Hujan deras at the start of a sentence is no name: its capital is the sentence's.
        several = last - head > 1 and (tagged.upper[head + 1] or not tagged.starts[head])
        possessed = last - head == 1 and tagged.document.lower[head].endswith("nya")  # Istrinya, yang ...
        named = not possessed and (tagged.is_acronym(head) or flags[head] & COMMON_OR_PLACE or several)
        return Phrase(first, last, start, end, "body" if named else "phrase", empty, (first, first), plural)
    return Phrase(first, last, start, end, "phrase", empty, (head, last), plural)


def _is_doubled(word: str) -> bool:
    """Whether a lower-case word is a plural by doubling: pejabat-pejabat."""
    half, hyphen, other = word.partition("-")
    return bool(hyphen) and half == other


def _behind_degrees(tagged: Tagged, index: int, end: int) -> int:
    """Where degrees end: with the stop or bracket of the last one."""
    text = tagged.document.text
    dotted = tagged.gaps[index] in (".", "-", "(")
    while dotted and text[end : end + 1] in (")", ".") and text[end : end + 1]:
        end += 1
        if text[end - 1] == ".":
            break
    return end


def _keeps_title(tagged: Tagged, index: int, first: int) -> bool:
    """Whether a title word before a name is part of the role: Kepala Polisi, Imam Besar."""
    previous = index - 1
    if tagged.document.lower[index] in ("polisi", "tni", "marinir", "imam", "dokter") and index > first:
        return bool(tagged.flags[previous] & (ROLE_OR_BODY_OR_COMMON))
    if tagged.upper[index] and tagged.document.lower[index] in _HONORIFIC:
        return False  # Ibu Ratna Pertiwi
    return index == first and bool(tagged.flags[index] & ROLE) and not tagged.flags[index] & RANK


def _name_range(tagged: Tagged, first: int, last: int, name_comma: int) -> tuple[int, int]:
    """The personal name at the end of words ``[first, last)``; an empty range if there is none."""
    end = last
    flags, upper, lower = tagged.flags, tagged.upper, tagged.document.lower
    if last - 1 in tagged.handles:
        return last - 1, last
    while end > first and (not upper[end - 1] or end - 1 in tagged.inside_degrees):
        end -= 1  # demonstratives, degrees
    if end == first:
        return end, end  # no capital
    if (
        not name_comma
        and (flags[first] & PLURAL_DETERMINER or lower[first] in _FOLLOWERS)
        and last - first > 1
    ):
        return end, end  # para pendukung Budi are not Budi
    if (
        end < last
        and flags[last - 1] & DEMONSTRATIVE
        and not upper[last - 1]
        and not any(lower[index] in _NAMED for index in range(first + 1, end))
    ):
        return end, end  # nobody's name takes itu: mantan pemimpin Ukip itu
    if name_comma:
        start = name_comma
        while start < end and flags[start] & (TITLE_OR_RANK) and not flags[start] & GIVEN:
            start += 1
        return (start, end) if start < end else (end, end)
    start = end
    index = end - 1
    while index >= first:
        if not _in_name(tagged, index, first, end, start):
            break
        start = index
        index -= 1
    while start < end and not upper[start]:
        start += 1
    if start == first + 1 and end - start == 1 and flags[first] & PLACE and not flags[first] & ROLE:
        start = first  # London Gazette, Chad Hammel: a place's name before a single name is part of it
    if start > first and start < end and lower[start - 1] in _PLACING and not tagged.marks[start]:
        return end, end
    if first < start < end and _all_of_body(tagged, first, start, end):
        return end, end
    for index in range(start, end):
        if tagged.is_name_word(index) or (end - start > 1 and tagged.is_initial(index)):
            return start, end
    return _initials(tagged, first, end)


def _all_of_body(tagged: Tagged, first: int, start: int, end: int) -> bool:
    """Whether a phrase is a body's name to its end: Aliansi Sinar Maju, with nobody's office before it."""
    flags, lower = tagged.flags, tagged.document.lower
    head = flags[first] & BODY_OR_PROPER_HEAD or tagged.always_capital(first)
    if not head or not tagged.upper[first] or flags[first] & TITLE_OR_RANK:
        return False
    if start - first > 1 and end - start > 1:
        return False  # Komite Tetap Kadin Diono Nurjadin: somebody whose office is left out
    if tagged.is_acronym(first) or lower[first] in _OF_PERSONS:
        return False
    for index in range(first + 1, end):
        if flags[index] & TITLE_OR_RANK_OR_ROLE or tagged.marks[index]:
            return False
        if not tagged.upper[index] and not flags[index] & PREPOSITION_OR_CONJUNCTION:
            return False
    return not any(lower[index] in tagged.called for index in range(start, end))


def _initials(tagged: Tagged, first: int, end: int) -> tuple[int, int]:
    """A person given by initials: MA, or pria berinisial MA; else an empty range."""
    document = tagged.document
    last = end - 1
    word = document.words[last] if last >= first else ""
    if not (1 <= len(word) <= 3 and word.isupper()):
        return end, end
    aged = _PAREN.match(document.text, document.ends[last])
    before = document.lower[last - 1] if last > first else ""
    told = aged[1].split() if aged else []
    if before in ("berinisial", "inisial") or (told and told[0].strip(",").isdigit()):
        return last, end
    return end, end


def _in_name(tagged: Tagged, index: int, first: int, end: int, start: int) -> bool:
    """Whether word ``index`` belongs to the name that so far is ``[start, end)``."""
    if start < end and tagged.marks[index + 1] not in ("", "."):
        return False
    flag = tagged.flags[index]
    word = tagged.document.words[index]
    if not tagged.upper[index]:
        if not flag & NAME_PARTICLE or start == end:
            return False
        before = index - 1
        while before > first and not tagged.upper[before] and tagged.flags[before] & NAME_PARTICLE:
            before -= 1  # van der
        return before >= first and tagged.is_name_word(before)
    if len(word) == 1 and word not in tagged.initials and word.isupper():
        if _honorific(tagged, index, first):
            return False
        numeral = index > first and tagged.flags[index - 1] & (ROLE_OR_BODY_OR_COMMON)
        return not numeral and (start < end or (index > first and _plain_name(tagged, index - 1)))
    pair = start < end and index > first and len(word) == 2 and tagged.is_acronym(index)
    if pair and tagged.flags[index - 1] & TITLE_OR_RANK and not flag & NO_INITIALS:
        return True  # Irjen RZ Panca Wijaya
    if index > first and not flag & GIVEN and tagged.inside_name(index):
        return True
    if start == end and flag & TITLE and not flag & RANK_OR_ROLE_OR_BODY and index > first:
        return tagged.gaps[index] in _SPACE and not tagged.flags[index - 1] and _plain_name(tagged, index - 1)
    if flag & GIVEN and flag & AMBIGUOUS:
        if start < end and index in tagged.eponyms:
            return False  # Kejaksaan Agung Hari Setiyono
        if tagged.called_so(index):
            return True
        if index > first and _plain_name(tagged, index - 1):
            return True
        if start < end:  # a name word stands behind it: Putri Ayu, but not Hakim Budi
            return not flag & ROLE_OR_BODY or (index > first and not tagged.upper[index - 1])
        return (
            tagged.names_before(index) if index == first else bool(tagged.flags[index - 1] & (TITLE_OR_RANK))
        )
    if index in tagged.proper and start < end:
        return False
    if tagged.is_name_word(index):
        return True
    if flag & PLACE and index > first and tagged.document.lower[index - 1] in _HONORIFIC:
        return True  # Bu Sarmi, though Sarmi is a place
    if flag & PLACE and first < index and start < end and tagged.surely_given(index - 1):
        return tagged.gaps[index] in _SPACE  # Hotman Paris Hutapea
    if flag & COMMON_OR_PLACE and not flag & (ROLE_OR_BODY) and index > first and start == end:
        # A place or ordinary word right behind a name is part of it: Peter Bone, Arya Dirgantara;
        # but Lembaga Pantau Rakyat is one name.
        if not flag & PLACE and any(before & BODY for before in tagged.flags[first:index]):
            return False
        return tagged.gaps[index] in _SPACE and _plain_name(tagged, index - 1)
    return False


def _honorific(tagged: Tagged, index: int, first: int) -> bool:
    """Whether a single letter is a title (H. Agus, K.H. Agus) or a Roman number (Wilayah V Edi)."""
    low = tagged.document.lower[index]
    if low == "i" and index + 1 < len(tagged.flags) and tagged.document.lower[index + 1] in _BALINESE:
        return False
    if low == "h" or (
        low == "k" and index + 1 < len(tagged.flags) and tagged.document.lower[index + 1] == "h"
    ):
        return index == first or not _plain_name(tagged, index - 1)
    stopped = index + 1 < len(tagged.flags) and tagged.gaps[index + 1].startswith(".")
    return low in _ROMAN and not stopped and index > first and not _plain_name(tagged, index - 1)


def _plain_name(tagged: Tagged, index: int) -> bool:
    flag = tagged.flags[index]
    return tagged.is_name_word(index) and index not in tagged.proper and not flag & (ORDINARY_NOUN)
