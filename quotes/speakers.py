"""Canonical speakers: which mentions of one article are the same person, body or group.

A person is the fullest personal name found anywhere in the article; a body the long form
of its acronym; where nobody is named, the describing phrase. Names are looked up in the
article, never in a list of known people.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from quotes.lexicon.words import (
    ADVERB,
    ADVERBIAL,
    BEFORE_PLACE,
    BODY,
    COMMON,
    CUE,
    DEMONSTRATIVE,
    DEMONSTRATIVE_OR_ROLE,
    DETERMINER,
    GIVEN,
    INSIDE_ROLE,
    NAME_PARTICLE,
    NO_ROLE_WORD,
    OPENS_MENTION,
    PLACE,
    PREPOSITION,
    ROLE,
    ROLE_OR_BODY,
    ROLE_OR_BODY_OR_COMMON,
    ROLE_PREPOSITION,
    ROLE_PREPOSITION_OR_CONJUNCTION,
    SINGULAR_DETERMINER,
    SINGULAR_DETERMINER_OR_ROLE,
    TITLE,
    TITLE_OR_RANK_OR_ROLE,
)
from quotes.phrases import Phrase, Tagged, parse
from quotes.records import Span, Speaker, SpeakerType
from quotes.segment import seen

_NO_LETTER = re.compile(r"[\W\d_]+")
_LONG_FORM = re.compile(r"\(([A-Z][\w&/-]{1,14})\)")
#: Agent nouns outside the lexicon: pengembang, penyair (but not pekerjaan).
_AGENT_NOUN = re.compile(r"pe(?:ng|ny|[mnrlw])?[a-z]{4,}(?<!an)$")
#: An age or a party behind a name: Budi (40), Budi, 40,
_AGED = re.compile(r" \((?:\d|[A-Z])|, \d{1,3}(?: tahun)?,")

#: Nouns for any person; with a demonstrative they point back to the nearest one.
ANY_PERSON = frozenset(
    (
        "pria",
        "wanita",
        "perempuan",
        "lelaki",
        "laki-laki",
        "pemuda",
        "pemudi",
        "remaja",
        "bocah",
        "gadis",
        "orang",
        "ibu",
        "bapak",
        "sosok",
    )
)
_BRACKET = re.compile(r"\s*\([^()\n]{1,40}\)|, \d{1,3}(?: tahun)?(?=,)")
#: What may stand between the words of a mention.
#: What tells somebody's origin or age behind a noun.
_TELLS_APART = frozenset(("asal", "kelahiran", "berusia", "berkebangsaan", "berdarah", "keturunan"))
_INSIDE_MENTION = frozenset(("", ".", "(", ")", ",", "),"))
#: Nouns for relatives.
KIN = frozenset(
    ("istri", "suami", "ibu", "ayah", "anak", "kakak", "adik", "kakek", "nenek", "paman", "bibi", "cucu")
)
#: What tells another name of somebody named before, or behind bernama asli the full one; and how many words away.
_CALLED = frozenset(("alias", "disapa", "dipanggil", "bernama"))
#: Letters of an acronym that one word may stand for.
_SHORT_ACRONYM = 2
_CALLED_NEAR = 6
_CALLED_FAR = 40
_NAMING = frozenset(("bernama", "bermarga", "berinisial", "asal", "asli", "lengkap", "dari"))
#: Roles that many hold at once: bare, they are no certain person.
_ANYBODY = frozenset(
    (
        "petugas",
        "penumpang",
        "sumber",
        "korban",
        "peserta",
        "pendukung",
        "pengunjung",
        "anggota",
        "aparat",
        "pejabat",
        "polisi",
        "tentara",
        "pengelola",
        "pelaku",
        "anak",
        "orang",
        "politikus",
        "pria",
        "perempuan",
        "wanita",
        "saksi",
        "pakar",
        "ahli",
        "pengamat",
        "dokter",
        "pemilik",
        "jaksa",
        "hakim",
        "penyidik",
        "pengacara",
        "analis",
        "relawan",
    )
)
_LIGHT_DETERMINERS = frozenset(
    (
        "para",
        "banyak",
        "beberapa",
        "kalangan",
        "kaum",
        "pihak",
        "segenap",
        "seluruh",
        "semua",
        "berbagai",
    )
)
_HEAD_OF_STATE = ("presiden",)
#: What a body pointed back to by a noun may be called.
_KINDS_OF_BODY = {
    "perusahaan": ("pt", "cv", "perum", "perumda", "bank", "grup", "perusahaan"),
    "maskapai": ("pt", "maskapai"),
    "lembaga": ("lembaga", "yayasan", "lbh", "komisi", "badan"),
    "organisasi": (
        "organisasi",
        "yayasan",
        "ikatan",
        "himpunan",
        "persatuan",
        "asosiasi",
        "serikat",
        "forum",
    ),
    "kementerian": ("kementerian",),
    "partai": ("partai",),
    "kedutaan": ("kedutaan", "kedubes"),
    "konsulat": ("konsulat",),
}
#: Determiners that are no part of a group's name.
_ALL = frozenset(("segenap", "seluruh", "semua", "berbagai", "banyak"))
_KEEP_WITH = {"pihak": frozenset(("berwenang", "berwajib", "keluarga", "terkait"))}
#: Nouns for groups without a determiner of number.
GROUP_HEADS = frozenset(
    (
        "massa",
        "warga",
        "pengunjuk",
        "demonstran",
        "masyarakat",
        "mahasiswa",
        "penduduk",
        "pendemo",
        "kritikus",
        "orang",
        "pendukung",
        "publik",
        "netizen",
        "warganet",
        "buruh",
        "petani",
        "nelayan",
        "pedagang",
        "korban",
        "murid-murid",
        "emak-emak",
        "ibu-ibu",
        "pemuda",
        "peserta",
        "pekerja",
        "sopir",
        "pengemudi",
        "penonton",
        "suporter",
        "pelajar",
        "siswa",
        "keluarga",
        "pengungsi",
        "karyawan",
        "guru",
    )
)


_ANYBODY_OR_GROUP = _ANYBODY | GROUP_HEADS
_NOBODY_CERTAIN = _ANYBODY_OR_GROUP | ANY_PERSON
#: Nouns for groups that are never one person's.
GROUPS_ONLY = GROUP_HEADS - ANY_PERSON

#: A phrase points back over at most so many mentions.
_FAR = 400
#: Names of up to so many words are looked up by their subsets.
_MANY_WORDS = 6


@dataclass(slots=True)
class Entity:
    """A speaker under construction: name words (lower-case), type, and where it is mentioned."""

    name: str
    type: SpeakerType
    named: bool
    words: frozenset[str]
    role: str | None = None
    mentions: set[Span] = field(default_factory=set)
    searched: bool = False  # whether the article was read through for a role


class NameRun(NamedTuple):
    """A run of name words in the text: word range and its words, lower-case."""

    first: int
    last: int
    words: tuple[str, ...]
    keys: frozenset[str]  # the words and the parts of hyphenated ones


def _keys(words: tuple[str, ...]) -> frozenset[str]:
    parts = [part for word in words if "-" in word for part in word.split("-")]
    return frozenset((*words, *parts))


class Registry:
    """The speakers of one article, found as their mentions are met in text order."""

    def __init__(self, tagged: Tagged) -> None:
        self.tagged = tagged
        self.entities: list[Entity] = []
        self._by_name: dict[str, int] = {}
        self._resolved: dict[tuple[str, ...], int] = {}
        # What the look-ups below go by, so that none walks over all entities or runs of a long article.
        self._persons: dict[frozenset[str], int] = {}
        self._unnamed: dict[str, list[int]] = {}
        self._bodies: dict[str, set[str]] = {}
        self._by_role: dict[str, list[int]] = {}
        self._around: dict[tuple[int, int], Phrase | None] = {}
        self._met: list[tuple[int, int]] = []  # end of a mention, entity; in text order
        self._longer_runs: dict[tuple[str, ...], list[NameRun]] = {}
        self._full_runs: dict[tuple[tuple[str, ...], tuple[str, ...]], NameRun] = {}
        self._holders: dict[tuple[str, ...], list[Phrase]] = {}
        self._roles: dict[frozenset[str], str | None] = {}

    # --- names ------------------------------------------------------------------------------

    @cached_property
    def runs(self) -> list[NameRun]:
        """Every run of name words in the article, in text order."""
        tagged = self.tagged
        lower, upper, is_name_word = tagged.document.lower, tagged.upper, tagged.is_name_word
        count, headlines = len(lower), tagged.headlines
        runs: list[NameRun] = []
        index = 0  # first word behind the last run
        for first in tagged.capitals:
            if first < index or not (is_name_word(first) or self._initial_name(first)):
                continue
            if headlines and tagged.in_headline(first):
                continue
            index = first + 1
            while index < count and self._joins(index):
                index += 1
            while index > first + 1 and not upper[index - 1]:
                index -= 1
            begin = first - 1 if first and self._place_in_name(first - 1) else first
            words = tuple(lower[begin:index])
            runs.append(NameRun(begin, index, words, _keys(words)))
        return runs

    def _place_in_name(self, index: int) -> bool:
        """Whether a place word right before a name begins it: Chad Hammel, not Presiden Indonesia Joko."""
        tagged = self.tagged
        if not tagged.upper[index] or not tagged.flags[index] & PLACE or tagged.gaps[index + 1] != " ":
            return False
        if index == 0 or tagged.starts[index]:
            return True
        if tagged.document.lower[index - 1] == "asal" or tagged.document.words[index - 1].isdigit():
            return False  # anggota DPD asal Bali Siti Aminah, Daop 8 Surabaya Siti Aminah
        before = tagged.flags[index - 1]
        return not tagged.upper[index - 1] and not before & (BEFORE_PLACE)

    def _initial_name(self, index: int) -> bool:
        """An initial before a name: M. Yusuf, JK Rowling."""
        tagged = self.tagged
        return (
            tagged.is_initial(index)
            and tagged.document.lower[index] not in ("h", "k", "i", "v", "x")
            and index + 1 < len(tagged.upper)
            and tagged.is_name_word(index + 1)
            and tagged.marks[index + 1] in ("", ".")
        )

    def _joins(self, index: int) -> bool:
        tagged = self.tagged
        gap = tagged.gaps[index]
        if gap != " ":
            mark = tagged.marks[index]
            if mark and not (mark == "." and (tagged.is_initial(index - 1) or tagged.shortens(index - 1))):
                return False
            if "\n" in gap:
                return False
        if tagged.is_name_word(index):
            return True
        flags = tagged.flags[index]
        if not tagged.upper[index]:
            if not flags & NAME_PARTICLE or tagged.document.lower[index] in ("di", "of", "da"):
                return False
            return tagged.particles(index, len(tagged.upper))
        if tagged.is_initial(index):
            return True
        if flags & GIVEN:
            return True
        if flags & PLACE and not flags & (ROLE_OR_BODY_OR_COMMON) and tagged.is_name_word(index - 1):
            following = index + 1
            return following >= len(tagged.upper) or not (
                tagged.upper[following] and tagged.gaps[following] == " "
            )
        return (bool(flags & NAME_PARTICLE) and not flags & (ROLE_OR_BODY)) or tagged.inside_name(index)

    @cached_property
    def _runs_by_word(self) -> dict[str, list[NameRun]]:
        table: dict[str, list[NameRun]] = {}
        for run in self.runs:
            for word in run.keys:
                table.setdefault(word, []).append(run)
        return table

    @cached_property
    def run_starts(self) -> list[int]:
        """The first word of every run."""
        return [run.first for run in self.runs]

    @cached_property
    def _runs_by_set(self) -> dict[frozenset[str], list[NameRun]]:
        table: dict[frozenset[str], list[NameRun]] = {}
        for run in self.runs:
            table.setdefault(frozenset(run.words), []).append(run)
        return table

    def runs_with(self, words: frozenset[str]) -> list[NameRun]:
        """The runs that hold all ``words``, in text order."""
        table = self._runs_by_word
        if len(words) == 1:
            return table.get(next(iter(words)), [])
        rarest = min((table.get(word, []) for word in words), key=len, default=[])
        return [run for run in rarest if run.keys >= words]

    def met_before(self, word: str, place: int) -> bool:
        """Whether a name with ``word`` stands before the word at index ``place``."""
        runs = self._runs_by_word.get(word)
        return runs is not None and runs[0].first < place

    def _runs_within(self, words: frozenset[str]) -> list[NameRun]:
        """The runs whose words are all among ``words``, in text order."""
        if len(words) > _MANY_WORDS:
            near = {run.first: run for word in words for run in self._runs_by_word.get(word, ())}
            return [near[first] for first in sorted(near) if words.issuperset(near[first].words)]
        table = self._runs_by_set
        subsets = (
            frozenset(part) for size in range(1, len(words) + 1) for part in combinations(sorted(words), size)
        )
        return sorted((run for part in subsets for run in table.get(part, ())), key=lambda run: run.first)

    def _longer(self, words: tuple[str, ...]) -> list[NameRun]:
        """The runs that hold all ``words`` and more, in text order; those of pairs only where there is no other."""
        found = self._longer_runs.get(words)
        if found is None:
            every = self.runs_with(frozenset(words))
            candidates = [run for run in every if not self._pair(run)]
            if len(words) > 1 and not candidates:
                candidates = every
            found = self._longer_runs[words] = [run for run in candidates if len(run.keys) > len(words)]
        return found

    def _fullest(self, words: tuple[str, ...], at: int) -> NameRun | None:
        """The longest run of the article that holds all ``words``.

        Where two people share the name, the one met last before ``at`` is meant.
        """
        called = self._called_else.get(words) or self._called_else.get(words[1:])
        if called is not None:
            return called
        longer = self._longer(words)
        if not longer:
            return self._nickname(words[0], at) if len(words) == 1 else None
        number = bisect_right(longer, at, key=lambda run: run.first)
        met = longer[number - 1].words if number else ()
        full = self._full_runs.get((words, met))
        if full is None:
            wanted = set(met)
            family = (run for run in longer if wanted.issubset(run.words))
            full = self._full_runs[words, met] = max(family, key=lambda run: (len(run.words), -run.first))
        return full

    @cached_property
    def _called_else(self) -> dict[tuple[str, ...], NameRun]:
        """Full names by what the article says their bearers are called: Suparno alias Cak No."""
        tagged = self.tagged
        lower, text = tagged.document.lower, tagged.document.text
        table: dict[tuple[str, ...], NameRun] = {}
        if not any(word in text for word in _CALLED):
            return table
        starts = self.run_starts
        for index in [index for index, word in enumerate(lower) if word in _CALLED]:
            if lower[index] == "bernama":
                if lower[index + 1 : index + 2] not in (["asli"], ["lengkap"]):
                    continue
                name, other, reach = self._run_at(index + 2), bisect_left(starts, index) - 1, _CALLED_FAR
                held = self.runs[other] if other >= 0 else None
            else:
                held, other, reach = self._run_at(index + 1), bisect_left(starts, index) - 1, _CALLED_NEAR
                name = self.runs[other] if other >= 0 else None
            if held is None or name is None or held.words == name.words:
                continue
            if index - self.runs[other].last <= reach and not set(held.words) & set(name.words):
                table.setdefault(held.words, name)
        return table

    def _run_at(self, index: int) -> NameRun | None:
        """The name at a word, titles before it left out."""
        flags = self.tagged.flags
        while index < len(flags) and flags[index] & TITLE and self.tagged.gaps[index] == " ":
            index += 1
        place = bisect_left(self.run_starts, index)
        found = self.runs[place] if place < len(self.runs) else None
        return found if found is not None and found.first == index else None

    def _pair(self, run: NameRun) -> bool:
        """Whether a run names two people at once: Eri Cahyadi-Armuji."""
        return any("-" in word and set(word.split("-")) & self._single_words for word in run.words)

    @cached_property
    def _single_words(self) -> frozenset[str]:
        return frozenset(word for run in self.runs for word in run.words if "-" not in word)

    def _nickname(self, word: str, at: int) -> NameRun | None:
        """A full name of which ``word`` is a clipped part (Risma, Miko) or a blend (Jokowi)."""
        if len(word) < 4:
            return None
        nearest: NameRun | None = None
        for words in (*self._clipped(word), *self._blended(word)):
            held = self._full_names[words]
            number = bisect_left(held, at, key=lambda run: run.first)
            if number and (nearest is None or held[number - 1].first > nearest.first):
                nearest = held[number - 1]
        return nearest

    @cached_property
    def _full_names(self) -> dict[tuple[str, ...], list[NameRun]]:
        """The runs of each name of two words or more."""
        table: dict[tuple[str, ...], list[NameRun]] = {}
        for run in self.runs:
            if len(run.words) > 1:
                table.setdefault(run.words, []).append(run)
        return table

    @cached_property
    def _name_parts(self) -> tuple[list[tuple[str, tuple[str, ...]]], list[tuple[str, tuple[str, ...]]]]:
        """The words of full names, and the words read backwards, each sorted with the names they stand in."""
        parts = [(part, words) for words in self._full_names for part in words]
        return sorted(parts), sorted((part[::-1], words) for part, words in parts)

    def _clipped(self, word: str) -> Iterator[tuple[str, ...]]:
        """The full names with a longer part that begins or ends with ``word``."""
        for parts, head in zip(self._name_parts, (word, word[::-1]), strict=True):
            for place in range(bisect_left(parts, (head,)), len(parts)):
                part, words = parts[place]
                if not part.startswith(head):
                    break
                if part != head:
                    yield words

    def _blended(self, word: str) -> Iterator[tuple[str, ...]]:
        """The full names of two parts whose beginnings make up ``word``."""
        parts = self._name_parts[0]
        for place in range(bisect_left(parts, (word[:3],)), len(parts)):
            part, words = parts[place]
            if not part.startswith(word[:3]):
                break
            if len(words) == 2 and words[0] == part:
                tail = words[1]
                if any(word == part[:cut] + tail[: len(word) - cut] for cut in range(3, len(word) - 1)):
                    yield words

    # --- entities ---------------------------------------------------------------------------

    def of_phrase(self, phrase: Phrase) -> int | None:
        """The entity a phrase names or describes; None for a pronoun or a phrase that points back in vain."""
        if phrase.kind == "name":
            return self._person(phrase)
        if phrase.kind == "pronoun":
            return None
        if phrase.kind == "body" and self.tagged.flags[phrase.first] & SINGULAR_DETERMINER:
            return self._described(phrase)  # seorang Konservatif, seorang polisi
        if phrase.kind == "body":
            person = self._namesake(phrase)
            return self._body(phrase) if person is None else person
        if phrase.kind == "title" and not self._people(phrase):
            return self._title(phrase)
        return self._described(phrase)

    def _people(self, phrase: Phrase) -> bool:
        """Whether a noun of many owes its capital to its place only: Warga menyebut ..."""
        tagged = self.tagged
        if tagged.document.lower[phrase.first] not in GROUPS_ONLY or not tagged.starts[phrase.first]:
            return False
        return phrase.last - phrase.first == 1 or not tagged.upper[phrase.first + 1]

    def _namesake(self, phrase: Phrase) -> int | None:
        """The person whose family name is also a place's: Peter Bone, then Bone."""
        if phrase.last - phrase.first != 1:
            return None
        if not self.tagged.flags[phrase.first] & PLACE:
            return self._of_initials(phrase)
        word = self.tagged.document.lower[phrase.first]
        for run in self._runs_by_word.get(word, ()):
            if len(run.words) > 1 and run.words[-1] == word and self.tagged.is_name_word(run.first):
                return self._person(phrase._replace(kind="name", name=(phrase.first, phrase.last)))
        return None

    def _of_initials(self, phrase: Phrase) -> int | None:
        """The person met before whose initials are used as a name: STY for Shin Tae-yong."""
        short = self.tagged.document.lower[phrase.first]
        if (
            self.tagged.flags[phrase.first]
            or not 3 <= len(short) <= 4
            or not self.tagged.is_acronym(phrase.first)
        ):
            return None
        if short in self._long_forms:
            return None
        for words, runs in self._full_names.items():
            parts = [part for word in words for part in word.split("-")]
            told = runs[0].first < phrase.first
            if told and len(parts) == len(short) and "".join(part[0] for part in parts) == short:
                name = self.tagged.text(runs[0].first, runs[0].last)
                return self._person_entity(_clean(name), frozenset(words))
        return None

    def _person(self, phrase: Phrase) -> int:
        tagged = self.tagged
        first, last = phrase.name
        words = tuple(tagged.document.lower[first:last])
        if first in tagged.handles:
            account = self._account(words[0], f"@{tagged.text(first, last)}")
            self.mention(account, phrase)
            return account
        found = self._resolved.get(words)
        if found is None or len(words) == 1:
            run = self._fullest(words, first)
            if run is not None:
                name, full = tagged.text(run.first, run.last), run.words
            else:
                name, full = tagged.text(first, last), words
            found = self._person_entity(_clean(name), frozenset(full))
            self._resolved[words] = found
        self.mention(found, phrase)
        entity = self.entities[found]
        if entity.role is None:
            entity.role = self._role(phrase)
            if entity.role is None and not entity.searched:
                entity.searched = True
                entity.role = self._role_elsewhere(entity)
            if entity.role and entity.words & set(entity.role.lower().split()):
                entity.role = None  # Istri Reza is none of Reza's
            if entity.role:
                self._by_role.setdefault(entity.role.lower().split()[0], []).append(found)
        return found

    def _account(self, handle: str, name: str) -> int:
        """Whose account it is: the person whose name it is made of, else the account itself."""
        letters = _NO_LETTER.sub("", handle)
        for words in self._full_names:
            if letters == "".join(words):
                run = self._full_names[words][0]
                return self._person_entity(_clean(self.tagged.text(run.first, run.last)), frozenset(words))
        return self._add(name, "person", True, frozenset((handle,)))

    def _person_entity(self, name: str, words: frozenset[str]) -> int:
        found = self._persons.get(words)
        return self._add(name, "person", True, words) if found is None else found

    def mention(self, entity: int, phrase: Phrase) -> None:
        """Note that ``phrase`` names or describes ``entity``."""
        span = Span(phrase.start, phrase.end)
        mentions = self.entities[entity].mentions
        if span not in mentions:
            mentions.add(span)
            insort(self._met, (span.end, entity))

    def _met_before(self, offset: int) -> Iterator[int]:
        """The entities mentioned before ``offset``, the nearest first, as far as a phrase may point back."""
        number = bisect_right(self._met, offset, key=lambda met: met[0])
        for place in range(number - 1, max(-1, number - 1 - _FAR), -1):
            yield self._met[place][1]

    def _add(
        self, name: str, kind: SpeakerType, named: bool, words: frozenset[str], same: str | None = None
    ) -> int:
        """The entity of a name; ``same``: what it is told by, where that is less than the name."""
        key = f"{kind}:{(same or name).lower()}"
        found = self._by_name.get(key)
        if found is None:
            self.entities.append(Entity(name, kind, named, words))
            found = self._by_name[key] = len(self.entities) - 1
            if kind == "person" and named:
                self._persons.setdefault(words, found)
            elif kind == "organisation" and " " in name:
                self._bodies.setdefault(name.split(" ", maxsplit=1)[0].lower(), set()).add(name)
            if not named:
                for word in words:
                    self._unnamed.setdefault(word, []).append(found)
        return found

    # --- roles ------------------------------------------------------------------------------

    def _role(self, phrase: Phrase) -> str | None:
        """The role in a phrase before its name, or in an apposition behind it."""
        first, last = phrase.role
        while last > first and self.tagged.document.lower[last - 1] in _NAMING:
            last -= 1
        if first < last and any(self.tagged.flags[i] & ROLE for i in range(first, last)):
            return _clean(self.tagged.text(first, last)).rstrip(",")
        return self.apposition(phrase) or self._role_before_comma(phrase)

    def _role_before_comma(self, phrase: Phrase) -> str | None:
        """Anggota Komisi IX DPR dari dapil Jawa Tengah, Fransiska Ratih, ...: the role that leads to a name."""
        tagged = self.tagged
        document = tagged.document
        text, first = document.text, phrase.first
        if first == 0 or tagged.marks[first] not in (",", "),"):
            return None
        if text[document.ends[phrase.last - 1] : document.ends[phrase.last - 1] + 2].strip()[:1] not in (
            ",",
            "(",
        ):
            return None
        start = first - 1
        while start > 0 and first - start < 16:
            gap = tagged.gaps[start]
            if gap != " " and gap.strip() not in ("(", ")"):
                break
            if tagged.flags[start - 1] & CUE and not tagged.flags[start - 1] & ROLE:
                break
            start -= 1
        while start < first and not self._heads_role(start):
            if tagged.flags[start] & PREPOSITION or first - start < 2:
                return None
            start += 1
        if any(
            tagged.flags[i] & PREPOSITION and not tagged.flags[i] & ROLE_PREPOSITION
            for i in range(start, first)
        ):
            return None
        end = next((index for index in range(start, first) if document.lower[index] == "yang"), first)
        return _clean(tagged.text(start, end)).rstrip(",") if start < end else None

    def _heads_role(self, index: int) -> bool:
        low = self.tagged.document.lower[index]
        if self.tagged.flags[index] & ROLE:
            return True
        bare = low.removesuffix("nya")
        return bare != low and (bare in KIN or bool(self.tagged.lexicon_flags(bare) & ROLE))

    def apposition(self, phrase: Phrase) -> str | None:
        """Samal, seorang guru taman kanak-kanak berusia 29 tahun, ... → guru taman kanak-kanak."""
        tagged = self.tagged
        document = tagged.document
        index = phrase.last
        text = document.text
        end = phrase.end
        aged = _BRACKET.match(text, end)
        offset = aged.end() if aged else end
        index = bisect_left(document.starts, offset)
        if index >= len(document.words):
            return None
        if not text.startswith(",", offset):
            return self._role_behind(index) if text[offset : document.starts[index]] == " " else None
        if text[offset + 1 : document.starts[index]].strip():
            return None
        if document.lower[index : index + 2] in (
            ["yang", "seorang"],
            ["yang", "merupakan"],
            ["yang", "menjabat"],
        ):
            index += 1 + (document.lower[index + 1] != "seorang")
            if index >= len(document.words):
                return None
        return self._description(index)

    def _role_behind(self, index: int) -> str | None:
        """Saiful Tomi selaku Ketua Tim; Salehudin dari KKP Mataram; Guardiola manajer City."""
        tagged = self.tagged
        word = tagged.document.lower[index]
        if word in ("selaku", "sebagai"):
            return self._description(index + 1) if index + 1 < len(tagged.flags) else None
        if word == "dari":
            body = parse(tagged, index + 1, min(len(tagged.flags), index + 12))
            return (
                _clean(tagged.text(body.first, body.last))
                if body is not None and body.kind == "body"
                else None
            )
        if not tagged.upper[index] and tagged.flags[index] & ROLE and not tagged.flags[index] & (BODY | CUE):
            return self._description(index)
        return None

    def _description(self, index: int) -> str | None:
        """The description of somebody named before that starts at a word, if one does."""
        tagged = self.tagged
        document = tagged.document
        flags = tagged.flags[index]
        lower_case = not tagged.upper[index]
        agent = lower_case and (_AGENT_NOUN.match(document.lower[index]) or document.lower[index] == "salah")
        english = (  # general manager, chief executive
            lower_case
            and flags & COMMON
            and index + 1 < len(tagged.flags)
            and tagged.gaps[index + 1] == " "
            and tagged.flags[index + 1] & ROLE
        )
        if not (flags & (SINGULAR_DETERMINER_OR_ROLE) or agent or english):
            return None
        found = parse(tagged, index, min(len(document.words), index + 18))
        if found is None or found.kind in ("pronoun", "body") or (found.kind == "name" and not lower_case):
            return None
        first, last = found.role if found.role[0] < found.role[1] else (found.first, found.last)
        if found.kind == "name":  # kepala eksekutif Sainsbury: the name is the body's
            last = found.last
        for stop in range(first + 1, last):
            if document.lower[stop] in ("berusia", "bernama", "asal"):
                last = stop
                break
        return _clean(tagged.text(first, last)) or None

    def _role_elsewhere(self, entity: Entity) -> str | None:
        """The first role the article gives the person at another place."""
        if entity.words not in self._roles:
            phrases = (self.phrase_around(run.first, run.last) for run in self._runs_within(entity.words)[:4])
            roles = (self._role(phrase) for phrase in phrases if phrase is not None)
            self._roles[entity.words] = next((role for role in roles if role), None)
        return self._roles[entity.words]

    def phrase_around(self, first: int, last: int) -> Phrase | None:
        """The noun phrase that ends with the name at words ``[first, last)``."""
        key = (first, last)
        if key not in self._around:
            self._around[key] = self._find_around(first, last)
        return self._around[key]

    def _find_around(self, first: int, last: int) -> Phrase | None:
        tagged = self.tagged
        flags, upper, gaps = tagged.flags, tagged.upper, tagged.gaps
        limit = min(len(flags), last + 4)
        best = parse(tagged, first, limit)
        if best is not None and not _ends_with(best, first, last):
            best = None
        for start in range(first - 1, max(-1, first - 18), -1):
            gap = gaps[start + 1]
            if gap != " " and (gap.strip(" ") not in _INSIDE_MENTION or "\n" in gap):
                break
            flag = flags[start]
            if flag & NO_ROLE_WORD and not flag & INSIDE_ROLE and not upper[start]:
                break
            if flag & OPENS_MENTION:
                if (
                    flag & BODY
                    and not flag & ROLE
                    and not upper[start]
                    and upper[start + 1]
                    and (flags[start + 1] & ROLE)
                ):
                    break  # kantor Bupati Hartini: where somebody is, not who
                phrase = parse(tagged, start, limit)
                if phrase is None or not _ends_with(phrase, first, last):
                    continue
                if start and flags[start - 1] & PREPOSITION and tagged.marks[first].startswith(","):
                    continue  # Kepada wartawan, Sri Lestari
                best = phrase
        return best

    # --- bodies -----------------------------------------------------------------------------

    @cached_property
    def _long_forms(self) -> dict[str, str]:
        """Acronyms that the article spells out: CSTO to Organisasi Perjanjian Keamanan Kolektif."""
        tagged = self.tagged
        document = tagged.document
        forms: dict[str, str] = {}
        for match in _LONG_FORM.finditer(document.text):
            short = match[1]
            last = bisect_left(document.starts, match.start()) - 1
            if last < 1 or document.text[document.ends[last] : match.start()].strip():
                continue
            first = self._long_form_start(last, short)
            if first is not None:
                forms.setdefault(short.lower(), _clean(tagged.text(first, last + 1)))
        return forms

    def _long_form_start(self, last: int, short: str) -> int | None:
        tagged = self.tagged
        wanted = short[0].lower()
        best: int | None = None
        listed = False
        index = last
        while index >= 0 and index > last - 12:
            if index < last and tagged.marks[index + 1]:
                if tagged.marks[index + 1] != ",":
                    break
                listed = True  # Badan Meteorologi, Klimatologi, dan Geofisika
            if not tagged.upper[index]:
                if not tagged.flags[index] & (ROLE_PREPOSITION_OR_CONJUNCTION):
                    break
            elif tagged.document.lower[index][0] == wanted:
                best = best if listed else index
                letters = "".join(
                    tagged.document.words[i][0] for i in range(index, last + 1) if tagged.upper[i]
                ).lower()
                if letters == short.lower():
                    return index
            index -= 1
        if best is not None and not (best == last and len(short) > _SHORT_ACRONYM):
            return best
        return self._spelt_in_another_language(last)

    def _spelt_in_another_language(self, last: int) -> int | None:
        """Where the name of a body before a foreign acronym starts: Organisasi Perjanjian Keamanan Kolektif (CSTO)."""
        tagged = self.tagged
        first = last
        while first > 0 and tagged.upper[first - 1] and tagged.gaps[first] == " ":
            first -= 1
        for index in range(first, last):
            if tagged.flags[index] & BODY:
                return index
        return None

    def _body(self, phrase: Phrase) -> int:
        tagged = self.tagged
        first = phrase.first
        while first < phrase.last - 1 and self._is_light(first, phrase.last):
            first += 1
        last = phrase.last
        demonstrative = tagged.flags[last - 1] & DEMONSTRATIVE and not tagged.upper[last - 1]
        if demonstrative and last - 1 > first:
            last -= 1
            found = self._back_to_body(tagged.document.lower[first], phrase.first)
            if found is not None:
                self.mention(found, phrase)
                return found
        if (last - first == 1 and not tagged.upper[first]) or (last - first == 1 and tagged.starts[first]):
            head = tagged.document.lower[first]
            found = self._body_before(head, phrase.first) if head in _KINDS_OF_BODY else None
            if found is not None:
                self.mention(found, phrase)
                return found
        first = self._named_part(first, last)
        name = _clean(tagged.text(first, last))
        long = self._long_forms.get(name.lower())
        if long is None and last - first == 1:
            long = self._longer_body(first)
        name = long or name
        found = self._add(name, "organisation", True, frozenset(name.lower().split()))
        self.mention(found, phrase)
        return found

    def _named_part(self, first: int, last: int) -> int:
        """Where the name in a description of a body begins: organisasi lingkungan [Samudra Hidup]."""
        tagged = self.tagged
        upper, flags = tagged.upper, tagged.flags
        named = last
        while named > first and upper[named - 1]:
            named -= 1
        if named == last or named <= first + (not upper[first]) or flags[named] & PLACE:
            return first
        if upper[first] and not tagged.starts[first]:
            return first
        plain = tagged.document.lower[first] == "kantor" or (named > first + 1 and not upper[first + 1])
        only = all(not upper[index] for index in range(first + 1, named))
        nouns = not any(flags[index] & (PREPOSITION | DEMONSTRATIVE) for index in range(first, named))
        return named if plain and only and nouns and flags[first] & BODY else first

    def _is_light(self, index: int, last: int) -> bool:
        word = self.tagged.document.lower[index]
        if word not in _LIGHT_DETERMINERS:
            return False
        return self.tagged.document.lower[index + 1] not in _KEEP_WITH.get(word, frozenset())

    def _longer_body(self, index: int) -> str | None:
        """A capitalised head alone (Kementerian) stands for the one body met before that begins with it."""
        tagged = self.tagged
        if not tagged.upper[index] or tagged.is_acronym(index):
            return None
        names = self._bodies.get(tagged.document.lower[index], set())
        return next(iter(names)) if len(names) == 1 else None

    def _back_to_body(self, head: str, before: int) -> int | None:
        """Aliansi tersebut: the nearest body before whose name fits the noun, else the nearest acronym."""
        offset = self.tagged.document.starts[before]
        for index in self._met_before(offset):
            entity = self.entities[index]
            if entity.type == "organisation" and head in entity.words:
                return index
        named = self._body_before(head, before)
        if named is not None:
            return named
        number = bisect_right(self._spelt_out, offset, key=lambda place: place[0])
        if number:
            long = self._spelt_out[number - 1][1]
            return self._add(long, "organisation", True, frozenset(long.lower().split()))
        return None

    def _body_before(self, head: str, before: int) -> int | None:
        """The nearest body before that is named by the noun or one of its kind: PT X for perusahaan itu."""
        tagged = self.tagged
        places = (self._capital_places.get(word, ()) for word in _KINDS_OF_BODY.get(head, (head,)))
        for place in sorted((place for held in places for place in held if place < before), reverse=True)[:4]:
            phrase = parse(tagged, place, min(before, place + 18))
            if phrase is not None and phrase.kind == "body" and phrase.last - phrase.first > 1:
                return self._body(phrase)
        return None

    @cached_property
    def _capital_places(self) -> dict[str, list[int]]:
        """Where each noun of a body stands with a capital and another one behind it."""
        tagged = self.tagged
        table: dict[str, list[int]] = {}
        for index in tagged.capitals:
            if tagged.flags[index] & BODY and index + 1 < len(tagged.upper) and tagged.upper[index + 1]:
                table.setdefault(tagged.document.lower[index], []).append(index)
        return table

    @cached_property
    def _spelt_out(self) -> list[tuple[int, str]]:
        """Where acronyms in brackets end, and the long forms the article gives them."""
        forms = self._long_forms
        hits = ((match.end(), match[1].lower()) for match in _LONG_FORM.finditer(self.tagged.document.text))
        return [(end, forms[short]) for end, short in hits if short in forms]

    # --- titles and descriptions ------------------------------------------------------------

    def _title(self, phrase: Phrase) -> int:
        """Presiden, Wali Kota, Menko PMK: the person who holds the title in this article."""
        tagged = self.tagged
        lower = tagged.document.lower
        first, last = phrase.first, phrase.last
        if tagged.flags[last - 1] & DEMONSTRATIVE and last - 1 > first:
            last -= 1
        wanted = tuple(lower[first:last])
        found = self._holder(wanted, phrase.first)
        if found is None:
            found = self._told_apart(first, last)
        if found is None:
            name = _clean(tagged.text(first, last))
            found = self._add(name, "person", False, frozenset(wanted))
            self.entities[found].role = name
        self.mention(found, phrase)
        return found

    def _holder(self, wanted: tuple[str, ...], at: int) -> int | None:
        """The named person whose role begins with ``wanted``: the nearest before, else the first after."""
        if not wanted:
            return None
        held = self._holders.get(wanted)
        if held is None:
            found = [phrase for form in self._forms(wanted) for phrase in self._find_holders(form)]
            held = self._holders[wanted] = sorted(found, key=lambda phrase: phrase.first)
        if not held:
            return None
        number = bisect_left(held, at, key=lambda phrase: phrase.first)
        return self._person(held[number - 1] if number else held[0])

    def _forms(self, wanted: tuple[str, ...]) -> list[tuple[str, ...]]:
        """A title and its other forms: menkeu, menteri keuangan; sekda kota, sekretaris daerah kota."""
        forms = [wanted]
        for size in range(1, len(wanted) + 1):
            forms += [(*other, *wanted[size:]) for other in self.tagged.offices.get(wanted[:size], ())]
        return forms

    @cached_property
    def _titles(self) -> dict[str, list[int]]:
        """Where each word of a title or office stands."""
        lower = self.tagged.document.lower
        table: dict[str, list[int]] = {}
        titles = [index for index, flag in enumerate(self.tagged.flags) if flag & TITLE_OR_RANK_OR_ROLE]
        for index in titles:
            table.setdefault(lower[index], []).append(index)
        return table

    def _find_holders(self, wanted: tuple[str, ...]) -> Iterator[Phrase]:
        """The phrases that begin with ``wanted`` and name its holder, in text order."""
        tagged = self.tagged
        lower = tagged.document.lower
        size = len(wanted)
        for index in self._titles.get(wanted[0], ()):
            if tuple(lower[index : index + size]) != wanted:
                continue
            if index and tagged.flags[index - 1] & BODY and tagged.gaps[index] == " ":
                continue  # ketua serikat [pekerja], X: the head of their union is not the workers
            if index > 0 and tagged.flags[index - 1] & ROLE and tagged.gaps[index] == " " and lower[index - 1] in (
                "wakil", "mantan", "calon", "eks", "sekretaris", "istri", "ibu", "juru", "staf",
            ):  # fmt: skip
                continue
            if not tagged.upper[index] and size == 1 and lower[index] in _NOBODY_CERTAIN:
                continue
            phrase = parse(tagged, index, min(len(lower), index + 18))
            if phrase is None or phrase.kind != "name" or phrase.name[0] < index + size:
                continue
            if wanted == _HEAD_OF_STATE and not self._of_state(index + 1, phrase.name[0]):
                continue
            yield phrase

    def _of_state(self, index: int, name: int) -> bool:
        """Whether a president is a state's, not a union's or a club's: Presiden Prancis X, not Presiden KSPI X."""
        tagged = self.tagged
        return all(
            not tagged.is_acronym(word)
            or tagged.document.lower[word] in ("ri", "as")
            or tagged.flags[word] & PLACE
            for word in range(index, name)
        )

    def _holder_met(self, wanted: tuple[str, ...], before: int) -> int | None:
        """The named person met before whose role begins with ``wanted``, if there is just one."""
        offset = self.tagged.document.starts[before]
        only: int | None = None
        for index in self._by_role.get(wanted[0], ()):
            entity = self.entities[index]
            if tuple((entity.role or "").lower().split()[: len(wanted)]) != wanted:
                continue
            if any(mention.end <= offset for mention in entity.mentions):
                if only is not None:
                    return None
                only = index
        return only

    def _told_apart(self, first: int, last: int) -> int | None:
        """The one of that trade met before, whose origin or age is told now: pelatih asal Jerman."""
        lower = self.tagged.document.lower
        for place in range(first + 1, last):
            if lower[place] in _TELLS_APART:
                return self._holder_met(tuple(lower[first:place]), first)
        return None

    def _described(self, phrase: Phrase) -> int | None:
        """Somebody unnamed: seorang warga, para pejabat, spanduk itu; or somebody met before: pria itu."""
        tagged = self.tagged
        lower = tagged.document.lower
        first, last = phrase.first, phrase.last
        pointing = bool(tagged.flags[last - 1] & DEMONSTRATIVE) and not tagged.upper[last - 1]
        sang = lower[first] in ("sang", "si")
        many = (
            lower[first] in GROUPS_ONLY and last < len(lower) and lower[last] == "yang"
        )  # warga yang menunggu
        if sang or (not pointing and not many and not tagged.flags[first] & DETERMINER):
            found = (
                self._holder(tuple(lower[first + sang : last]), phrase.first)
                if tagged.flags[first + sang] & ROLE
                else None
            )
            if found is not None:
                self.mention(found, phrase)
                return found
        if pointing and tagged.flags[first] & BODY and not phrase.plural:
            found = self._back_to_body(lower[first], phrase.first)
            if found is not None:
                self.mention(found, phrase)
                return found
        if pointing or sang:
            found = self._back_to_person(phrase, last - 1 if pointing else last)
            if found is not None:
                self.mention(found, phrase)
                return found
            found = self._back_to_group(lower[first], phrase.first)
            if found is not None:
                return found
        elif not many and not tagged.flags[first] & DETERMINER and tagged.flags[first] & ROLE:
            found = self._holder_met(tuple(lower[first:last]), phrase.first)
            if found is None:
                found = self._told_apart(first, last)
            if found is not None:
                self.mention(found, phrase)
                return found
        start = first
        while start < last - 1 and self._is_light(start, last):
            start += 1
        end = last - 1 if pointing and last - 1 > start else last
        for stop in range(start + 1, end):
            if lower[stop] == "berusia":
                end = stop
                break
        if self._people(phrase) and end - start > 1 and self._goes_on_without_verb(end):
            end -= 1  # Massa bubar pukul empat
        kind = self._type_of(phrase, start)
        called = _clean(tagged.text(self._called_from(first, start), end))
        found = self._add(called, kind, False, frozenset(lower[start:end]), _clean(tagged.text(start, end)))
        entity = self.entities[found]
        if entity.role is None and kind == "person" and tagged.flags[start] & SINGULAR_DETERMINER:
            head = start + 1 + (lower[start] == "salah")
            if head < end and tagged.flags[head] & ROLE and lower[head] not in ANY_PERSON:
                entity.role = _clean(tagged.text(head, end))
        self.mention(found, phrase)
        return found

    def _called_from(self, first: int, start: int) -> int:
        """Where the name of somebody unnamed begins: *para pejabat*, but *warga* for seluruh warga."""
        while first < start and self.tagged.document.lower[first] in _ALL:
            first += 1
        return first

    def _goes_on_without_verb(self, end: int) -> bool:
        """Whether the word before ``end`` must be the predicate, because only adjuncts stand behind it."""
        tagged = self.tagged
        if tagged.flags[end - 1] or tagged.upper[end - 1] or end >= len(tagged.flags) or tagged.marks[end]:
            return False
        return bool(tagged.flags[end] & ADVERBIAL) and not tagged.flags[end] & ADVERB

    def _type_of(self, phrase: Phrase, start: int) -> SpeakerType:
        tagged = self.tagged
        head = tagged.document.lower[start]
        if phrase.kind == "document":
            return "group"
        if tagged.flags[phrase.first] & SINGULAR_DETERMINER or head.removesuffix("nya") in KIN:
            return "person"
        one_of = tagged.document.lower[phrase.first : phrase.first + 2] == ["salah", "satu"]
        if one_of and phrase.first + 2 < phrase.last and tagged.flags[phrase.first + 2] & ROLE:
            return "person"  # salah satu perwakilan mahasiswa
        if phrase.plural or head in GROUP_HEADS:
            return "group"
        if tagged.flags[start] & BODY and not tagged.flags[start] & ROLE:
            return "organisation"
        named = (
            tagged.upper[start] and not tagged.flags[start]
        )  # at the start of a sentence: Sarinah yang ...
        return "person" if tagged.flags[start] & ROLE or named else "group"

    def _back_to_person(self, phrase: Phrase, last: int) -> int | None:
        """The person a describing phrase points back to: by a noun of its role, else the nearest one."""
        tagged = self.tagged
        lower = tagged.document.lower
        start = phrase.first
        while start < last - 1 and tagged.flags[start] & DETERMINER and not tagged.flags[start] & ROLE:
            start += 1
        head = lower[start]
        entities = self.entities
        met = dict.fromkeys(self._met_before(tagged.document.starts[phrase.first]))
        people = [index for index in met if entities[index].type == "person"]
        if not people:
            return None
        nearest = people[0]
        if head in ANY_PERSON:
            return nearest
        for index in people:
            role = entities[index].role
            if role and head in role.lower().split():
                return index
        for index in people:
            if not entities[index].named and head in entities[index].words:
                return index
        # A trade the article has not told yet: only the person spoken of last can be meant.
        trade = phrase.kind == "phrase" and tagged.flags[start] & ROLE and not tagged.flags[start] & BODY
        return nearest if trade and entities[nearest].named and head not in GROUP_HEADS else None

    def _back_to_group(self, head: str, before: int) -> int | None:
        offset = self.tagged.document.starts[before]
        for index in reversed(self._unnamed.get(head, ())):
            if any(mention.end <= offset for mention in self.entities[index].mentions):
                return index
        return None

    def looks_personal(self, phrase: Phrase) -> bool:
        """Whether a phrase with a name surely names a person: a role, an age, an apposition, or two known names."""
        tagged = self.tagged
        described = range(phrase.first, phrase.name[0])
        if any(tagged.flags[i] & (TITLE_OR_RANK_OR_ROLE) or self._heads_role(i) for i in described):
            return True
        first_name = phrase.name[0]
        if tagged.flags[first_name] & TITLE or tagged.document.words[first_name] in tagged.initials:
            return True
        text = tagged.document.text
        end = tagged.document.ends[phrase.last - 1]
        if _AGED.match(text, end) or self.apposition(phrase) is not None:
            return True
        if phrase.first and tagged.gaps[phrase.first] == ", ":
            before = tagged.document.lower[phrase.first - 1].removesuffix("nya")
            if tagged.flags[phrase.first - 1] & DEMONSTRATIVE_OR_ROLE or before in KIN:
                return True
            if self._role_before_comma(phrase) is not None or self._one_before(phrase.first):
                return True
        return any(tagged.flags[i] & GIVEN for i in range(*phrase.name))

    def _one_before(self, first: int) -> bool:
        """Whether *seorang ...* leads to the name behind the comma: Seorang biksu muda, Thero Gnanaloka, ..."""
        tagged = self.tagged
        for index in range(first - 1, max(-1, first - 8), -1):
            if tagged.document.lower[index] == "seorang":
                return True
            if tagged.gaps[index] != " ":
                return False
        return False

    def single(self, entity: int) -> bool:
        """Whether an unnamed speaker is one certain person: seorang warga, sang menteri, Presiden."""
        held = self.entities[entity]
        if held.name.lower().startswith(("seorang ", "salah ", "sang ", "seseorang")):
            return True
        return held.role == held.name and held.name.split()[0].lower() not in _ANYBODY_OR_GROUP

    # --- out --------------------------------------------------------------------------------

    def speakers(self, used: list[int]) -> tuple[tuple[Speaker, ...], dict[int, int]]:
        """The entities that speak, in order of first use, and their numbers."""
        numbers: dict[int, int] = {}
        for index in used:
            numbers.setdefault(index, len(numbers))
        made = []
        for index in numbers:
            entity = self.entities[index]
            mentions = set(entity.mentions)
            if entity.type == "person" and entity.named:
                runs = self._runs_within(entity.words)
                mentions.update(self.tagged.span(run.first, run.last) for run in runs)
            made.append(Speaker(entity.name, entity.type, entity.role, entity.named, tuple(sorted(mentions))))
        return tuple(made), numbers


def _ends_with(phrase: Phrase, first: int, last: int) -> bool:
    """Whether a phrase is one of a person whose name stands at words ``[first, last)``."""
    return phrase.kind == "name" and phrase.name[1] >= last and phrase.name[0] >= first - 1


def _clean(text: str) -> str:
    return " ".join((text if text.isascii() else seen(text)).split())
