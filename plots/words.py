"""Turns numbers into short text with a unit.

`duration` and `factor` write the same text as the functions of that name in grader/base/text.cpp:
the page and the terminal show one number in one way.
"""

from __future__ import annotations

import math

_THIN_SPACE = "\u202f"
_TIME_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


def time_unit(time_s: float) -> tuple[float, str]:
    """Returns the largest unit in which a time, rounded to three digits, is at least 1.

    The result is the unit's length in seconds and its name. Times below 1 ns are in ns.
    """
    for unit_s, name in _TIME_UNITS:
        if time_s / unit_s >= 0.9995:
            return unit_s, name
    return _TIME_UNITS[-1]


def duration(time_s: float) -> str:
    """Writes a time of 0 or more seconds with three digits and its unit: 8.3e-3 is "8.30 ms"."""
    unit_s, name = time_unit(time_s)
    value = time_s / unit_s
    return f"{value:.{_decimals(value)}f} {name}"


def round_duration(time_s: float) -> str:
    """Writes the time at an axis's tick, which is a round number: 1e-2 is "10 ms"."""
    unit_s, name = time_unit(time_s)
    return f"{short(time_s / unit_s)} {name}"


def factor(times: float) -> str:
    """Writes how many times as much something is, with three digits: "0.98×", "136 000×"."""
    if times < 99.95:
        return f"{times:.{_decimals(times)}f}×"
    digit = 10.0 ** (math.floor(math.log10(times)) - 2)
    return f"{_grouped(math.floor(times / digit + 0.5) * digit)}×"


def short(number: float) -> str:
    """Writes three significant digits without trailing zeros.

    A number that isn't 0 and whose size is below 0.001 or at least 10 million gets an exponent.
    """
    if number == 0:
        return "0"
    if not 1e-3 <= abs(number) < 1e7:
        return f"{number:.2e}"
    decimals = max(0, 2 - _magnitude(number))
    text = f"{number:,.{decimals}f}".replace(",", _THIN_SPACE)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: float) -> str:
    """Writes all the digits of a whole number below 1e15 in size, and six digits of any other."""
    is_whole = abs(value) < 1e15 and value == int(value)
    text = _grouped(value) if is_whole else f"{value:.6g}"
    return text.replace("-", "\u2212", 1) if value < 0 else text


def points(score: float) -> str:
    """Writes a score with one decimal, or none if it is whole."""
    return f"{score:.1f}".removesuffix(".0")


def is_certain(low: float, high: float) -> bool:
    """Tells whether an exponent's interval is narrower than from linear growth to quadratic."""
    return high - low < 1


def exponent(value: float, low: float, high: float) -> str:
    """Writes an exponent with its interval, or says that the interval is too wide."""
    if not is_certain(low, high):
        return "too few sizes, or too noisy, for an exponent"
    return f"exponent {value:.2f} ({low:.2f} to {high:.2f})".replace("-", "\u2212")


def growth(exponent: float) -> str:
    """Says what it means that a time grows like the number of pixels to this power."""
    if abs(exponent) < 0.05:
        return "doubling the pixels hardly changes it"
    change = 2.0 ** min(abs(exponent), 99)
    return f"doubling the pixels makes it {change:.1f}× {'slower' if exponent > 0 else 'faster'}"


def count(number: int, one: str) -> str:
    """Writes a number of things: "1 pixel", "2 pixels"."""
    return f"{number} {one if number == 1 else one + 's'}"


def spaced(name: str) -> str:
    """Writes a name of result.json as words: "not_started" is "not started"."""
    return name.replace("_", " ")


def _decimals(value: float) -> int:
    """Returns how many decimals make three digits of a value below 1000."""
    return 2 if value < 9.995 else 1 if value < 99.95 else 0


def _grouped(whole: float) -> str:
    return f"{whole:,.0f}".replace(",", _THIN_SPACE)


def _magnitude(number: float) -> int:
    return int(f"{number:e}".split("e")[1])
