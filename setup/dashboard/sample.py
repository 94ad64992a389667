"""Define the cells of the sample shown while there is no data."""

from .charts import LETTERS, PLACE_OF_SLICE
from .headings import clients_head, data_labels, headings
from .shares import empty_slices, short, term
from .source import LIST_COLUMNS


def sample_cells():
    cells = {address: text.split("](")[0][1:] for address, text in headings().items()}
    cells = {address: f'=_t("{text}")' for address, text in cells.items()}
    heads = LIST_COLUMNS.values()
    cells |= {f"{column}21": f'=_t("{head}")' for column, head in zip(LETTERS, heads, strict=True)}
    improvement, additional = '=_t("Improvements / base")', '=_t("Additional services / base")'
    outside, nearly, exact = '=_t("Off Target")', '=_t("Near the Limit")', '=_t("exact")'
    rows = [
        ("Azure Interior", "2 %", exact, improvement, "6 % – 10 %", outside, '=_t("March")'),
        ("Gemini Furniture", "41 %", sample_range(38, 46), additional, "50 % – 80 %", outside, '=_t("March")'),
        ("Ready Mat", "0 %", sample_range(0, 4), improvement, "6 % – 10 %", outside, '=_t("March")'),
        ("Deco Addict", "83 %", exact, additional, "50 % – 80 %", nearly, '=_t("March")'),
    ]
    for number, values in enumerate(rows, 22):
        cells |= {f"{column}{number}": value for column, value in zip(LETTERS, values, strict=True)}
    cells |= clients_head()
    exact = '=CONCATENATE("{0} %   ", _t("exact"))'
    clients = [
        ("Azure Interior", "64", exact.format(2), exact.format(70)),
        ("Deco Addict", "51", exact.format(9), exact.format(83)),
        ("Gemini Furniture", "38", exact.format(8), sample_range(38, 46, "41 %   ")),
    ]
    for number, values in enumerate(clients, 36):
        cells |= {f"{column}{number}": value for column, value in zip("ABCD", values, strict=True)}
    return cells


def sample_range(low, high, value=""):
    return f'=CONCATENATE("{value}{low}–{high} % · ", _t("bounds"))'


def sample_data():
    kinds = [
        f"={short(term(name))}" for name in ("Production", "Improvements", "Additional services", "Organisational")
    ]
    quality = [f'=_t("{name}")' for name in ("Confirmed", "Corrected", "Suggested", "Unclassified")]
    shares = ("0.46", "0.05", "0.37", "0.12")
    table = {
        2: ("", "153", '=CONCATENATE("+9% ", _t("on a year ago"))'),
        3: ("", "0.08", '=CONCATENATE("7.4–8.8 % · ", _t("bounds"), "; ", _t("agreed:"), " 6 % – 10 %")'),
        4: ("", "0.66", '=CONCATENATE("62–70 % · ", _t("bounds"), "; ", _t("agreed:"), " 50 % – 80 %")'),
        5: ("", "0.03", '=CONCATENATE("4.0% ", _t("a year ago"))'),
        6: ("", "0.92", '=CONCATENATE("48 ", _t("answers due"))'),
        8: ("", *kinds),
        9: ('=_t("January")', "0.47", "0.04", "0.37", "0.12"),
        10: ('=_t("February")', "0.46", "0.05", "0.36", "0.13"),
        11: ('=_t("March")', "0.45", "0.05", "0.38", "0.12"),
        13: ("", '=_t("Shares by kind")'),
        **{13 + PLACE_OF_SLICE[n]: pair for n, pair in enumerate(zip(kinds, shares, strict=True), 1)},
        29: ("", *quality),
        30: ('=_t("January")', "0.74", "0.08", "0.13", "0.05"),
        31: ('=_t("February")', "0.78", "0.06", "0.12", "0.04"),
        32: ('=_t("March")', "0.85", "0.05", "0.08", "0.02"),
    }
    cells = {f"{column}{row}": v for row, values in table.items() for column, v in zip("ABCDE", values, strict=False)}
    filled = {address: value for address, value in cells.items() if value}
    return {**empty_slices(13), **filled, **data_labels()}
