"""The speakers of a run: aggregates on disk, settled when the last article is in.

Memory is bounded whatever the input: a dictionary of the last few thousand forms, a small
page cache of SQLite, and one name's forms at a time while the policy looks at them. The
order in which articles are added does not matter; each brings its place in the tables.
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
from quotes.people.forms import Local, Spoken, numbered
from quotes.people.names import Tokens, covers, fold, fold_body, misspelt, skeleton, slug
from quotes.records import SPEECH_KINDS
from quotes.tables import Row

_T = TypeVar("_T")

_FLUSH = 20_000
_BATCH = 500

_SCHEMA = """
CREATE TABLE forms(
    id INTEGER PRIMARY KEY, body INTEGER, key TEXT, name TEXT, type TEXT, role TEXT, country TEXT,
    articles INTEGER, quotes INTEGER, first INTEGER, first_article TEXT);
CREATE TABLE said(
    form INTEGER, stance INTEGER, kind INTEGER, quotes INTEGER, words INTEGER, first INTEGER,
    PRIMARY KEY(form, stance, kind)) WITHOUT ROWID;
CREATE TABLE together(forms TEXT PRIMARY KEY, articles INTEGER) WITHOUT ROWID;
"""
_SETTLED = """
CREATE TABLE clusters(
    id INTEGER PRIMARY KEY, length INTEGER, key TEXT, bones TEXT, wanted TEXT,
    roles TEXT, countries TEXT, quotes INTEGER, first INTEGER);
CREATE TABLE members(form INTEGER PRIMARY KEY, cluster INTEGER);
CREATE TABLE pairs(pair TEXT, cluster INTEGER);
CREATE TABLE speakers(
    person INTEGER PRIMARY KEY, slug TEXT, first INTEGER, name TEXT, type TEXT, role TEXT, country TEXT,
    stance INTEGER, articles INTEGER, quotes INTEGER, direct INTEGER, mixed INTEGER, indirect INTEGER,
    words INTEGER, first_article TEXT);
CREATE TABLE ids(person INTEGER PRIMARY KEY, speaker_id TEXT);
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
        self._together: Counter[str] = Counter()
        self._totals: dict[tuple[int, int], list[int]] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, order: int, article_id: str, speakers: Sequence[Local], rows: Sequence[Spoken]) -> None:
        """Count an article in.

        Args:
            order: the place of the article's first row among all rows; the rows after it
                take the next places.
            article_id: its id.
            speakers: its speakers who have rows.
            rows: its rows of speech.
        """
        forms = numbered(order, speakers, rows)
        seen: set[tuple[int, int]] = set()
        counted: set[int] = set()
        for place, (_, who, stance, kind, words) in enumerate(rows, order):
            total = self._totals.setdefault((stance, kind), [0, 0, 0])
            total[0] += 1
            total[1] += words
            if (stance, kind) not in seen:
                seen.add((stance, kind))
                total[2] += 1
            if who < 0:
                continue
            form = forms[who]
            entry = self._forms.get(form)
            if entry is None:
                entry = self._forms[form] = _Form(speakers[who], place, article_id)
            entry.quotes += 1
            if form not in counted:
                counted.add(form)
                entry.articles += 1
                if place < entry.first:
                    entry.first, entry.first_article = place, article_id
            said = self._said.get((form, stance, kind))
            if said is None:
                self._said[form, stance, kind] = [1, words, place]
            else:
                said[0] += 1
                said[1] += words
                said[2] = min(said[2], place)
        if len(counted) > 1:
            self._note_together([who for who in speakers if who.form in counted])
        if len(self._said) >= _FLUSH:
            self._flush()

    def settle(self) -> None:
        """Decide who is who, and number the speakers; call it once, when all articles are in."""
        self._flush()
        self._db.executescript(_SETTLED)
        self._cluster()
        self._link()
        self._count()
        self._number()

    def ids(self, forms: Iterable[int]) -> dict[int, str]:
        """The speaker ids of forms as ``forms.numbered`` gives them; after :meth:`settle`."""
        found: dict[int, str] = {}
        wanted = list(forms)
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(some))
            found.update(
                self._db.execute(
                    "SELECT form, speaker_id FROM members JOIN ids ON person = cluster"
                    f" WHERE form IN ({marks})"
                    f" UNION ALL SELECT person, speaker_id FROM ids WHERE person < 0 AND person IN ({marks})",
                    some + some,
                ).fetchall()
            )
        return found

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
        distinct = {
            (stance, kind): count
            for stance, kind, count in self._db.execute(
                "SELECT stance, kind, count(DISTINCT coalesce(cluster, said.form)) FROM said"
                " LEFT JOIN members ON members.form = said.form GROUP BY stance, kind"
            )
        }
        order = sorted(self._totals, key=lambda key: (key[0] < 0, *key))
        for stance, kind in order:
            quotes, words, articles = self._totals[stance, kind]
            speakers = distinct.get((stance, kind), 0)
            yield (self._label(stance), SPEECH_KINDS[kind], quotes, words, speakers, articles)

    # --- counting ------------------------------------------------------------------------------

    def _note_together(self, speakers: Sequence[Local]) -> None:
        """Remember forms of one article that share a part of their names.

        The article took them for two: a spelling that differs makes them no one person, and
        where a fuller name or a country does, the article counts once.
        """
        homes: dict[str, set[int]] = {}
        for who in speakers:
            for word in fold(who.name) if who.type == "person" else (f"\0{fold_body(who.name)}",):
                homes.setdefault(word, set()).add(who.form)
        shared = {form for forms in homes.values() if len(forms) > 1 for form in forms}
        if shared:
            self._together[json.dumps(sorted(shared))] += 1

    def _flush(self) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO forms VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET"
            " articles = articles + excluded.articles, quotes = quotes + excluded.quotes,"
            " first_article = iif(excluded.first < first, excluded.first_article, first_article),"
            " first = min(first, excluded.first)",
            [self._forms[id].row(id) for id in sorted(self._forms)],
        )
        self._db.executemany(
            "INSERT INTO said VALUES(?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
            " quotes = quotes + excluded.quotes, words = words + excluded.words,"
            " first = min(first, excluded.first)",
            [(*key, *self._said[key]) for key in sorted(self._said)],
        )
        self._db.executemany(
            "INSERT INTO together VALUES(?,?)"
            " ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
            sorted(self._together.items()),
        )
        self._db.execute("COMMIT")
        self._forms.clear()
        self._said.clear()
        self._together.clear()

    # --- settling ------------------------------------------------------------------------------

    def _cluster(self) -> None:
        """Forms of one name: the persons or bodies they are."""
        members, clusters = self._inserts("members", 2), self._inserts("clusters", 9)
        number = 0
        self._db.execute("BEGIN")
        rows = self._db.execute(
            "SELECT body, key, id, role, country, quotes, first FROM forms WHERE id > 0"
            " ORDER BY body, key, id"
        )
        for (body, key), group in groupby(rows, key=itemgetter(0, 1)):
            tokens: Tokens = (key,) if body else tuple(key.split())
            forms = [merge.Form._make(row[2:]) for row in group]
            for cluster in (merge.bodies if body else merge.persons)(tokens, forms):
                number += 1
                for form in cluster.forms:
                    members.put((form, number))
                if not body:
                    clusters.put(_cluster_row(number, cluster))
        members.flush()
        clusters.flush()
        self._db.execute("COMMIT")

    def _index_names(self) -> None:
        """Enter each name under the pairs of words by which its shorter forms look for it."""
        query = "SELECT DISTINCT wanted FROM clusters WHERE length = 1 OR wanted LIKE '_ %'"
        rare = {row[0] for row in self._db.execute(query)}
        pairs = self._inserts("pairs", 2)
        self._db.execute("BEGIN")
        for id, key in self._db.execute("SELECT id, key FROM clusters WHERE length > 1"):
            for pair in _pairs(key.split(), rare):
                pairs.put((pair, id))
        pairs.flush()
        self._db.execute("CREATE INDEX by_pair ON pairs(pair)")
        self._db.execute("CREATE INDEX by_bones ON clusters(bones)")
        self._db.execute("COMMIT")

    def _link(self) -> None:
        """Shorter forms, initials and variant spellings join the fuller name."""
        self._index_names()
        linked = _Linked(self._db)
        found = self._db.execute(
            "SELECT short.id, pairs.cluster FROM pairs JOIN clusters short ON short.wanted = pairs.pair"
            " AND pairs.cluster != short.id ORDER BY short.length DESC, short.key, short.id, pairs.cluster"
        )
        for short, rows in groupby(found, key=itemgetter(0)):
            linked.shorten(short, [row[1] for row in rows])
        found = self._db.execute(
            "SELECT one.id, other.id FROM clusters one JOIN clusters other"
            " ON one.bones = other.bones AND one.key != other.key AND one.length > 1"
            " ORDER BY one.quotes, one.first DESC, one.id, other.id"
        )
        apart = self._seen_together()
        for one, rows in groupby(found, key=itemgetter(0)):
            linked.respell(one, [row[1] for row in rows if frozenset((one, row[1])) not in apart])
        self._db.execute("BEGIN")
        self._db.execute("CREATE INDEX by_cluster ON members(cluster)")
        self._db.executemany(
            "UPDATE members SET cluster = ? WHERE cluster = ?",
            [(linked.root(child), child) for child in linked.parents],
        )
        self._db.execute("COMMIT")

    def _seen_together(self) -> set[frozenset[int]]:
        """Pairs of clusters that one article has as two speakers."""
        pairs: set[frozenset[int]] = set()
        for forms, _ in self._db.execute("SELECT forms, articles FROM together"):
            clusters = self._clusters_of(json.loads(forms))
            pairs.update(frozenset(pair) for pair in combinations(sorted(set(clusters)), 2))
        return pairs

    def _clusters_of(self, forms: Sequence[int]) -> list[int]:
        query = "SELECT cluster FROM members WHERE form = ?"
        return [self._db.execute(query, (form,)).fetchone()[0] for form in forms]

    def _count(self) -> None:
        """One row per speaker."""
        twice: Counter[int] = Counter()
        for forms, articles in self._db.execute("SELECT forms, articles FROM together"):
            for cluster, times in Counter(self._clusters_of(json.loads(forms))).items():
                twice[cluster] += (times - 1) * articles
        columns = (
            "forms.id, name, type, role, country, articles, forms.quotes, forms.first, first_article,"
            " stance, kind, said.quotes, words, said.first"
        )
        queries = (
            f"SELECT cluster, {columns} FROM members JOIN forms ON forms.id = members.form"
            " JOIN said ON said.form = forms.id ORDER BY cluster, forms.id",
            f"SELECT forms.id, {columns} FROM forms JOIN said ON said.form = forms.id"
            " WHERE forms.id < 0 ORDER BY forms.id",
        )
        speakers = self._inserts("speakers", 15)
        self._db.execute("BEGIN")
        for query in queries:
            for person, rows in groupby(self._db.execute(query), key=itemgetter(0)):
                counted = [_Counted._make(row[1:]) for row in rows]
                speakers.put(_speaker(person, counted, twice[person]))
        speakers.flush()
        self._db.execute("COMMIT")

    def _number(self) -> None:
        """Readable ids: the name, and from the second speaker of a name on a number.

        Numbers follow the order of the speakers' first rows in the tables. A name that ends
        in a number has one always, so that no two ids are alike.
        """
        rows = self._db.execute(
            "SELECT person, slug, row_number() OVER (PARTITION BY slug ORDER BY first) FROM speakers"
        )
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO ids VALUES(?,?)",
            ((person, f"{name}-{n}" if n > 1 or name[-1].isdigit() else name) for person, name, n in rows),
        )
        self._db.execute("COMMIT")

    def _inserts(self, table: str, columns: int) -> _Inserts:
        return _Inserts(self._db, f"INSERT INTO {table} VALUES({','.join('?' * columns)})")

    def _label(self, stance: int | None) -> str | None:
        return None if stance is None or stance < 0 else self._labels[stance]


class _Form:
    """What is counted of one form between two flushes."""

    __slots__ = ("articles", "first", "first_article", "quotes", "who")

    def __init__(self, who: Local, first: int, first_article: str) -> None:
        self.who = who
        self.first = first
        self.first_article = first_article
        self.articles = 0
        self.quotes = 0

    def row(self, id: int) -> tuple[object, ...]:
        _, name, type, role, country = self.who
        body = int(type != "person")
        key = "" if id < 0 else fold_body(name) if body else " ".join(fold(name))
        return (
            id, body, key, name, type, role, country,
            self.articles, self.quotes, self.first, self.first_article,
        )  # fmt: skip


class _Linked:
    """Clusters that were found to be one, while more are looked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.parents: dict[int, int] = {}
        self._grown: dict[int, merge.Cluster] = {}
        self._db = db

    def root(self, id: int) -> int:
        while id in self.parents:
            id = self.parents[id]
        return id

    def shorten(self, short: int, candidates: Sequence[int]) -> None:
        """Let a cluster join its fuller form, if one of the candidates is it."""
        cluster = self._load(short)
        longer = [self._load(id) for id in candidates]
        if len(cluster.tokens) > 1:
            longer = [other for other in longer if covers(other.tokens, cluster.tokens)]
        self._join(short, merge.fuller(cluster, self._others(short, longer)))

    def respell(self, one: int, candidates: Sequence[int]) -> None:
        """Let a cluster join its usual spelling, if one of the candidates is it."""
        cluster = self._grown.get(one) or self._load(one)
        near = [other for other in map(self._load, candidates) if misspelt(other.tokens, cluster.tokens)]
        usual = [
            other
            for other in self._others(one, near)
            if (other.quotes, -other.first) > (cluster.quotes, -cluster.first)
        ]
        self._join(one, merge.same_office(cluster, usual))

    def _others(self, id: int, clusters: Sequence[merge.Cluster]) -> list[merge.Cluster]:
        """The grown clusters that ``clusters`` belong to by now, without that of ``id``."""
        roots = dict.fromkeys(self.root(cluster.id) for cluster in clusters)
        return [self._grown.get(root) or self._load(root) for root in roots if root != self.root(id)]

    def _join(self, id: int, parent: merge.Cluster | None) -> None:
        if parent is None or id in self.parents:
            return
        parent.join(self._grown.pop(id) if id in self._grown else self._load(id))
        self._grown[parent.id] = parent
        self.parents[id] = parent.id

    def _load(self, id: int) -> merge.Cluster:
        key, roles, countries, quotes, first = self._db.execute(
            "SELECT key, roles, countries, quotes, first FROM clusters WHERE id = ?", (id,)
        ).fetchone()
        return merge.Cluster(id, tuple(key.split()), json.loads(roles), json.loads(countries), quotes, first)


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


def _cluster_row(number: int, cluster: merge.Cluster) -> tuple[object, ...]:
    tokens = cluster.tokens
    return (
        number, len(tokens), " ".join(tokens), " ".join(map(skeleton, tokens)), _wanted(tokens),
        json.dumps(cluster.roles) if cluster.roles else "[]",
        json.dumps(cluster.countries) if cluster.countries else "[]",
        cluster.quotes, cluster.first,
    )  # fmt: skip


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


def _wanted(tokens: Tokens) -> str | None:
    """The pair under which the fuller forms of a name stand; a single name stands for itself."""
    if len(tokens) == 1:
        return tokens[0]
    full = [token for token in tokens if len(token) > 1]
    if len(full) > 1:
        return f"{full[0]} {full[-1]}"
    return f"{tokens[0]} {full[0]}" if full and len(tokens[0]) == 1 else None


class _Counted(NamedTuple):
    """One form with one stance and kind, as :meth:`Crowd._count` reads it."""

    form: int
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
    """The speaker's row: totals, and of name, type, role, country and stance the most frequent."""
    forms = rows if len(rows) == 1 else list({row.form: row for row in rows}.values())
    earliest = fullest = forms[0]
    if len(forms) > 1:
        fullest = max(forms, key=lambda row: (len(row.name.split()), len(row.name), row.quotes, -row.first))
        earliest = min(forms, key=lambda row: row.first)
    kinds = [0] * len(SPEECH_KINDS)
    for row in rows:
        kinds[row.kind] += row.said
    return (
        person,
        slug(fullest.name),
        earliest.first,
        fullest.name,
        _most([(row.type, row.quotes, row.first) for row in forms]),
        _most([(row.role, row.quotes, row.first) for row in forms]),
        _most([(row.country, row.quotes, row.first) for row in forms]),
        _most([(row.stance if row.stance >= 0 else None, row.said, row.said_first) for row in rows]),
        sum([row.articles for row in forms]) - twice,
        sum(kinds),
        *kinds,
        sum([row.words for row in rows]),
        earliest.first_article,
    )


def _most(values: Sequence[tuple[_T | None, int, int]]) -> _T | None:
    """The most frequent value that is not None; of equals the earliest."""
    if len(values) == 1:
        return values[0][0]
    counts: dict[_T, tuple[int, int]] = {}
    for value, count, first in values:
        if value is not None:
            known = counts.get(value, (0, -first))
            counts[value] = known[0] + count, max(known[1], -first)
    return max(counts, key=lambda value: counts[value]) if counts else None
