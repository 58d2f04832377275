"""The speakers of a run: aggregates on disk, settled when the last article is in.

Memory is bounded whatever the input: a dictionary of the last few thousand forms, a small
page cache of SQLite, and one name's forms at a time while the policy looks at them. The
order in which articles are added does not matter; each brings its place in the tables.

A person is known by the number of one of his forms. Most forms are persons of their own:
these never leave SQL; only forms that share a name, and names that may be short for others,
are looked at one by one.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TypeVar

from quotes.people import merge
from quotes.people.forms import Local, Said, Spoken, numbered
from quotes.people.names import Tokens, bones, covers, fold, fold_body, misspelt, slug
from quotes.records import SPEECH_KINDS
from quotes.tables import Row

_T = TypeVar("_T")

_FLUSH = 20_000
_BATCH = 500

_SCHEMA = """
CREATE TABLE forms(
    id INTEGER PRIMARY KEY, body INTEGER, key TEXT, bones TEXT, slug TEXT,
    name TEXT, type TEXT, role TEXT, country TEXT,
    articles INTEGER, quotes INTEGER, first INTEGER, first_article TEXT);
CREATE TABLE said(
    form INTEGER, stance INTEGER, kind INTEGER, quotes INTEGER, words INTEGER, first INTEGER,
    PRIMARY KEY(form, stance, kind)) WITHOUT ROWID;
CREATE TABLE together(forms TEXT PRIMARY KEY, articles INTEGER) WITHOUT ROWID;
CREATE TABLE speakers(
    person INTEGER PRIMARY KEY, slug TEXT, first INTEGER, name TEXT, type TEXT, role TEXT, country TEXT,
    stance INTEGER, articles INTEGER, quotes INTEGER, direct INTEGER, mixed INTEGER, indirect INTEGER,
    words INTEGER, first_article TEXT);
CREATE TABLE merged(form INTEGER PRIMARY KEY, person INTEGER);
CREATE TABLE pairs(pair TEXT, form INTEGER);
CREATE TABLE wanted(pair TEXT, form INTEGER);
CREATE TABLE ids(person INTEGER PRIMARY KEY, speaker_id TEXT);
"""

_ADD_FORM = f"""
INSERT INTO forms VALUES({",".join("?" * 13)}) ON CONFLICT(id) DO UPDATE SET
    articles = articles + excluded.articles, quotes = quotes + excluded.quotes,
    first_article = iif(excluded.first < first, excluded.first_article, first_article),
    first = min(first, excluded.first)
"""
_ADD_SAID = """
INSERT INTO said VALUES(?,?,?,?,?,?) ON CONFLICT DO UPDATE SET
    quotes = quotes + excluded.quotes, words = words + excluded.words, first = min(first, excluded.first)
"""
_ADD_SPEAKER = f"INSERT INTO speakers VALUES({','.join('?' * 15)})"

#: Forms that are persons of their own, and speak for one side only: the row says it all.
_SIMPLE = f"""
INSERT INTO speakers
SELECT id, slug, forms.first, name, type, role, country, nullif(stance, -1), articles, forms.quotes,
       {", ".join(f"sum(iif(kind = {kind}, said.quotes, 0))" for kind in range(len(SPEECH_KINDS)))},
       sum(words), first_article
FROM forms JOIN said ON said.form = forms.id
WHERE id NOT IN (SELECT form FROM merged) AND id NOT IN (SELECT person FROM merged)
GROUP BY id HAVING min(stance) = max(stance)
"""
#: The other ones: each person's forms, with all they said.
_MANIFOLD = """
SELECT coalesce(merged.person, forms.id) AS who, forms.id, slug, name, type, role, country, articles,
       forms.quotes, forms.first, first_article, stance, kind, said.quotes, words, said.first
FROM forms JOIN said ON said.form = forms.id LEFT JOIN merged ON merged.form = forms.id
WHERE coalesce(merged.person, forms.id) NOT IN (SELECT person FROM speakers)
ORDER BY who, forms.id, stance, kind
"""
_SHORT = """
SELECT key, id, long FROM (
    SELECT short.key, short.id, pairs.form AS long
    FROM pairs JOIN forms short ON short.body = 0 AND short.key = pairs.pair
    UNION ALL SELECT short.key, short.id, pairs.form
    FROM wanted JOIN pairs USING(pair) JOIN forms short ON short.id = wanted.form)
WHERE id != long
ORDER BY length(key) - length(replace(key, ' ', '')) DESC, key, id, long
"""
_SPELT = """
SELECT one.bones, one.id, other.id
FROM forms one JOIN forms other ON one.bones = other.bones AND one.key != other.key
WHERE one.key LIKE '% %' ORDER BY one.bones, one.id, other.id
"""
_NUMBER = """
INSERT INTO ids
SELECT person, iif(number > 1 OR slug GLOB '*[0-9]', slug || '-' || number, slug) FROM (
    SELECT person, slug, row_number() OVER (PARTITION BY slug ORDER BY first) AS number FROM speakers)
"""


class Crowd:
    """The speakers of all articles of a run.

    Args:
        path: where the aggregates live while the run lasts; None keeps them in memory.
        labels: the stance labels, in the order of the tables.
    """

    def __init__(self, path: Path | None, labels: Sequence[str]) -> None:
        self._labels = tuple(labels)
        self._db = sqlite3.connect(str(path) if path else ":memory:", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-32768", "locking_mode=EXCLUSIVE"):
            self._db.execute(f"PRAGMA {pragma}")
        # SQLite looks up now and then from a long sort, so that Ctrl-C is heard.
        self._db.set_progress_handler(lambda: 0, 1_000_000)
        self._db.executescript(_SCHEMA)
        self._forms: dict[int, _Form] = {}
        self._said: dict[tuple[int, int, int], list[int]] = {}
        self._lone: list[tuple[object, ...]] = []
        self._together: Counter[str] = Counter()
        self._totals: dict[tuple[int, int], list[int]] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._db.execute("PRAGMA temp_store_directory = ''")  # it is the whole process's
        self._db.close()

    def add(self, order: int, article_id: str, speakers: Sequence[Local], spoken: Spoken) -> None:
        """Count an article in.

        Args:
            order: the place of the article's first row among all rows; the rows after it
                take the next places.
            article_id: its id.
            speakers: its speakers who have rows.
            spoken: what they say.
        """
        forms = numbered(order, speakers, spoken)
        lone: dict[int, list[Said]] = {}
        met: dict[int, _Form] = {}
        seen: set[tuple[int, int]] = set()
        for said in spoken.said:
            who, stance, kind, quotes, words, first = said
            side = (stance, kind)
            total = self._totals.setdefault(side, [0, 0, 0, 0])
            total[0] += quotes
            total[1] += words
            if side not in seen:
                seen.add(side)
                total[2] += 1
            if who < 0:
                continue
            form = forms[who]
            if form < 0:
                total[3] += 1
                lone.setdefault(who, []).append(said)
                continue
            entry = met.get(form)
            if entry is None:
                entry = met[form] = self._form(form, speakers[who], order + first, article_id)
            entry.quotes += quotes
            known = self._said.get((form, stance, kind))
            if known is None:
                self._said[form, stance, kind] = [quotes, words, order + first]
            else:
                known[0] += quotes
                known[1] += words
                known[2] = min(known[2], order + first)
        for who, some in lone.items():
            # Nobody else will ever be this speaker: the row is made at once.
            self._lone.append(_lone_row(forms[who], speakers[who], article_id, order, some))
        if len(met) > 1:
            self._note_together(met)
        if len(self._said) + len(self._lone) >= _FLUSH:
            self._flush()

    def _form(self, form: int, who: Local, first: int, article_id: str) -> _Form:
        """The counts of a form that was met in one more article."""
        entry = self._forms.get(form)
        if entry is None:
            entry = self._forms[form] = _Form(who, first, article_id)
        elif first < entry.first:
            entry.first, entry.first_article = first, article_id
        entry.articles += 1
        return entry

    def settle(self) -> None:
        """Decide who is who, and number the speakers; call it once, when all articles are in."""
        self._flush()
        self._db.execute("BEGIN")
        self._db.execute("CREATE INDEX by_key ON forms(body, key)")
        self._db.execute("CREATE INDEX by_bones ON forms(bones)")
        self._same_names()
        self._enter_long_names()
        linked = _Linked(self._db)
        for key, rows in groupby(self._db.execute(_SHORT), key=itemgetter(0)):
            linked.shorten(tuple(key.split()), [(short, long) for _, short, long in rows])
        for _, rows in groupby(self._db.execute(_SPELT), key=itemgetter(0)):
            linked.respell([(one, other) for _, one, other in rows])
        linked.enter()
        self._db.execute(_SIMPLE)
        self._count_manifold()
        self._db.execute(_NUMBER)
        self._db.execute("COMMIT")

    def ids(self, forms: Iterable[int]) -> dict[int, str]:
        """The speaker ids of forms as ``forms.numbered`` gives them; after :meth:`settle`."""
        found: dict[int, str] = {}
        wanted = list(forms)
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(some))
            query = f"SELECT person, speaker_id FROM ids WHERE person IN ({marks})"
            found.update(self._db.execute(query, some).fetchall())
            query = f"SELECT form, speaker_id FROM merged JOIN ids USING(person) WHERE form IN ({marks})"
            found.update(self._db.execute(query, some).fetchall())
        return found

    def size(self) -> int:
        """How many speakers there are."""
        count: int = self._db.execute("SELECT count(*) FROM speakers").fetchone()[0]
        return count

    def speakers(self) -> Iterator[Row]:
        """The rows of the speakers table: the most quoted first, of equals the earliest."""
        rows = self._db.execute(
            "SELECT speaker_id, name, type, role, country, stance, articles, quotes, direct, mixed, indirect,"
            " words, first_article FROM speakers JOIN ids USING(person) ORDER BY quotes DESC, first"
        )
        for row in rows:
            yield (*row[:5], self._label(row[5]), *row[6:])

    def stances(self) -> Iterator[Row]:
        """The rows of the stance table: labels in the order of the model, unknown last; kinds as ever."""
        distinct = Counter(
            {
                (stance, kind): count
                for stance, kind, count in self._db.execute(
                    "SELECT stance, kind, count(DISTINCT coalesce(person, said.form)) FROM said"
                    " LEFT JOIN merged ON merged.form = said.form GROUP BY stance, kind"
                )
            }
        )
        for stance, kind in sorted(self._totals, key=lambda key: (key[0] < 0, *key)):
            quotes, words, articles, lone = self._totals[stance, kind]
            speakers = distinct[stance, kind] + lone
            yield (self._label(stance), SPEECH_KINDS[kind], quotes, words, speakers, articles)

    def _label(self, stance: int | None) -> str | None:
        return None if stance is None or stance < 0 else self._labels[stance]

    # --- counting ------------------------------------------------------------------------------

    def _note_together(self, met: dict[int, _Form]) -> None:
        """Remember forms of one article that share a part of their names.

        The article took them for two: a spelling that differs makes them no one person, and
        where a fuller name or a country does, the article counts once.
        """
        homes: dict[str, int] = {}
        shared: set[int] = set()
        for form, entry in met.items():
            for word in entry.words:
                other = homes.setdefault(word, form)
                if other != form:
                    shared.update((form, other))
        if shared:
            self._together[json.dumps(sorted(shared))] += 1

    def _flush(self) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(_ADD_FORM, [self._forms[id].row(id) for id in sorted(self._forms)])
        self._db.executemany(_ADD_SAID, [(*key, *self._said[key]) for key in sorted(self._said)])
        self._db.executemany(_ADD_SPEAKER, self._lone)
        self._db.executemany(
            "INSERT INTO together VALUES(?,?)"
            " ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
            sorted(self._together.items()),
        )
        self._db.execute("COMMIT")
        for held in (self._forms, self._said, self._lone, self._together):
            held.clear()

    # --- settling ------------------------------------------------------------------------------

    def _same_names(self) -> None:
        """Forms of one name: the persons or bodies they are."""
        merged = _Inserts(self._db, "INSERT INTO merged VALUES(?,?)")
        rows = self._db.execute(
            "SELECT body, key, id, role, country, quotes, first FROM forms WHERE (body, key) IN"
            " (SELECT body, key FROM forms GROUP BY body, key HAVING count(*) > 1) ORDER BY body, key, id"
        )
        for (body, key), group in groupby(rows, key=itemgetter(0, 1)):
            tokens: Tokens = (key,) if body else tuple(key.split())
            forms = [merge.Form._make(row[2:]) for row in group]
            for cluster in (merge.bodies if body else merge.persons)(tokens, forms):
                person = cluster.forms[0]
                for form in cluster.forms[1:]:
                    merged.put((form, person))
        merged.flush()

    def _enter_long_names(self) -> None:
        """Enter each long name under the pairs of words by which its shorter forms look for it."""
        query = "SELECT DISTINCT key FROM forms WHERE body = 0 AND (key NOT LIKE '% %' OR key LIKE '_ %')"
        rare = {_wanted(key.split()) or key for (key,) in self._db.execute(query)}
        pairs = _Inserts(self._db, "INSERT INTO pairs VALUES(?,?)")
        wanted = _Inserts(self._db, "INSERT INTO wanted VALUES(?,?)")
        # Two full words are short for nothing shorter than three.
        like = "% %" if rare else "% % %"
        for id, key in self._db.execute("SELECT id, key FROM forms WHERE body = 0 AND key LIKE ?", (like,)):
            tokens = key.split()
            for pair in _pairs(tokens, rare):
                pairs.put((pair, id))
            if len(tokens) > 2 and (short := _wanted(tokens)):
                wanted.put((short, id))
        pairs.flush()
        wanted.flush()
        self._db.execute("CREATE INDEX by_pair ON pairs(pair)")

    def _count_manifold(self) -> None:
        """The rows of persons with several forms or sides."""
        person_of = "SELECT person FROM merged WHERE form = ?"
        twice: Counter[int] = Counter()
        for forms, articles in self._db.execute("SELECT forms, articles FROM together"):
            found = [
                (self._db.execute(person_of, (form,)).fetchone() or (form,))[0] for form in json.loads(forms)
            ]
            for person, times in Counter(found).items():
                if times > 1:
                    twice[person] += (times - 1) * articles
        self._db.execute("CREATE TABLE manifold AS SELECT * FROM speakers LIMIT 0")
        rows = _Inserts(self._db, f"INSERT INTO manifold VALUES({','.join('?' * 15)})")
        for person, group in groupby(self._db.execute(_MANIFOLD), key=itemgetter(0)):
            rows.put(_speaker(person, [_Counted._make(row[1:]) for row in group], twice[person]))
        rows.flush()
        self._db.execute("INSERT INTO speakers SELECT * FROM manifold")


class _Form:
    """What is counted of one form between two flushes; ``words`` are those of its folded name."""

    __slots__ = ("articles", "first", "first_article", "quotes", "who", "words")

    def __init__(self, who: Local, first: int, first_article: str) -> None:
        self.who = who
        self.words: Tokens = fold(who.name) if who.type == "person" else (f"\0{fold_body(who.name)}",)
        self.first = first
        self.first_article = first_article
        self.articles = 0
        self.quotes = 0

    def row(self, id: int) -> tuple[object, ...]:
        _, name, type, role, country = self.who
        body = int(type != "person")
        key = " ".join(self.words).lstrip("\0")
        return (
            id, body, key, None if body else bones(key), slug(name), name, type, role, country,
            self.articles, self.quotes, self.first, self.first_article,
        )  # fmt: skip


class _Inserts:
    """Rows on their way into a table, some thousand at a time."""

    __slots__ = ("_db", "_rows", "_statement")

    def __init__(self, db: sqlite3.Connection, statement: str) -> None:
        self._db = db
        self._statement = statement
        self._rows: list[tuple[object, ...]] = []

    def put(self, row: tuple[object, ...]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _FLUSH:
            self.flush()

    def flush(self) -> None:
        self._db.executemany(self._statement, self._rows)
        self._rows.clear()


class _Linked:
    """Persons that were found to be one, while more are looked for.

    A person is the number of one of his forms; those of one name are in the table of merged
    forms already.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._parents: dict[int, int] = {}
        self._grown: dict[int, merge.Cluster] = {}

    def shorten(self, tokens: Tokens, found: Sequence[tuple[int, int]]) -> None:
        """Let the persons of a short name join the fuller one that they fit.

        Args:
            tokens: the short name.
            found: its forms, each with a form of a name that may be the fuller one.
        """
        for short, others in self._by_person(found).items():
            longer = [other for other in others if len(tokens) == 1 or covers(other.tokens, tokens)]
            self._join(short, merge.fuller(self._load(short), self._others(short, longer)))

    def respell(self, found: Sequence[tuple[int, int]]) -> None:
        """Let the persons of one skeleton join the usual spelling.

        Args:
            found: pairs of forms with different names of one skeleton.
        """
        candidates = self._by_person(found)
        clusters = {person: self._load(person) for person in candidates}
        for person in sorted(clusters, key=lambda one: (clusters[one].quotes, -clusters[one].first)):
            one = clusters[person]
            near = [
                other
                for other in candidates[person]
                if misspelt(other.tokens, one.tokens) and not self._seen_together(person, other.id)
            ]
            usual = [
                other
                for other in self._others(person, near)
                if (other.quotes, -other.first) > (one.quotes, -one.first)
            ]
            self._join(person, merge.same_office(one, usual))

    def enter(self) -> None:
        """Put what was found into the table of merged forms."""
        self._db.execute("CREATE INDEX by_person ON merged(person)")
        roots = [(self._root(child), child) for child in self._parents]
        self._db.executemany("UPDATE merged SET person = ? WHERE person = ?", roots)
        self._db.executemany("INSERT INTO merged(person, form) VALUES(?,?)", roots)

    def _by_person(self, found: Sequence[tuple[int, int]]) -> dict[int, list[merge.Cluster]]:
        persons: dict[int, dict[int, None]] = {}
        for form, other in found:
            persons.setdefault(self._person(form), {})[self._person(other)] = None
        return {
            person: [self._load(other) for other in others if other != person]
            for person, others in persons.items()
        }

    def _person(self, form: int) -> int:
        """The person of a form, among those of one name."""
        row = self._db.execute("SELECT person FROM merged WHERE form = ?", (form,)).fetchone()
        return int(row[0]) if row else form

    def _root(self, person: int) -> int:
        while person in self._parents:
            person = self._parents[person]
        return person

    def _others(self, person: int, clusters: Sequence[merge.Cluster]) -> list[merge.Cluster]:
        """The grown persons that ``clusters`` belong to by now, without that of ``person``."""
        roots = dict.fromkeys(self._root(cluster.id) for cluster in clusters)
        return [self._load(root) for root in roots if root != self._root(person)]

    def _join(self, person: int, parent: merge.Cluster | None) -> None:
        if parent is None or person in self._parents:
            return
        parent.join(self._load(person))
        self._grown.pop(person, None)
        self._grown[parent.id] = parent
        self._parents[person] = parent.id

    def _load(self, person: int) -> merge.Cluster:
        """A person with all that is known of him."""
        if person in self._grown:
            return self._grown[person]
        query = (
            "SELECT key, id, role, country, quotes, first FROM forms WHERE id = ?1"
            " OR id IN (SELECT form FROM merged WHERE person = ?1) ORDER BY first"
        )
        rows = self._db.execute(query, (person,)).fetchall()
        cluster = merge.Cluster(person, tuple(rows[0][0].split()))
        for row in rows:
            cluster.take(merge.Form._make(row[1:]))
        return cluster

    def _seen_together(self, one: int, other: int) -> bool:
        """Whether one article has both as two speakers."""
        forms = [set(self._load(person).forms) for person in (one, other)]
        query = "SELECT forms FROM together WHERE forms LIKE '%' || ? || '%'"
        for form in forms[0]:
            for (found,) in self._db.execute(query, (form,)):
                there = set(json.loads(found))
                if form in there and there & forms[1]:
                    return True
        return False


def _pairs(tokens: Sequence[str], rare: set[str]) -> set[str]:
    """Under which pairs of words a name is looked for by its shorter forms.

    ``rare`` are the single names and the pairs with an initial that are looked for at all;
    two full words can only be short for three.
    """
    found = {token for token in tokens if token in rare}
    for one, other in combinations(tokens, 2):
        if len(tokens) > 2:
            found.add(f"{one} {other}")
        if rare and f"{one[0]} {other}" in rare:
            found.add(f"{one[0]} {other}")
    return found


def _wanted(tokens: Sequence[str]) -> str | None:
    """The pair under which the fuller forms of a name stand; None for one word."""
    full = [token for token in tokens if len(token) > 1]
    if len(full) > 1:
        return f"{full[0]} {full[-1]}"
    return f"{tokens[0]} {full[0]}" if full and len(tokens[0]) == 1 else None


class _Counted(NamedTuple):
    """One form with one stance and kind, as the speakers table is made of it."""

    form: int
    slug: str
    name: str
    type: str
    role: str | None
    country: str | None
    articles: int
    quotes: int  # of the form
    first: int
    first_article: str
    stance: int
    kind: int
    said: int  # quotes of this stance and kind
    words: int
    said_first: int


def _speaker(person: int, rows: Sequence[_Counted], twice: int) -> tuple[object, ...]:
    """The row of a person with several forms: totals, and otherwise the most frequent."""
    forms = list({row.form: row for row in rows}.values())
    fullest = max(forms, key=lambda row: (len(row.name.split()), len(row.name), row.quotes, -row.first))
    earliest = min(forms, key=lambda row: row.first)
    kinds = [sum(row.said for row in rows if row.kind == kind) for kind in range(len(SPEECH_KINDS))]
    return (
        person,
        fullest.slug,
        earliest.first,
        fullest.name,
        _most((row.type, row.quotes, row.first) for row in forms),
        _most((row.role, row.quotes, row.first) for row in forms),
        _most((row.country, row.quotes, row.first) for row in forms),
        _most((row.stance if row.stance >= 0 else None, row.said, row.said_first) for row in rows),
        sum(row.articles for row in forms) - twice,
        sum(kinds),
        *kinds,
        sum(row.words for row in rows),
        earliest.first_article,
    )


def _lone_row(
    form: int, who: Local, article_id: str, order: int, spoken: Sequence[Said]
) -> tuple[object, ...]:
    """The row of a speaker of one article."""
    kinds = [0] * len(SPEECH_KINDS)
    for said in spoken:
        kinds[said.kind] += said.quotes
    stance: int | None = spoken[0].stance
    if len(spoken) > 1:
        stance = _most(
            (said.stance if said.stance >= 0 else None, said.quotes, said.first) for said in spoken
        )
    return (
        form, slug(who.name), order + spoken[0].first, who.name, who.type, who.role, who.country,
        None if stance == -1 else stance, 1, sum(kinds), *kinds, sum([said.words for said in spoken]), article_id,
    )  # fmt: skip


def _most(values: Iterable[tuple[_T | None, int, int]]) -> _T | None:
    """The most frequent value that is not None; of equals the earliest."""
    counts: dict[_T, tuple[int, int]] = {}
    for value, count, first in values:
        if value is not None:
            known = counts.get(value, (0, -first))
            counts[value] = known[0] + count, max(known[1], -first)
    return max(counts, key=lambda value: counts[value]) if counts else None
