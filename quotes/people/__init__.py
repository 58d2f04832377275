"""Speakers over the whole input: one person under several forms, namesakes kept apart.

Articles are read one by one; who is who over all of them is settled afterwards, from
aggregates alone. :mod:`~quotes.people.names` compares names, :mod:`~quotes.people.roles`
compares what people are said to be, :mod:`~quotes.people.merge` is the policy,
:mod:`~quotes.people.crowd` holds the aggregates on disk and numbers the speakers.

The policy, in short (docs/speakers.md has it with examples):

- Describing phrases (*seorang warga*) are one speaker per article.
- Bodies and named groups are one speaker where name and country agree.
- Persons with one full name are one speaker, unless country or walk of life contradict.
- A shorter form (*Tito Karnavian*), initials (*M. Tito Karnavian*) and a variant spelling
  join the fuller form where that is the only one they fit.
- A single name joins others only where an office says that it is the same person.
"""

from __future__ import annotations

from quotes.people.crowd import Crowd
from quotes.people.forms import Local, Said, Spoken, form_of, numbered, speakers_of, spoken_of

__all__ = ["Crowd", "Local", "Said", "Spoken", "form_of", "numbered", "speakers_of", "spoken_of"]
