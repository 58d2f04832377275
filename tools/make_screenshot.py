#!/usr/bin/env python3
"""Write docs/report.png and docs/article.png: the page of the fixture articles in the browser of the tests.

Needs Debian's chromium and chromium-driver (see tests/browser.py).
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 1100, 780
#: Picture to the view it shows.
PICTURES = {
    "report.png": "#overview",
    "article.png": "#article?id=foreign-affairs%2Fmogok-buruh-garmen-dhaka-ashulia.txt",
}


def main() -> int:
    """Run the report, open its page, write the pictures."""
    sys.path.insert(0, str(ROOT / "tests"))
    browsing = import_module("browser").browsing

    import quotes

    with tempfile.TemporaryDirectory() as folder:
        quotes.report(str(ROOT / "fixtures" / "articles")).save(folder + "/out")
        with browsing(Path(folder)) as browser:
            browser.size(WIDTH, HEIGHT)
            for name, view in PICTURES.items():
                browser.open(Path(folder) / "out" / "report.html", view)
                browser.run("document.documentElement.style.scrollbarWidth = 'none'")
                path = ROOT / "docs" / name
                browser.driver.save_screenshot(str(path))
                print(f"{path}: {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
