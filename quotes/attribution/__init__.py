"""Who said it: the rules that tie a row to its speaker, and what the resolver's pass asks them.

``view`` is the article as the rules see it; ``linking`` ties spans to cues and sources,
``carriers`` to banners and chants; ``kinds`` tells direct, mixed and other; ``antecedents``
finds whom a source stands for; ``evidence`` is what speaks for the answer.
"""
