"""Chromium without a window, for the tests of the report page and for its screenshots."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# width and height in CSS pixels, and device pixels in one of them
PHONE = (390, 844, 2)
LAPTOP = (1280, 800, 1)
PAPER = (794, 1123, 1)  # A4


def what_is_missing() -> str | None:
    """Why there is no browser here, or None."""
    try:
        import selenium  # noqa: F401
    except ModuleNotFoundError:
        return "Python has no selenium"
    if not shutil.which("chromium"):
        return "there is no chromium"
    if not shutil.which("chromedriver"):
        return "there is no chromedriver"
    return None


class Browser:
    """One page at a time, from a file."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, page: Path, size: tuple[int, int, int] = LAPTOP, medium: str = "screen") -> None:
        self._do("Emulation.setEmulatedMedia", media=medium)
        width, height, scale = size
        self._do(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=size == PHONE,
        )
        self.driver.get(page.resolve().as_uri())

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def screenshot(self, whole_page: bool) -> bytes:
        """As PNG: the whole page, or what is seen of it first."""
        shot = self._do(
            "Page.captureScreenshot",
            format="png",
            captureBeyondViewport=whole_page,
            **self._clip(whole_page),
        )
        return base64.b64decode(shot["data"])

    def pdf(self) -> bytes:
        """As it is printed on A4."""
        printed = self._do(
            "Page.printToPDF", printBackground=False, paperWidth=8.27, paperHeight=11.69
        )
        return base64.b64decode(printed["data"])

    def complaints(self) -> list[str]:
        """What the console said since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that were asked for since it was last asked, but those of Chromium's own first page."""
        events = [
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        ]
        asked = [
            event["params"] for event in events if event["method"] == "Network.requestWillBeSent"
        ]
        return [
            request["request"]["url"]
            for request in asked
            if not request["documentURL"].startswith("chrome://")
        ]

    def _do(self, command: str, **parameters: object) -> Any:
        return self.driver.execute_cdp_cmd(command, parameters)

    def _clip(self, whole_page: bool) -> dict[str, Any]:
        if not whole_page:
            return {}
        size = self._do("Page.getLayoutMetrics")["cssContentSize"]
        return {
            "clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        }


@contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """A browser that keeps its files in the folder `profile`."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for argument in (
        "--headless=new",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--hide-scrollbars",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's own doesn't start as root
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(
        service=Service(shutil.which("chromedriver") or "chromedriver"), options=options
    )
    try:
        yield Browser(driver)
    finally:
        driver.quit()
