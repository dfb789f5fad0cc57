"""Debian's Chromium, driven by Playwright; nothing is downloaded."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

# Without these, Chromium looks for its maker's hosts at every start, which a closed network refuses one by one.
FLAGS = (
    "--disable-background-networking --disable-component-update --disable-gpu --disable-quic --disable-sync --no-first-run"
).split()


def launch(playwright: Playwright) -> Browser:
    """A headless browser; as root it runs without its sandbox, which needs another user."""
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    return playwright.chromium.launch(executable_path=_chromium(), args=[*FLAGS, *sandbox])


def _chromium() -> str:
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError(
        "no Chromium found: install Debian's package chromium (make test does), or set CHROMIUM"
    )
