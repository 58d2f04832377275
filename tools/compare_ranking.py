#!/usr/bin/env python3
"""Would a trained ranking of antecedents beat the order of the rules? A comparison, on gold.

Wherever a pronoun, -nya, an unsaid subject or a quote without a cue stands for somebody, all
persons that may be meant are offered: speakers and subjects of the last nine sentences, and
full names anywhere in the last three. A logistic regression over pairs of candidates learns to
put the right one first; its choice replaces that of the rules where it is better by a margin
(log-odds). Rows with at least two candidates count; every fold is ranked by a model that has
not seen its articles. Nothing is written: the package keeps the order of the rules.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from train_confidence import FOLDS, SOURCE, Recorder, load_articles, reading_rows

from quotes.attribution.antecedents import Antecedents
from quotes.attribution.evidence import Found
from quotes.attribution.view import View
from quotes.detector import detect
from quotes.discourse import Discourse
from quotes.errors import QuotesError
from quotes.evaluation.compare import compare, same_speaker
from quotes.evaluation.gold import GoldArticle
from quotes.lexicon import Lexicon, load
from quotes.lexicon.words import PREPOSITION, TIME
from quotes.phrases import Phrase
from quotes.reader import Reading
from quotes.records import Article, Quote
from quotes.resolver import Resolver
from quotes.segment import Document
from quotes.speakers import Registry

MARGINS = (0.0, 1.0, 2.0, 3.0)
STRENGTHS = (0.1, 0.5)
NAME_REACH = 2


class Offer(NamedTuple):
    """One candidate: what speaks for it, and whether the rules chose it."""

    entity: int
    features: Mapping[str, float]
    chosen: bool


class Candidate(NamedTuple):
    """An offer, judged by the gold."""

    features: Mapping[str, float]
    right: bool
    chosen: bool


class Choice(NamedTuple):
    """One row of an article with all its candidates."""

    article_id: str
    candidates: tuple[Candidate, ...]


class Observed(Antecedents):
    """Antecedents that note the candidates of every answer, by the offset it is looked for at."""

    def __init__(self, view: View, registry: Registry, discourse: Discourse) -> None:
        super().__init__(view, registry, discourse)
        self.offers: dict[int, list[Offer]] = {}

    def antecedent(
        self, number: int, at: int, *, plural: bool, body: bool, aside: bool = False
    ) -> Found | None:
        """The answer of the rules, noted with its rivals."""
        found = super().antecedent(number, at, plural=plural, body=body, aside=aside)
        if not plural and found is not None:
            self._note(number, at, found.entity, "mention")
        return found

    def of_turn(self, number: int, at: int) -> tuple[Found, str] | None:
        """The same, for a span without a cue."""
        turn = super().of_turn(number, at)
        if turn is not None:
            self._note(number, at, turn[0].entity, turn[1])
        return turn

    def _note(self, number: int, at: int, found: int, mode: str) -> None:
        places = self._places(number, at)
        self.offers[at] = [
            Offer(entity, self._features(number, at, entity, place, mode), entity == found)
            for entity, place in places.items()
        ]

    def _places(self, number: int, at: int) -> dict[int, tuple[int, int, str]]:
        """Candidates with their rank among the rules' own, sentences back, and how they stand there."""
        places: dict[int, tuple[int, int, str]] = {}
        for entity, back in self.discourse.persons(number, at):
            sentence = number - back
            spoke = any(
                event.entity == entity and event.sentence == sentence and event.at < at
                for event in self.discourse.events
            )
            subjects = self.discourse.topic(sentence).persons
            how = "spoke" if spoke else "subject" if subjects and subjects[0][0] == entity else "met"
            places.setdefault(entity, (len(places), back, how))
        first = self.view.sentences[max(0, number - NAME_REACH)].start
        for run in self.registry.runs:
            start = self.view.document.starts[run.first]
            if len(run.words) < 2 or not first <= start < at or self.view.quoted(start):
                continue
            phrase = self.registry.phrase_around(run.first, run.last)
            entity_named = self.registry.of_phrase(phrase) if phrase and phrase.kind == "name" else None
            back = number - self.view.sentence_at(start)
            if phrase is None or entity_named is None:
                continue
            held = places.get(entity_named)
            if self.registry.entities[entity_named].type == "person" and (held is None or held[1] > back):
                rank = len(places) if held is None else held[0]
                places[entity_named] = (rank, back, self._standing(phrase))
        return places

    def _standing(self, phrase: Phrase) -> str:
        first = phrase.first
        start = self.view.document.starts[first]
        if self.view.sentences[self.view.sentence_at(start)].start == start:
            return "opens"
        if self.view.text[:start].rstrip().endswith(","):
            return "comma"
        before = self.view.document.lower[first - 1]
        if self.view.tagged.flags[first - 1] & (PREPOSITION | TIME):
            return "preposition"
        if before.startswith("di") and len(before) > 5:
            return "agent"
        return "object" if before.startswith(("me", "ber")) else "elsewhere"

    def _features(
        self, number: int, at: int, entity: int, place: tuple[int, int, str], mode: str
    ) -> Mapping[str, float]:
        rank, back, how = place
        near = min(back, 4)
        sentence = number - back
        events = [event for event in self.discourse.events if event.at < at]
        last = self.discourse.last(number, at)
        held = self.registry.entities[entity]
        end = self.view.sentences[sentence].end
        breaks = sum(end <= paragraph.start <= at for paragraph in self.view.document.paragraphs)
        others = sum(bool(self.discourse.topic(between).persons) for between in range(sentence + 1, number))
        quoted = any(self.view.spans[i].start > end and self.view.spans[i].end < at for i in self.view.top)
        features = {
            f"back={near}": 1.0,
            f"rank={min(rank, 3)}": 1.0,
            f"how={how}": 1.0,
            f"how={how} back={near}": 1.0,
            f"{mode} how={how}": 1.0,
            f"{mode} back={near}": 1.0,
            f"breaks={min(breaks, 3)}": 1.0,
            "named": float(held.named),
            "certain": float(not held.named and self.registry.single(entity)),
            "spoke last": float(last is not None and last.entity == entity),
            f"{mode} spoke last": float(last is not None and last.entity == entity),
            "named where they spoke last": float(last is not None and last.entity == entity and last.named),
            "times spoken": min(sum(event.entity == entity for event in events), 4) / 4,
            "goes on about them": float(others == 0),
            "others between": others / 3,
            "quotes between": float(quoted),
        }
        return {name: value for name, value in features.items() if value}


def choices(golds: Sequence[GoldArticle], lexicon: Lexicon) -> list[Choice]:
    """The rows of ``golds`` with two candidates or more, each candidate judged by the gold."""
    found = []
    for gold in golds:
        document = Document(gold.text)
        spans, problems = detect(document, lexicon.marks, lexicon.cues.closing)
        resolver = Resolver(document, spans, lexicon, confidence=Recorder())
        observed = Observed(resolver.view, resolver.registry, resolver.discourse)
        resolver.antecedents = observed
        statements, speakers = resolver.run()
        article = Article(gold.article_id, gold.text)
        comparison = compare(
            gold, reading_rows(Reading(article, document, statements, speakers, tuple(problems)))
        )
        for pair in (*comparison.pairs, *comparison.indirect):
            if pair.gold.kind == "other" or not pair.gold.name or pair.found is None:
                continue
            offers = _offers(observed, pair.found)
            if len(offers) < 2 or not any(offer.chosen for offer in offers):
                continue
            names = observed.registry.entities
            judged = tuple(
                Candidate(
                    offer.features,
                    same_speaker(names[offer.entity].name, pair.gold, gold.text),
                    offer.chosen,
                )
                for offer in offers
            )
            found.append(Choice(gold.article_id, judged))
    return found


def _offers(observed: Observed, row: Quote) -> list[Offer]:
    places = (
        range(row.cue_start, row.cue_end)
        if row.cue_start is not None and row.cue_end is not None
        else range(row.start, row.start + 1)
    )
    return next((observed.offers[place] for place in places if place in observed.offers), [])


def fit(rows: Sequence[Choice], strength: float) -> dict[str, float]:
    """Weights that put right candidates before wrong ones."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    pairs = [
        (good.features, bad.features)
        for row in rows
        for good in row.candidates
        for bad in row.candidates
        if good.right and not bad.right
    ]
    vectorizer = DictVectorizer(sparse=False)
    vectorizer.fit([features for pair in pairs for features in pair])
    better = vectorizer.transform([good for good, _ in pairs]) - vectorizer.transform(
        [bad for _, bad in pairs]
    )
    solver = LogisticRegression(C=strength, max_iter=5000, fit_intercept=False)
    solver.fit(np.vstack([better, -better]), [1] * len(pairs) + [0] * len(pairs))
    return dict(zip(vectorizer.get_feature_names_out(), solver.coef_[0], strict=True))


def ranked(weights: Mapping[str, float], rows: Sequence[Choice], margin: float) -> tuple[int, int]:
    """How many rows the ranking gets right, and how many it decides otherwise than the rules."""

    def value(candidate: Candidate) -> float:
        return sum(weights.get(name, 0.0) * x for name, x in candidate.features.items())

    right = changed = 0
    for row in rows:
        ruled = next(candidate for candidate in row.candidates if candidate.chosen)
        best = max(row.candidates, key=value)
        if value(best) - value(ruled) <= margin:
            best = ruled
        right += best.right
        changed += best is not ruled
    return right, changed


def _line(name: str, rows: Sequence[Choice]) -> str:
    ruled = sum(any(c.chosen and c.right for c in row.candidates) for row in rows)
    offered = sum(any(c.right for c in row.candidates) for row in rows)
    return f"{name}: {len(rows)} rows; right by the rules {ruled}; right one among the candidates {offered}"


def main() -> int:
    """Print the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", metavar="GOLD", nargs="*", type=Path, help="gold files to check on besides")
    try:
        lexicon = load()
        rows = choices(load_articles(sorted(SOURCE.glob("*.jsonl"))), lexicon)
        others = [(path.name, choices(load_articles([path]), lexicon)) for path in parser.parse_args().gold]
    except QuotesError as error:
        sys.stderr.write(f"compare_ranking: {error}\n")
        return error.exit_status
    print("\n".join(_line(name, held) for name, held in [("fixtures", rows), *others]))
    articles = {name: place for place, name in enumerate(sorted({row.article_id for row in rows}))}
    for strength in STRENGTHS:
        folds = [
            fit([row for row in rows if articles[row.article_id] % FOLDS != fold], strength)
            for fold in range(FOLDS)
        ]
        whole = fit(rows, strength)
        for margin in MARGINS:
            parts = [
                ranked(folds[fold], [row for row in rows if articles[row.article_id] % FOLDS == fold], margin)
                for fold in range(FOLDS)
            ]
            told = [f"fixtures, held out {sum(r for r, _ in parts)} ({sum(c for _, c in parts)} changed)"]
            for name, held in others:
                right, changed = ranked(whole, held, margin)
                told.append(f"{name} {right} ({changed} changed)")
            print(f"C {strength}, margin {margin}: " + "; ".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
