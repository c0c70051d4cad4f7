"""Chromium without a window, for the tests of the pages and for their screenshots."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Width and height in CSS pixels, and how many device pixels one of them has.
PHONE = (390, 844, 2)
LAPTOP = (1280, 800, 1)
PAPER = (794, 1123, 1)  # A4
SIZES = {"phone": PHONE, "laptop": LAPTOP}

# Returns each text of the page with the contrast of its colour to its ground, by WCAG 2.1.
CONTRASTS = """
const channels = colour => colour.match(/[0-9.]+/g).map(Number);
const isSeen = colour => (channels(colour)[3] ?? 1) > 0;
const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const luminance = colour => channels(colour).slice(0, 3).map(part => linear(part / 255))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
const ground = element => {
    for (; element; element = element.parentElement) {
        const colour = getComputedStyle(element).backgroundColor;
        if (isSeen(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
};
const found = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [dark, light] = [getComputedStyle(element).color, ground(element)]
        .map(luminance).sort((a, b) => a - b);
    found.push([(light + 0.05) / (dark + 0.05), texts.currentNode.data]);
}
return found;
"""


def what_is_missing() -> str | None:
    """Says why there is no browser here; None if there is one."""
    if not find_spec("selenium"):
        return "Python has no selenium"
    if not shutil.which("chromium"):
        return "there is no chromium"
    if not shutil.which("chromedriver"):
        return "there is no chromedriver"
    return None


class Browser:
    """A browser that shows one page at a time, from a file."""

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
        """Returns a PNG of the whole page, or of what is seen before anything is scrolled."""
        shot = self._do(
            "Page.captureScreenshot",
            format="png",
            captureBeyondViewport=whole_page,
            **self._clip(whole_page),
        )
        return base64.b64decode(shot["data"])

    def pdf(self) -> bytes:
        """Returns the page as a PDF of A4 sheets."""
        printed = self._do(
            "Page.printToPDF", printBackground=False, paperWidth=8.27, paperHeight=11.69
        )
        return base64.b64decode(printed["data"])

    def complaints(self) -> list[str]:
        """Returns what the console said since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Returns the addresses asked for since the last call, without Chromium's own."""
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
    """Starts a browser that keeps its files in the folder `profile`."""
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
        options.add_argument("--no-sandbox")  # Chromium's sandbox doesn't start as root
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(
        service=Service(shutil.which("chromedriver") or "chromedriver"), options=options
    )
    try:
        yield Browser(driver)
    finally:
        driver.quit()
