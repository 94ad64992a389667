"""What this checkout adds to pytest.

- Slow tests are left out unless ``--slow`` is given: those marked ``@pytest.mark.slow``, in the addon tagged
  ``@tagged("slow", "-standard", …)``, which Odoo's own runner leaves out as well.
- In CI a browser test that is skipped because the browser failed is a failure.
"""

import pytest

from .steps import in_ci

BROWSER_FAULTS = ("chrome", "chromium", "websocket-client")
SLOW = "slow"


def pytest_addoption(parser):
    """Offer ``--slow``."""
    parser.addoption("--slow", action="store_true", help="run the slow tests as well")


def pytest_collection_modifyitems(config, items):
    """Leave out the slow tests, unless they are asked for."""
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
    """Turn the skip into a failure."""
    outcome = yield
    report = outcome.get_result()
    if in_ci() and report.skipped and names_browser(str(report.longrepr)):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not accept: {call.excinfo.value}"


def names_browser(reason):
    """Tell whether a reason (str) to skip a test is a fault of the browser.

    >>> names_browser("Chrome executable not found"), names_browser("account_edi is not installed")
    (True, False)
    """
    return any(word in reason.lower() for word in BROWSER_FAULTS)
