"""Extend pytest for this checkout.

- Slow tests are skipped unless ``--slow`` is given: those marked ``@pytest.mark.slow``, in the addon those tagged
  ``@tagged("slow", "-standard", …)``, which Odoo's own runner skips as well.
- In CI a browser test skipped because of a browser failure fails.
"""

import pytest

from .steps import in_ci

BROWSER_FAULTS = ("chrome", "chromium", "websocket-client")
SLOW = "slow"


def pytest_addoption(parser):
    """Add the option ``--slow``."""
    parser.addoption("--slow", action="store_true", help="run the slow tests as well")


def pytest_collection_modifyitems(config, items):
    """Deselect slow tests unless requested."""
    if config.getoption("--slow"):
        return
    left_out = [item for item in items if is_slow(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not is_slow(item)]


def is_slow(item):
    """Return whether a test (pytest.Item) is marked, or its class tagged, as slow."""
    return item.get_closest_marker(SLOW) is not None or SLOW in getattr(item.cls, "test_tags", ())


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn the skip of a browser test in CI into a failure."""
    outcome = yield
    report = outcome.get_result()
    if in_ci() and report.skipped and names_browser(str(report.longrepr)):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not accept: {call.excinfo.value}"


def names_browser(reason):
    """Return whether a reason (str) to skip a test is a fault of the browser.

    >>> names_browser("Chrome executable not found"), names_browser("account_edi is not installed")
    (True, False)
    """
    return any(word in reason.lower() for word in BROWSER_FAULTS)
