#!/usr/bin/env python3
"""Turn the fixture articles and their annotation sources into gold rows.

For each SET (a folder below fixtures/articles) the articles SET/*.txt and the annotation
sources fixtures/annotations/NAME.json become fixtures/gold/SET.jsonl: words are turned into
code-point offsets, and whatever does not fit the text is refused, one line per defect.
An article with a defect is left out; the others are written all the same.

Exit status: 0 nothing refused, 1 something was refused, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

KINDS = ("direct", "mixed", "other")
STANCES = ("official", "protester", "foreign_government", "other")
QUOTE_KEYS = ("quote", "kind", "mention", "name", "role", "cue", "stance")
INDIRECT_KEYS = ("sentence", "cue", "mention", "name", "role", "stance")
OPTIONAL_KEYS = ("cue_nth", "mention_nth")
DOCUMENT_KEYS = ("focus_country", "quotes", "indirect", "marks")

DOUBLE_MARKS = '“”„«»"'
SINGLE_MARKS = "‘’'"
BEFORE_OPENING = "([{/—–-" + DOUBLE_MARKS + "‘'"
NEUTRAL_MARKS = "\"'"

# How many paragraphs after an unclosed mark its closing mark may stand.
LONGEST_QUOTE = 6

ABBREVIATIONS = frozenset(
    "dr drg drs dra prof ir h hj kh rp no kec kab kel ds jl jln gg tn ny sdr sdri st hlm vol dkk dll dsb dst tgl "
    "tlp telp pt cv tbk bin alm almh yth an kol letkol mayjen brigjen irjen komjen kompol ipda iptu mr mrs ms jr sr "
    "op cit vs art ps rm bp ust tgk pol kombes dt tj apt drh".split()
)

PARAGRAPH = re.compile(r"[^\r\n]*\S[^\r\n]*")
COUNTRY = re.compile(r"[A-Z]{2}")
TERMINATOR = re.compile(r"[.?!…]+")
SENTENCE_BREAK = re.compile(r"[”“\"’'»)\]]*\s+[“”„«\"‘’'(\[]*(?=[A-Z0-9À-Þ])")
LAST_TOKEN = re.compile(r"[^\s(“”\"‘]+$")
SUFFIX = re.compile(r"(?:nya|ku|mu|lah|pun)$")
DOTTED_DEGREE = re.compile(r"(?:[A-Za-z]+\.)+[A-Za-z]+")


class Refused(Exception):
    """An annotation that does not fit its article."""


@dataclass(frozen=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Tell whether the other range lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def distance(self, other: Span) -> int:
        """Count the code points between the two ranges, 0 if they touch."""
        return max(0, other.start - self.end, self.start - other.end)

    def of(self, text: str) -> str:
        """Give the words of this range."""
        return text[self.start : self.end]

    def row(self) -> list[int]:
        """Give the range as gold rows write it."""
        return [self.start, self.end]


@dataclass(frozen=True)
class Mark:
    """One quotation mark and what its surroundings allow it to be."""

    position: int
    char: str
    paragraph: int
    can_open: bool
    can_close: bool
    after_digit: bool


@dataclass
class Article:
    """One article's text, its paragraphs and the spans its quotation marks enclose."""

    text: str
    single: bool | None = None
    paragraphs: list[Span] = field(init=False)
    spans: list[Span] = field(init=False)

    def __post_init__(self) -> None:
        self.paragraphs = [Span(*m.span()) for m in PARAGRAPH.finditer(self.text)]
        self.spans = list(scan(self.text, self.paragraphs, DOUBLE_MARKS))
        if self.single or (self.single is None and not self.spans):
            self.spans += scan(self.text, self.paragraphs, SINGLE_MARKS)
        self.spans.sort(key=lambda span: (span.start, -span.end))

    def around(self, span: Span) -> Span:
        """Give the paragraphs of the span together with one paragraph on either side."""
        touched = [i for i, p in enumerate(self.paragraphs) if p.overlaps(span)]
        first = self.paragraphs[max(0, touched[0] - 1)]
        last = self.paragraphs[min(len(self.paragraphs) - 1, touched[-1] + 1)]
        return Span(first.start, last.end)

    def is_quoted(self, words: Span, except_for: Span) -> bool:
        """Tell whether the words lie in a quoted span that does not also hold `except_for`."""
        return any(s.contains(words) and not s.contains(except_for) for s in self.spans)


# --- quotation marks ---------------------------------------------------------------------------


def find_marks(text: str, paragraphs: list[Span], chars: str) -> Iterator[Mark]:
    """Give the marks of one family in text order, apostrophes inside words left out."""
    for number, paragraph in enumerate(paragraphs):
        for position in range(paragraph.start, paragraph.end):
            char = text[position]
            if char not in chars:
                continue
            before = text[position - 1] if position > paragraph.start else ""
            after = text[position + 1] if position + 1 < paragraph.end else ""
            if chars is SINGLE_MARKS and before.isalpha() and after.isalnum():
                continue
            open_before = not before or before.isspace() or before in BEFORE_OPENING
            can_close = bool(before) and not before.isspace()
            if chars is SINGLE_MARKS:
                can_close = can_close and not after.isalnum()
            yield Mark(
                position=position,
                char=char,
                paragraph=number,
                can_open=open_before and bool(after) and not after.isspace(),
                can_close=can_close,
                after_digit=before.isdigit(),
            )


def scan(text: str, paragraphs: list[Span], chars: str) -> Iterator[Span]:
    """Pair the marks of one family paragraph by paragraph and give what they enclose, trimmed.

    An opening mark without its closing mark takes its paragraph to the end, unless the paragraphs
    below it hold the closing mark before any other mark. Stray closing marks and inch or minute
    signs after digits are passed over.
    """
    by_paragraph: list[list[Mark]] = [[] for _ in paragraphs]
    for mark in find_marks(text, paragraphs, chars):
        by_paragraph[mark.paragraph].append(mark)
    taken: set[int] = set()
    for number, marks in enumerate(by_paragraph):
        stack: list[Mark] = []
        left = [m for m in marks if m.position not in taken]
        for place, mark in enumerate(left):
            match action(mark, stack, left[place + 1 :]):
                case "open":
                    stack.append(mark)
                case "close":
                    yield from trimmed(text, stack.pop().position + 1, mark.position)
        for depth, mark in enumerate(stack):
            closer = closing_mark_below(by_paragraph, number) if depth == 0 else None
            if closer:
                taken.add(closer.position)
                yield from trimmed(text, mark.position + 1, closer.position)
            else:
                yield from trimmed(text, mark.position + 1, paragraphs[number].end)


def action(mark: Mark, stack: list[Mark], following: list[Mark]) -> str:
    """Tell whether a mark opens, closes or is stray, given the marks still open before it."""
    top = stack[-1].char if stack else ""
    match mark.char:
        case "„" | "«" | "‘":
            return "open"
        case "»":
            return "close" if top == "«" else "stray"
        case "“":
            if top == "„" or (top and mark.can_close and not mark.can_open):
                return "close"
            return "open"
        case "”" | "’":
            if not top or (top == mark.char and mark.can_open and not mark.can_close):
                return "open" if mark.can_open else "stray"
            return "close"
        case _:
            if not top:
                return "open" if mark.can_open else "stray"
            if mark.can_open and not mark.can_close:
                return "open"
            if (
                mark.after_digit
                and following
                and not following[0].can_open
                and following[0].char == mark.char
            ):
                return "stray"
            return "close"


def closing_mark_below(by_paragraph: list[list[Mark]], number: int) -> Mark | None:
    """Find the mark that closes a quote left open in paragraph `number`, if no other comes before it."""
    for marks in by_paragraph[number + 1 : number + 1 + LONGEST_QUOTE]:
        signs = [m for m in marks if not (m.after_digit and m.char in NEUTRAL_MARKS and m is not marks[-1])]
        if signs:
            first = signs[0]
            return first if first.can_close and not first.can_open and first.char not in "“„«‘" else None
    return None


def trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Give the range without white space at its ends, or nothing if there are no words in it."""
    inner = text[start:end]
    if any(c.isalnum() for c in inner):
        yield Span(start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip()))


# --- words in the text -------------------------------------------------------------------------


def occurrences(needle: str, text: str, within: Span) -> list[Span]:
    """Find the exact words in a part of the text, never as a part of longer words."""
    left = r"(?<!\w)" if needle[0].isalnum() else ""
    right = r"(?!\w)" if needle[-1].isalnum() else ""
    found = re.compile(left + re.escape(needle) + right).finditer(text, within.start, within.end)
    return [Span(*m.span()) for m in found]


def nearest(needle: str, what: str, to: Span, nth: int | None, article: Article) -> Span:
    """Find the words that stand closest to a range, in its paragraphs or a neighbouring one.

    Words inside other quoted spans come last. `nth` picks an occurrence of the whole article instead.
    """
    if nth is not None:
        everywhere = occurrences(needle, article.text, Span(0, len(article.text)))
        if not 1 <= nth <= len(everywhere):
            raise Refused(f"{what} {needle!r} stands {len(everywhere)} times, not {nth}")
        return everywhere[nth - 1]
    around = article.around(to)
    found = [s for s in occurrences(needle, article.text, around) if not s.overlaps(to)]
    if not found:
        raise Refused(f"{what} {needle!r} not found near{hint(needle, around.of(article.text))}")
    return min(found, key=lambda s: (article.is_quoted(s, except_for=to), s.distance(to)))


def hint(needle: str, text: str) -> str:
    """Name the stretches of the text that look most like the words sought."""
    words = text.split()
    size = max(1, len(needle.split()))
    windows = [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)]
    return hint_from(needle, windows)


def hint_from(needle: str, options: Iterable[str]) -> str:
    """Name the options that look most like the words sought."""
    close = difflib.get_close_matches(needle, list(dict.fromkeys(options)), n=3, cutoff=0.5)
    return "; nearest: " + " | ".join(close) if close else ""


def sentence_end(article: Article, start: int, cue_end: int) -> int:
    """Find where the sentence that starts at `start` ends, not inside quotes and not at abbreviations.

    A stop that belongs to a quoted span ends the sentence only once its cue is past.
    """
    text = article.text
    paragraph = next(p for p in article.paragraphs if p.start <= start < p.end)
    for stop in TERMINATOR.finditer(text, start, paragraph.end):
        here = Span(*stop.span())
        quoted = any(s.contains(here) and s.start > start for s in article.spans)
        if quoted and here.end < cue_end:
            continue
        token = LAST_TOKEN.search(text, start, here.start)
        if stop.group() == "." and token and is_abbreviation(token.group()):
            continue
        gap = SENTENCE_BREAK.match(text, here.end, paragraph.end)
        if gap:
            tail = re.match(r"[”“\"’'»)\]]*", text[here.end : gap.end()])
            return here.end + (tail.end() if tail else 0)
    return start + len(text[start : paragraph.end].rstrip())


def is_abbreviation(token: str) -> bool:
    """Tell whether a full stop after this token marks an abbreviation or an initial."""
    if token.casefold() in ABBREVIATIONS or (len(token) == 1 and token.isupper()):
        return True
    return bool(DOTTED_DEGREE.fullmatch(token))


# --- entries -----------------------------------------------------------------------------------


def check_fields(entry: dict[str, Any], keys: tuple[str, ...], article: Article) -> None:
    """Refuse missing and unknown keys, wrong types, and names that the article does not hold."""
    if missing := [k for k in keys if k not in entry]:
        raise Refused(f"missing {', '.join(missing)}")
    if unknown := [k for k in entry if k not in keys + OPTIONAL_KEYS]:
        raise Refused(f"unknown key {', '.join(unknown)}")
    for key in keys:
        value = entry[key]
        needed = key in ("quote", "sentence", "kind")
        if value is None and not needed:
            continue
        if not isinstance(value, str) or not value or value != value.strip():
            raise Refused(f"{key} must be a trimmed string{'' if needed else ' or null'}, not {value!r}")
    for key in OPTIONAL_KEYS:
        if key in entry and (not isinstance(entry[key], int) or isinstance(entry[key], bool)):
            raise Refused(f"{key} must be a number")
    if entry["stance"] is not None and entry["stance"] not in STANCES:
        raise Refused(f"stance {entry['stance']!r} is none of {', '.join(STANCES)}")
    if entry["name"] is not None and entry["stance"] is None:
        raise Refused("a name without a stance")
    known = set(re.findall(r"\w+", article.text.casefold()))
    known |= {SUFFIX.sub("", word) for word in known}
    for key in ("name", "role"):
        strange = [w for w in re.findall(r"\w+", (entry[key] or "").casefold()) if w not in known]
        if strange:
            raise Refused(
                f"{key} {entry[key]!r}: {strange[0]!r} is not in the article{hint(entry[key], article.text)}"
            )


def find_mention(
    entry: dict[str, Any], cue: Span | None, quote: Span | None, article: Article
) -> Span | None:
    """Find the mention of an entry: the last letters of its cue for `nya`, else the words nearest to the cue."""
    mention = entry["mention"]
    if mention is None:
        return None
    if mention == "nya":
        if cue is None or not cue.of(article.text).endswith("nya"):
            raise Refused(f"mention 'nya' but the cue {entry['cue']!r} does not end in nya")
        return Span(cue.end - 3, cue.end)
    anchor = cue or quote
    if anchor is None:
        raise Refused("a mention without a cue")
    found = nearest(mention, "mention", anchor, entry.get("mention_nth"), article)
    if quote is not None and quote.contains(found):
        raise Refused(f"mention {mention!r} found only inside its own quote")
    return found


def find_quote(entry: dict[str, Any], article: Article, used: dict[Span, str], same: int) -> Span:
    """Find the quoted span that starts with the words of the entry.

    Spans that share the prefix are told apart by text order when as many entries share it.
    """
    prefix = entry["quote"]
    found = [s for s in article.spans if s.of(article.text).startswith(prefix)]
    whole = [s for s in found if s.of(article.text) == prefix]
    if len(found) > 1 and same == len(found):
        found = [s for s in found if s not in used][:1]
    elif len(found) > 1 and len(whole) == 1:
        found = whole
    if len(found) > 1:
        raise Refused(f"prefix ambiguous: {len(found)} quoted spans start so")
    if not found:
        place = article.text.find(prefix)
        if place > 0:
            raise Refused(f"quoted span not preceded by an opening mark but by {article.text[place - 1]!r}")
        heads = [s.of(article.text)[: len(prefix)] for s in article.spans]
        raise Refused(f"quote prefix not found{hint_from(prefix, heads)}")
    if found[0] in used:
        raise Refused(f"duplicate of {used[found[0]]}")
    return found[0]


def quote_row(
    entry: dict[str, Any], article: Article, used: dict[Span, str], same: int
) -> tuple[Span, dict[str, Any]]:
    """Turn one quote entry into its span and its gold row."""
    check_fields(entry, QUOTE_KEYS, article)
    if entry["kind"] not in KINDS:
        raise Refused(f"kind {entry['kind']!r} is none of {', '.join(KINDS)}")
    if entry["kind"] == "other" and any(
        entry[k] is not None for k in ("mention", "name", "role", "cue", "stance")
    ):
        raise Refused("kind other takes no speaker, cue or stance")
    span = find_quote(entry, article, used, same)
    cue = nearest(entry["cue"], "cue", span, entry.get("cue_nth"), article) if entry["cue"] else None
    mention = find_mention(entry, cue, span, article)
    return span, {
        "kind": entry["kind"],
        "start": span.start,
        "end": span.end,
        "mention": mention.row() if mention else None,
        "name": entry["name"],
        "role": entry["role"],
        "cue": cue.row() if cue else None,
        "stance": entry["stance"],
    }


def indirect_row(entry: dict[str, Any], article: Article) -> dict[str, Any]:
    """Turn one indirect entry into its gold row."""
    check_fields(entry, INDIRECT_KEYS, article)
    if entry["cue"] is None:
        raise Refused("an indirect statement needs a cue")
    text, words = article.text, entry["sentence"]
    starts = occurrences(words, text, Span(0, len(text)))
    if not starts:
        raise Refused(f"sentence not found{hint(words, text)}")
    sentences: list[tuple[Span, Span]] = []
    for start in starts:
        paragraph = next(p for p in article.paragraphs if p.contains(start))
        cues = occurrences(entry["cue"], text, Span(start.start, paragraph.end))
        cues = [c for c in cues if not article.is_quoted(c, except_for=start)]
        nth = entry.get("cue_nth", 1)
        if 1 <= nth <= len(cues):
            end = sentence_end(article, start.start, cues[nth - 1].end)
            if cues[nth - 1].end <= end:
                sentences.append((Span(start.start, end), cues[nth - 1]))
    if not sentences:
        end = sentence_end(article, starts[0].start, starts[0].end)
        raise Refused(
            f"cue {entry['cue']!r} not inside the sentence{hint(entry['cue'], text[starts[0].start : end])}"
        )
    if len(sentences) > 1:
        raise Refused(f"sentence ambiguous: {len(sentences)} sentences start so")
    sentence, cue = sentences[0]
    mention = find_mention(entry, cue, None, article)
    return {
        "kind": "indirect",
        "sentence": sentence.row(),
        "mention": mention.row() if mention else None,
        "name": entry["name"],
        "role": entry["role"],
        "cue": cue.row(),
        "stance": entry["stance"],
    }


# --- articles and sets -------------------------------------------------------------------------


def load_document(path: Path) -> dict[str, Any]:
    """Read one annotation source and check its outer shape."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused("no annotation source") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refused(f"annotation source unreadable: {error}") from None
    if not isinstance(document, dict):
        raise Refused("annotation source is no object")
    if unknown := [k for k in document if k not in DOCUMENT_KEYS]:
        raise Refused(f"unknown key {', '.join(unknown)}")
    country = document.get("focus_country", "")
    if country is not None and not (isinstance(country, str) and COUNTRY.fullmatch(country)):
        raise Refused(f"focus_country must be two capital letters or null, not {country!r}")
    for key in ("quotes", "indirect"):
        entries = document.get(key)
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise Refused(f"{key} must be a list of objects")
    if document.get("marks") not in (None, "single", "double"):
        raise Refused(f"marks must be single or double, not {document['marks']!r}")
    return document


def make_row(
    path: Path, annotation: Path, article_id: str, set_name: str
) -> tuple[dict[str, Any], list[str]]:
    """Turn one article and its annotation source into a gold row and the list of its defects."""
    try:
        text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
        document = load_document(annotation)
    except UnicodeDecodeError as error:
        return {}, [f"article: not UTF-8: {error}"]
    except Refused as refusal:
        return {}, [f"article: {refusal}"]
    single = {"single": True, "double": False}.get(document.get("marks", ""))
    article = Article(text, single)
    defects: list[str] = []
    quotes: list[dict[str, Any]] = []
    used: dict[Span, str] = {}
    for number, entry in enumerate(document["quotes"], 1):
        label = f"quotes[{number}] {str(entry.get('quote'))[:40]!r}"
        same = sum(e.get("quote") == entry.get("quote") for e in document["quotes"])
        try:
            span, row = quote_row(entry, article, used, same)
        except Refused as refusal:
            defects.append(f"{label}: {refusal}")
            continue
        used[span] = f"quotes[{number}]"
        quotes.append(row)
    for span in article.spans:
        if span not in used:
            defects.append(f"quotes: no entry for the marked span {span.of(text)[:60]!r} at {span.start}")
    quotes.sort(key=lambda row: (row["start"], -row["end"]))
    indirect: list[dict[str, Any]] = []
    cues = {tuple(row["cue"]): "a quote" for row in quotes if row["cue"]}
    for number, entry in enumerate(document["indirect"], 1):
        label = f"indirect[{number}] {str(entry.get('sentence'))[:40]!r}"
        try:
            row = indirect_row(entry, article)
            if owner := cues.get(tuple(row["cue"])):
                raise Refused(f"duplicate: the cue {entry['cue']!r} already belongs to {owner}")
        except Refused as refusal:
            defects.append(f"{label}: {refusal}")
            continue
        cues[tuple(row["cue"])] = f"indirect[{number}]"
        indirect.append(row)
    indirect.sort(key=lambda row: (row["sentence"], row["cue"]))
    return {
        "id": article_id,
        "set": set_name,
        "focus_country": document["focus_country"],
        "text": text,
        "quotes": quotes,
        "indirect": indirect,
    }, defects


def make_set(set_name: str, fixtures: Path) -> int:
    """Write the gold file of one set; give the number of refused articles."""
    articles = fixtures / "articles"
    rows: list[dict[str, Any]] = []
    refused = 0
    stems: dict[str, list[Path]] = {}
    for other in articles.rglob("*.txt"):
        stems.setdefault(other.stem, []).append(other)
    for path in sorted((articles / set_name).glob("*.txt")):
        article_id = path.relative_to(articles).as_posix()
        row, defects = make_row(path, fixtures / "annotations" / f"{path.stem}.json", article_id, set_name)
        if len(stems[path.stem]) > 1:
            defects.append("article: another set has an article of this name")
        for defect in defects:
            print(f"{article_id}: {defect}", file=sys.stderr)
        if defects:
            refused += 1
        else:
            rows.append(row)
    rows.sort(key=lambda row: row["id"])
    target = fixtures / "gold" / f"{set_name}.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    target.write_text(lines, encoding="utf-8", newline="\n")
    quotes = sum(len(row["quotes"]) for row in rows)
    indirect = sum(len(row["indirect"]) for row in rows)
    print(
        f"{set_name}: {len(rows)} articles, {quotes} quoted spans, {indirect} indirect statements, {refused} refused"
    )
    return refused


def main(argv: list[str] | None = None) -> int:
    """Make the gold of the sets named on the command line, of every set if none is named."""
    parser = argparse.ArgumentParser(
        description="Turn fixtures/articles/SET/*.txt and fixtures/annotations/*.json into fixtures/gold/SET.jsonl.",
        epilog="Refused entries are named on stderr, one line each; the exit status is then 1.",
    )
    parser.add_argument(
        "sets", metavar="SET", nargs="*", help="a folder below fixtures/articles (default: every one)"
    )
    parser.add_argument(
        "--fixtures", type=Path, default=FIXTURES, help="the fixtures folder (default: %(default)s)"
    )
    arguments = parser.parse_args(argv)
    articles: Path = arguments.fixtures / "articles"
    sets: list[str] = arguments.sets or sorted(p.name for p in articles.glob("*") if p.is_dir())
    if not sets:
        parser.error(f"no sets below {articles}")
    for set_name in sets:
        if not (articles / set_name).is_dir():
            parser.error(f"no such set: {articles / set_name}")
    return 1 if sum([make_set(set_name, arguments.fixtures) for set_name in sets]) else 0


if __name__ == "__main__":
    sys.exit(main())
