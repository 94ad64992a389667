"""Build the sheet of indicators against targets, without database access; ``env._`` translates."""

from dataclasses import dataclass

from .sheets import COUNT, NUMBER, PERCENT, WRAPPED, Cell, Column, Sheet, Table


@dataclass(frozen=True)
class Indicator:
    """Hold one verdict for display.

    :param bool percent: format the numbers as percentages.
    """

    month: str
    window: str
    client: str
    target: str
    n: int
    value: float | None
    range: str
    parts: str
    verdict: str
    previous: float | None
    limits: str
    zone: str
    zone_label: str
    trend: str
    corrective_actions: str
    percent: bool


def indicators_sheet(env, data):
    """Return the sheet of the period's indicators against their targets, the worst first."""
    columns = (
        Column(env._("Client"), width=30),
        Column(env._("Target"), width=34),
        Column(env._("Month"), width=16),
        Column(env._("Measured Over"), width=18),
        Column(env._("Sample"), COUNT, 8),
        Column(env._("Value"), NUMBER),
        Column(env._("Range"), width=22),
        Column(env._("Month before"), NUMBER),
        Column(env._("Agreed"), width=20),
        Column(env._("Verdict"), width=18),
        Column(env._("Trend"), width=12),
        Column(env._("Why No Verdict"), WRAPPED, 30),
        Column(env._("All Purposes"), WRAPPED, 44),
        Column(env._("Corrective Actions"), WRAPPED, 44),
    )
    rows = [indicator_row(indicator) for indicator in data.indicators]
    lines = () if rows else (env._("No target was in force in this period: set them under Configuration → Targets."),)
    return Sheet(env._("Indicators"), (Table(columns, rows),), lines=lines)


def indicator_row(i):
    style = PERCENT if i.percent else NUMBER
    numbers = (cell_with_zone(i.value, i.zone, style), i.range, Cell(i.previous, style))
    verdict = (cell_with_zone(i.zone_label, i.zone), i.trend, i.verdict)
    return (i.client, i.target, i.month, i.window, i.n, *numbers, i.limits, *verdict, i.parts, i.corrective_actions)


def cell_with_zone(value, zone, style=""):
    """Return a cell in the colour of ``zone``."""
    colors = {"green": "#D1E7DD", "yellow": "#FFF3CD", "red": "#F8D7DA"}
    return Cell(value, style, colors.get(zone, ""))
