"""One article_id, one article: repeated values of ``--id-column``."""

from __future__ import annotations

from quotes.records import Problem


class Ids:
    """The article ids given out in one run.

    Only needed with ``--id-column`` (ids made from paths never repeat); feed it every
    article in the order of the tables, so that the first keeps its id whatever the number
    of workers. Holds 8 bytes of digest per id, about 70 MB for a million.
    """

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
        raise NotImplementedError
