"""How fast and how large: measured, never assumed. ``python -m benchmarks --help``."""
