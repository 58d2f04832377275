"""Cues in their clauses: every reporting word of an article, and the phrase that is its source.

A cue is the hub: quoted spans, indirect statements and sources hang on it. Where the
source stands depends on the cue: before an active verb, behind a bare one (*kata Budi*),
behind *menurut*, as the agent of a passive, or as the clitic *-nya* in the cue itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from quotes.lexicon.cues import CueEntry, Cues
from quotes.lexicon.words import (
    ADVERB,
    ADVERB_OR_OPENER,
    ADVERBIAL,
    BEFORE_SUBJECT,
    COMMON,
    CONJUNCTION,
    CUE,
    DEMONSTRATIVE,
    DETERMINER_OR_ROLE,
    OPENER,
    OPENS_CLAUSE,
    PREPOSITION,
    PREPOSITION_OR_ROLE_PREPOSITION,
    PREPOSITION_OR_TIME,
    PRONOUN,
    ROLE,
    ROLE_OR_BODY,
    ROLE_OR_BODY_OR_PREPOSITION,
    SINGULAR_DETERMINER_OR_ROLE_OR_BODY,
    TITLE_OR_RANK_OR_ROLE,
)
from quotes.phrases import Phrase, Tagged, is_verb, parse
from quotes.records import Span

#: What stands between the pieces of a clause.
_SETS_OFF = re.compile("[,;:—–]| - ")
_AGENT_GLUE = frozenset(("oleh", "juga", "lagi", "pula", "lebih", "lanjut"))
_PASSIVE_GLUE = frozenset(("oleh", "juga", "pula", "langsung", "sendiri"))
_OF_PLACE = frozenset(("di", "dari", "pada", "dalam", "antara", "untuk"))
#: What somebody wears or has: bertato, berjaket, berkerudung; behind a verb of saying no predicate.
_WEARING = re.compile(r"ber[a-z]{4,}$")
_LONGEST_RELATIVE = 15  # words
#: How many words a phrase behind a preposition may have.
_GOVERNED = 7
#: Units of way and time: so many of them are no subject.
_MEASURES = frozenset(
    ("kilometer", "km", "meter", "mil", "menit", "jam", "hari", "pekan", "minggu", "bulan", "tahun")
)
_MANNER = frozenset(("dengan", "sambil", "seraya", "sembari", "secara"))


class Cue(NamedTuple):
    """A reporting word in the text: word index, offsets and what it can do."""

    word: int
    start: int
    end: int
    entry: CueEntry


class Source(NamedTuple):
    """What stands as the source of a cue: a phrase, or the clitic -nya (phrase None)."""

    span: Span
    phrase: Phrase | None


def find_cues(tagged: Tagged, cues: Cues) -> list[Cue]:
    """Every reporting word of the article, in text order."""
    document = tagged.document
    entries, lower = cues.entries, document.lower
    places = [index for index, flag in enumerate(tagged.flags) if flag & CUE and lower[index] in entries]
    compounds = cues.compounds
    places = [at for at in places if lower[at] not in compounds or not _compound(tagged, at, compounds)]
    return [Cue(at, document.starts[at], document.ends[at], entries[lower[at]]) for at in places]


def _compound(tagged: Tagged, index: int, compounds: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word is one half of another thing: kata kunci."""
    lower, behind = tagged.document.lower, index + 1
    return behind < len(lower) and tagged.gaps[behind] == " " and lower[behind] in compounds[lower[index]]


def clitic(cue: Cue) -> Source:
    """The -nya at the end of a cue as its source."""
    return Source(Span(cue.end - 3, cue.end), None)


def source_after(tagged: Tagged, cue: Cue, limit: int) -> Source | None:
    """The source behind a bare verb, *menurut* or a passive, before word ``limit``."""
    if cue.entry.clitic:
        return clitic(cue)
    index = cue.word + 1
    glue = _PASSIVE_GLUE if cue.entry.passive else _AGENT_GLUE
    while index < limit and tagged.document.lower[index] in glue and tagged.marks[index] == "":
        index += 1
    if index >= limit or (tagged.marks[index] and tagged.marks[index] != "@"):
        return None
    phrase = parse(tagged, index, limit)
    if phrase is None:
        return None
    if not cue.entry.passive:
        phrase = told_further(tagged, phrase, limit)
    if cue.entry.passive and index == cue.word + 1 and not _is_agent(phrase, tagged):
        return None
    return Source(Span(phrase.start, phrase.end), phrase)


def told_further(tagged: Tagged, phrase: Phrase, limit: int) -> Phrase:
    """A description behind a bare verb with all that tells who is meant.

    *Pria bertato itu*, *pengemudi berjaket hijau*, *perempuan yang meneliti nyamuk itu*: behind the
    verb nothing of this can be a predicate. A relative clause belongs to it only with its *itu*.
    """
    if phrase.kind not in ("phrase", "title") or tagged.flags[phrase.last - 1] & DEMONSTRATIVE:
        return phrase
    if not tagged.flags[phrase.last - 1] & ROLE and not tagged.flags[phrase.first] & DETERMINER_OR_ROLE:
        return phrase
    lower, flags, marks = tagged.document.lower, tagged.flags, tagged.marks
    last = phrase.last
    while last < limit and not marks[last] and _WEARING.match(lower[last]) and not flags[last]:
        last += 1
        while last < limit and not marks[last] and not tagged.upper[last] and flags[last] in (0, COMMON):
            if is_verb(tagged, last):
                break
            last += 1
    one = flags[phrase.first] & SINGULAR_DETERMINER_OR_ROLE_OR_BODY and not flags[phrase.first] & ROLE_OR_BODY
    if last < limit and not marks[last] and lower[last] == "yang" and not one:
        last = _relative_close(tagged, last, limit) or last
    elif last < limit and not marks[last] and flags[last] & DEMONSTRATIVE:
        last += 1
    if last == phrase.last:
        return phrase
    return phrase._replace(last=last, end=tagged.document.ends[last - 1])


def _relative_close(tagged: Tagged, yang: int, limit: int) -> int | None:
    """The word behind the *itu* that closes a relative clause; None if none does."""
    for word in range(yang + 2, min(limit, yang + _LONGEST_RELATIVE)):
        if tagged.marks[word] not in ("", "“", "”", '"'):
            return None
        if tagged.flags[word] & DEMONSTRATIVE and not tagged.upper[word]:
            behind = word + 1
            if behind >= limit or tagged.marks[behind] or tagged.flags[behind] & ADVERBIAL:
                return behind
    return None


def _is_agent(phrase: Phrase, tagged: Tagged) -> bool:
    """Whether a phrase right behind a passive verb, without oleh, is its agent."""
    if phrase.kind in ("name", "pronoun", "title"):
        return True
    flags = tagged.flags[phrase.first]
    return (phrase.kind == "body" and tagged.upper[phrase.first]) or bool(
        flags & (SINGULAR_DETERMINER_OR_ROLE_OR_BODY)
    )


def source_before(tagged: Tagged, cue: Cue, left: int) -> Source | None:
    """The subject of an active verb: the phrase in the clause that starts at word ``left`` or behind it."""
    end = _skip_adverbs(tagged, cue.word, left)
    if end <= left:
        return None
    pieces = _pieces(tagged, left, end)
    adjacent = not _broken(tagged, end, cue.word)
    if not adjacent and end - left > 1 and _bracketed(tagged, end):
        # Badan Meteorologi, Klimatologi, dan Geofisika (BMKG) mengimbau
        adjacent, end = not _broken(tagged, end + 1, cue.word), end - 1
        pieces = _pieces(tagged, left, end)
    last = len(pieces) - 1
    if adjacent:
        head = _relative_head(tagged, end, left)
        if head is not None:
            return _source(head)
        found = (
            _listed_whole(tagged, pieces, end)
            or _ends_at(tagged, *pieces[last])
            or _relative(tagged, *pieces[last])
        )
        opening = pieces[last][0]
        if (
            found is not None
            and last
            and tagged.document.lower[opening] == "yang"
            and found.first > opening + 1
        ):
            # X, yang turut menulis di jurnal Y menyebutkan
            return _behind_commas(tagged, pieces[:last]) or _source(found)
        if found is not None and found.kind == "body":
            found = _described_before(tagged, pieces, last) or found
        if found is not None and _accompanies(tagged, found, pieces[last][0]):
            found = _relative(tagged, *pieces[last]) or found
        if found is not None:
            found = _modified(tagged, pieces[last][0], found) or found
            if found.kind == "name" and last and found.first == pieces[last][0]:
                found = _with_role_before(tagged, pieces, last, found)[1]
            return _source(_named_before(tagged, pieces, last, found) or found)
        if _joins(tagged, cue.word, left) or _starts_clause(tagged, pieces[last][0]):
            return _main_subject(tagged, pieces)
        found = _anywhere(tagged, *pieces[last])
        if found is not None:
            return _source(found)
        last -= 1
    return _behind_commas(tagged, pieces[: last + 1])


def _described_before(tagged: Tagged, pieces: list[tuple[int, int]], last: int) -> Phrase | None:
    """Grant Reeher, seorang profesor di Maxwell School, Syracuse University mengatakan: the name comes first."""
    for place in range(last - 1, 0, -1):
        if tagged.document.lower[pieces[place][0]] == "seorang":
            first, end = pieces[place - 1]
            phrase = parse(tagged, first, end)
            return phrase if phrase is not None and phrase.kind == "name" and phrase.last == end else None
    return None


def _accompanies(tagged: Tagged, phrase: Phrase, first: int) -> bool:
    """Whether a phrase tells with whom the subject is: seorang pria yang datang dengan istrinya mengatakan."""
    return phrase.first > first and tagged.document.lower[phrase.first - 1] in ("dengan", "bersama")


def _source(phrase: Phrase) -> Source:
    return Source(Span(phrase.start, phrase.end), phrase)


def _skip_adverbs(tagged: Tagged, word: int, left: int) -> int:
    """The index after the last word that is no adverb before ``word``."""
    index = word
    while index > left and tagged.marks[index] == "":
        before = index - 1
        flags = tagged.flags[before]
        if tagged.upper[before] and before > left and not flags & ADVERB:
            break
        if not flags & ADVERB or flags & ROLE:
            break
        index = before
    return index


def _broken(tagged: Tagged, end: int, word: int) -> bool:
    """Whether punctuation stands between the subject's place and the verb."""
    return any(tagged.marks[max(end, 1) : word + 1])


def _pieces(tagged: Tagged, left: int, end: int) -> list[tuple[int, int]]:
    """The comma-separated stretches of words ``[left, end)``; brackets are cut out."""
    pieces: list[tuple[int, int]] = []
    start = left
    gaps = tagged.gaps
    for index in [index for index in range(left + 1, end) if gaps[index] != " "]:
        gap = gaps[index]
        if index in tagged.inside_degrees:
            continue
        if (
            _SETS_OFF.search(gap)
            or gap == "-"
            or ("(" in gap and not tagged.upper[index] and tagged.document.words[index][0].isdigit())
        ):
            pieces.append((start, index))
            start = index
    pieces.append((start, end))
    return pieces


def _ends_at(tagged: Tagged, first: int, end: int) -> Phrase | None:
    """The longest phrase that ends exactly at ``end``, starting at ``first`` or behind it."""
    if tagged.flags[end - 1] & PRONOUN:
        return parse(tagged, end - 1, end)
    for start in range(max(first, end - 16), end):
        if start > first and tagged.marks[start]:
            continue
        phrase = parse(tagged, start, end)
        if phrase is not None and phrase.last == end and _left_open(tagged, start, first):
            return _behind_heading(tagged, phrase) or phrase
    return None


def _behind_heading(tagged: Tagged, phrase: Phrase) -> Phrase | None:
    """The office behind words of a heading that has lost its line: Berbagai kendala [Kepala BKN X]."""
    flags, upper = tagged.flags, tagged.upper
    for index in range(phrase.first + 2, phrase.last):
        if upper[index] and flags[index] & TITLE_OR_RANK_OR_ROLE and not upper[index - 1]:
            if flags[index - 1] & ~COMMON or tagged.gaps[index] != " " or not tagged.starts[phrase.first]:
                return None
            inner = parse(tagged, index, phrase.last)
            return inner if inner is not None and inner.last == phrase.last and inner.kind == "name" else None
    return None


def _left_open(tagged: Tagged, start: int, first: int) -> bool:
    """Whether a phrase may start here: not in the middle of another phrase or behind a preposition's noun."""
    if start == first or tagged.document.words[start][0].isdigit():
        return True
    flags = tagged.flags[start - 1]
    if flags & (PREPOSITION_OR_ROLE_PREPOSITION) and tagged.document.lower[start - 1] not in (
        "bahwa",
        "karena",
        "namun",
        "tetapi",
        "tapi",
        "sementara",
        "sedangkan",
        "ketika",
        "saat",
        "setelah",
        "sehingga",
        "meski",
        "meskipun",
        "walau",
        "sebab",
        "dengan",
        "maka",
        "kendati",
        "apabila",
        "jika",
        "kalau",
        "seperti",
        "sebagaimana",
        "yang",
        "dan",
    ):
        return False
    return bool(flags & (OPENS_CLAUSE)) or (tagged.upper[start] and not tagged.upper[start - 1])


def _relative(tagged: Tagged, first: int, end: int) -> Phrase | None:
    """The phrase before a relative clause: polisi yang bertugas di lokasi."""
    for index in range(first + 1, end):
        if tagged.document.lower[index] == "yang":
            for start in range(first, index):
                phrase = parse(tagged, start, index)
                if phrase is not None and phrase.last == index and _left_open(tagged, start, first):
                    return phrase
            return None
    return None


def _relative_head(tagged: Tagged, end: int, left: int) -> Phrase | None:
    """The phrase a relative clause hangs on, where its verb comes first: pengunjuk rasa yang berteriak."""
    yang = end - 1
    if yang <= left or tagged.document.lower[yang] != "yang":
        return None
    first = max(left, yang - 12)
    for start in range(first, yang):
        if start > first and tagged.marks[start] not in ("", ","):
            first = start
    phrase = _ends_at(tagged, first, yang) or _governed_head(tagged, first, yang)
    if phrase is None or (phrase.kind == "phrase" and not tagged.flags[phrase.first] & DETERMINER_OR_ROLE):
        return None
    return phrase


def _governed_head(tagged: Tagged, first: int, yang: int) -> Phrase | None:
    """The phrase behind a preposition right before a relative clause: disambut oleh presiden, yang berkata."""
    for start in range(yang - 1, max(first, yang - _GOVERNED), -1):
        if tagged.flags[start - 1] & PREPOSITION:
            phrase = parse(tagged, start, yang)
            return phrase if phrase is not None and phrase.last == yang else None
    return None


def _bracketed(tagged: Tagged, end: int) -> bool:
    """Whether the last word before ``end`` is an acronym in brackets of its own."""
    last = end - 1
    return (
        end < len(tagged.flags)
        and tagged.is_acronym(last)
        and tagged.gaps[last].strip() == "("
        and tagged.gaps[end].strip() == ")"
    )


def _listed_whole(tagged: Tagged, pieces: list[tuple[int, int]], end: int) -> Phrase | None:
    """Badan Meteorologi, Klimatologi, dan Geofisika: a phrase whose commas list the fields of one body."""
    if len(pieces) < 2 or tagged.document.lower[pieces[-1][0]] != "dan":
        return None
    for first, _ in pieces[max(0, len(pieces) - 5) : -1]:
        phrase = parse(tagged, first, end)
        if phrase is not None and phrase.last == end and phrase.kind in ("body", "name", "title"):
            return phrase
    return None


def _modified(tagged: Tagged, first: int, found: Phrase) -> Phrase | None:
    """Sumber di internal KPK menyebut: the noun before a preposition is the subject, not the body behind it."""
    if found.first == first or found.kind not in ("body", "name"):
        return None
    whole = _leading(tagged, first, found.first)
    if whole is None or whole.first != first or whole.last >= found.first or whole.kind == "pronoun":
        return None
    flags = tagged.flags
    if (not flags[whole.first] & ROLE and whole.kind != "name") or not flags[whole.last] & PREPOSITION:
        return None
    if tagged.document.lower[whole.last] not in _OF_PLACE:
        return None
    between = range(whole.last + 1, found.first)
    return None if any(flags[i] & (CONJUNCTION | CUE) or is_verb(tagged, i) for i in between) else whole


def _named_before(tagged: Tagged, pieces: list[tuple[int, int]], last: int, found: Phrase) -> Phrase | None:
    """Risa Kusuma, seorang ibu berusia 35 tahun menyampaikan: the name before the comma is the subject."""
    if last == 0 or found.first != pieces[last][0] or found.kind not in ("phrase", "title"):
        return None
    if (tagged.upper[found.first] and found.kind != "title") or tagged.marks[found.first] not in (
        ",",
        "),",
    ):
        return None
    first, end = pieces[last - 1]
    if tagged.document.lower[found.first] == "seseorang":
        return None
    if tagged.document.words[first][0].isdigit() and last > 1:
        first, end = pieces[last - 2]  # Gabriel Manek (60), penjual air
    for start in range(first, end):
        if start > first and tagged.upper[found.first] and not tagged.flags[start - 1] & OPENER:
            break
        phrase = parse(tagged, start, end)
        if phrase is not None and phrase.kind == "name" and phrase.last == end:
            return phrase
        if not tagged.flags[start] & (BEFORE_SUBJECT) or tagged.document.lower[start] in _OF_PLACE:
            return None
    return None


def _joins(tagged: Tagged, word: int, left: int) -> bool:
    """Whether the verb is joined to an earlier one: dan mengatakan, seraya menambahkan."""
    before = _skip_adverbs(tagged, word, left) - 1
    return before >= left and tagged.document.lower[before] in (
        "dan",
        "serta",
        "lalu",
        "kemudian",
        "seraya",
        "sambil",
        "sembari",
        "dengan",
        "untuk",
        "tetapi",
        "tapi",
        "namun",
        "atau",
        "yang",
        "sebelum",
        "setelah",
    )


def _starts_clause(tagged: Tagged, first: int) -> bool:
    return tagged.document.lower[first] in _MANNER


def _main_subject(tagged: Tagged, pieces: list[tuple[int, int]]) -> Source | None:
    """The subject of the sentence's main clause: its first phrase behind leading adverbials."""
    for first, end in pieces:
        phrase = _leading(tagged, first, end)
        if phrase is not None:
            return _source(phrase)
    return None


def _leading(tagged: Tagged, first: int, end: int) -> Phrase | None:
    """The phrase at the start of a stretch, behind its opening words; None for an adverbial."""
    index = first
    if tagged.document.lower[first : first + 2] == ["sementara", "itu"]:
        index = first = first + 2
    while (
        index < end
        and index < first + 3
        and tagged.flags[index] & OPENER
        and not tagged.flags[index] & ROLE_OR_BODY_OR_PREPOSITION
        and not tagged.flags[index] & PRONOUN
    ):
        index += 1
    if index in tagged.inside_degrees:
        return None
    if index >= end or (
        tagged.flags[index] & PREPOSITION_OR_TIME and not tagged.flags[index] & (ROLE_OR_BODY)
    ):
        return None
    phrase = parse(tagged, index, end)
    if phrase is not None and phrase.plural and tagged.document.lower[phrase.last - 1] in _MEASURES:
        return None  # ratusan kilometer di selatan kota
    if phrase is None or (
        phrase.last < end
        and tagged.marks[phrase.last]
        and phrase.last == index + 1
        and phrase.kind == "phrase"
    ):
        return phrase if phrase is not None and phrase.last == end else None
    return phrase


def leading_phrases(tagged: Tagged, left: int, end: int) -> list[Phrase]:
    """The subject of a clause of its own and what stands beside it behind commas, first things first.

    A role before a comma and a name (*Istri Safrizal, Cut Meurah, ...*) is one phrase.
    """
    found: list[Phrase] = []
    for first, last in _pieces(tagged, left, end)[:5]:
        phrase = _leading(tagged, first, end if not found else last)
        if phrase is not None:
            found.append(phrase)
            if phrase.kind == "name":
                described = _described_at_length(tagged, phrase, end)
                found = [described, phrase] if described is not None else found
            if phrase.kind in ("name", "pronoun"):
                break
            if phrase.last < end and not tagged.marks[phrase.last]:
                behind = name_behind(tagged, phrase, end)
                if behind is not None:
                    found.insert(0, behind)
                break
    names = [phrase for phrase in found if phrase.kind == "name"]
    if names and found[0].kind in ("title", "phrase") and found[0].last <= names[0].first:
        return names
    return found


def _described_at_length(tagged: Tagged, phrase: Phrase, end: int) -> Phrase | None:
    """The name behind an office with the name of a place: gubernur Kivu Selatan yang mengungsi, Patient Bisimwa, ..."""
    head, yang = phrase.first, phrase.last
    if phrase.name[0] == head or not tagged.flags[head] & ROLE or yang >= end:
        return None
    if tagged.document.lower[yang] != "yang" or tagged.marks[yang]:
        return None
    return name_behind(tagged, phrase, end)


def name_behind(tagged: Tagged, phrase: Phrase, end: int) -> Phrase | None:
    """The name a description is told to have: Seorang penumpang yang selamat, Eneng Rohayati, ... or bernama X."""
    lower = tagged.document.lower
    for index in range(phrase.last, min(end, phrase.last + 12)):
        if lower[index] in ("bernama", "bermarga", "dipanggil", "disebut", "alias", "disapa") or (
            lower[index] in ("sebagai", "diri") and lower[index - 1] in ("diri", "menamakan", "menyebut")
        ):
            named = parse(tagged, index + 1, end) if index + 1 < end else None
            return named if named is not None and named.kind == "name" else None
        if "," in tagged.gaps[index] and lower[index] != "yang":
            named = parse(tagged, index, end)
            if named is not None and named.kind == "name" and named.name[0] - named.first <= 2:
                closes = named.last >= end or tagged.marks[named.last].startswith((",", "(", "."))
                return named if closes else None
            return None
    return None


def _anywhere(tagged: Tagged, first: int, end: int) -> Phrase | None:
    """The first phrase with a person, body or role in a stretch that is followed by an adverbial."""
    phrase = _leading(tagged, first, end)
    if phrase is None:
        return None
    if phrase.last < end and not tagged.flags[phrase.last] & (ADVERBIAL):
        return None
    return phrase


def _behind_commas(tagged: Tagged, pieces: list[tuple[int, int]]) -> Source | None:
    """The subject before appositions, places and dates that commas set off."""
    candidates: list[tuple[int, Phrase]] = []
    for first, end in pieces[1:]:
        if tagged.document.lower[first] in ("lewat", "melalui") and first + 1 < end:
            spoken = parse(tagged, first + 1, end)  # KPK, melalui juru bicaranya X, mengatakan
            if spoken is not None and spoken.kind == "name" and spoken.last == end:
                return _source(spoken)
    for number in range(len(pieces) - 1, max(-1, len(pieces) - 7), -1):
        first, end = pieces[number]
        phrase = None if number and _owned(tagged, first) else _leading(tagged, first, end)
        if phrase is not None and (phrase.kind != "phrase" or phrase.role[0] < phrase.role[1]):
            candidates.append((number, phrase))
    if not candidates:
        return None
    names = [(number, phrase) for number, phrase in candidates if phrase.kind in ("name", "pronoun")]
    number, phrase = names[0] if names else candidates[-1]
    for place, held in names:
        # Grant Reeher, seorang profesor di Maxwell School, Syracuse University: one is described.
        if place + 1 < len(pieces) and tagged.document.lower[pieces[place + 1][0]] == "seorang":
            number, phrase = place, held
    if names and number > 0 and phrase.name[0] > phrase.first and tagged.flags[phrase.first] & ROLE:
        # Abdian Saputra, Koordinator Ekajaya Fast Boat: the name comes first, the role behind it.
        before = number - 1
        while before and tagged.document.words[pieces[before][0]].isdigit():
            before -= 1  # Rizky Aqilah (29), warga Cipayung, ...
        earlier = [held for place, held in names if place == before and held.name == (held.first, held.last)]
        if earlier and tagged.marks[phrase.first] in (",", "),"):
            return _source(earlier[0])
    if names and number > 0:
        number, phrase = _with_role_before(tagged, pieces, number, phrase)
    return _source(phrase)


def _owned(tagged: Tagged, first: int) -> bool:
    """Whether a stretch tells whose company the one before is: anak usaha X."""
    return tuple(tagged.document.lower[first : first + 2]) in (("anak", "usaha"), ("anak", "perusahaan"))


def _with_role_before(
    tagged: Tagged, pieces: list[tuple[int, int]], number: int, phrase: Phrase
) -> tuple[int, Phrase]:
    """Ketua KPU Papua, Theodorus Kossay: the role before the comma belongs to the mention."""
    first = pieces[number - 1][0]
    for start in range(first, min(first + 4, pieces[number - 1][1])):
        if start > first and (
            not tagged.flags[start - 1] & (ADVERB_OR_OPENER) or tagged.flags[start - 1] & PREPOSITION
        ):
            break
        whole = parse(tagged, start, pieces[number][1])
        if whole is not None and whole.last == phrase.last and whole.name == phrase.name:
            return number - 1, whole
    return number, phrase


def source_of(tagged: Tagged, cue: Cue, left: int, right: int) -> Source | None:
    """The source of a cue inside the words ``[left, right)`` of its clause, whatever its kind."""
    entry = cue.entry
    if entry.clitic:
        return clitic(cue)
    if entry.preposition:
        return source_after(tagged, cue, right)
    if entry.active:
        return source_before(tagged, cue, left)
    if entry.after:
        return source_after(tagged, cue, right)
    if entry.passive:
        found = source_after(tagged, cue, right)
        if found is not None:
            return found
        return _agent_with_oleh(tagged, cue, right) or _agent_before(tagged, cue, left)
    return None


def _agent_before(tagged: Tagged, cue: Cue, left: int) -> Source | None:
    """The agent of a passive told before it: oleh sejumlah pihak dinilai ..."""
    for index in range(cue.word - 1, max(left, cue.word - 8) - 1, -1):
        if tagged.document.lower[index] == "oleh":
            phrase = parse(tagged, index + 1, cue.word)
            return _source(phrase) if phrase is not None else None
    return None


def _agent_with_oleh(tagged: Tagged, cue: Cue, right: int) -> Source | None:
    """The agent of a passive behind its complement: disebut gila oleh Budi."""
    for index in range(cue.word + 1, min(right, cue.word + 9)):
        if tagged.marks[index]:
            return None
        if tagged.document.lower[index] == "oleh":
            phrase = parse(tagged, index + 1, right)
            return _source(phrase) if phrase is not None else None
    return None


def word_after(tagged: Tagged, offset: int) -> int:
    """Index of the first word that starts at or after ``offset``."""
    return bisect_left(tagged.document.starts, offset)
