"""One article_id, one article: repeated values of ``--id-column``."""

from __future__ import annotations

from hashlib import blake2b

from quotes.records import Problem


class Ids:
    """The article ids given out in one run.

    Only needed with ``--id-column`` (ids made from paths never repeat); feed it every
    article in the order of the tables, so that the first keeps its id whatever the number
    of workers. Holds a digest of 8 bytes per id, about 70 MB for a million.
    """

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def claim(self, article_id: str, source_id: str, number: int) -> tuple[str, Problem | None]:
        """The id to use, and the problem row where ``article_id`` is taken.

        Args:
            article_id: the id that the record asks for.
            source_id: ``Source.article_id`` of its file.
            number: the record's number in its file, from 1 (``Article.record``).

        Returns:
            ``article_id`` where it is free; else ``article_id#number`` (or, should that be
            taken too, ``source_id#number``) with a ``repeated_id`` problem.
        """
        if self._take(article_id):
            return article_id, None
        problem = Problem(
            "repeated_id", None, f"record {number} of {source_id} repeats the id {article_id!r}"
        )
        for other in (f"{article_id}#{number}", f"{source_id}#{number}"):
            if self._take(other):
                return other, problem
        # Somebody's ids look like ours; count on until one is free.
        count = 2
        while not self._take(f"{source_id}#{number}#{count}"):
            count += 1
        return f"{source_id}#{number}#{count}", problem

    def _take(self, article_id: str) -> bool:
        digest = int.from_bytes(blake2b(article_id.encode("utf-8", "replace"), digest_size=8).digest())
        if digest in self._taken:
            return False
        self._taken.add(digest)
        return True
