"""How right the readings are: gold files, the comparison, the figures, the misses.

``gold`` loads the two gold formats, ``compare`` lays predictions beside gold,
``scores`` counts, ``misses`` lists what went wrong, ``text`` prints.
"""

from __future__ import annotations
