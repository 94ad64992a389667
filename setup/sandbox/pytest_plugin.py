"""pytest, in CI: a browser test that is skipped because the browser failed is a failure."""

import pytest

from .steps import in_ci

BROWSER_FAULTS = ("chrome", "chromium", "websocket-client")


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
