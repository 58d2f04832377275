"""A headless browser for the tests of the page: Debian's chromium with its own driver, nothing else."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

BROWSER, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
)  # fmt: skip
WAIT = 20.0


class Browser:
    """What the tests do with a page."""

    def __init__(self, driver: Any, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads

    def open(self, page: Path, view: str = "") -> None:
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + view)
        self.until("return document.documentElement.dataset.ready")
        self.settled()

    def go(self, view: str) -> None:
        self.run("location.hash = arguments[0]", view)
        self.settled()

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def until(self, script: str, *arguments: object) -> Any:
        end = time.monotonic() + WAIT
        while not (value := self.run(script, *arguments)):
            assert time.monotonic() < end, f"waited in vain for: {script}"
            time.sleep(0.02)
        return value

    def settled(self) -> None:
        """Waits until the view that the address names is drawn."""
        self.until(
            "const view = (location.hash.slice(1).split('?')[0]) || 'overview';"
            "const list = document.getElementById(view + '-list');"
            "return !document.getElementById(view).hidden && (!list || list.childElementCount > 0)"
        )
        time.sleep(0.1)

    def all(self, selector: str) -> list[str]:
        found = self.run(
            "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent)", selector
        )
        return [" ".join(text.split()) for text in found]

    def text(self, selector: str) -> str:
        return self.all(selector)[0]

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def size(self, width: int, height: int, *, mobile: bool = False) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile},
        )

    def scheme(self, name: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def complaints(self) -> list[str]:
        """What stands in the console since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def downloaded(self, act: Callable[[], None]) -> Path:
        before = set(self.downloads.iterdir())
        act()
        end = time.monotonic() + WAIT
        while True:
            new = [path for path in set(self.downloads.iterdir()) - before if path.suffix == ".csv"]
            if new:
                return new[0]
            assert time.monotonic() < end, "nothing was downloaded"
            time.sleep(0.05)


@contextlib.contextmanager
def browsing(folder: Path) -> Iterator[Browser]:
    """A browser with an empty profile below ``folder``; skips, saying so, where there is none."""
    if not (os.path.exists(BROWSER) and os.path.exists(DRIVER)):
        pytest.skip(f"no browser here: {BROWSER} and {DRIVER} (Debian: chromium chromium-driver)")
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    downloads = folder / "downloads"
    downloads.mkdir()
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.set_page_load_timeout(60)
        driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
        )
        yield Browser(driver, downloads)
    finally:
        driver.quit()
        shutil.rmtree(folder / "profile", ignore_errors=True)
