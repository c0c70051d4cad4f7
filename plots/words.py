"""Numbers as people read them: in goes a number, out comes short text with its unit."""

from __future__ import annotations

_TIME_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


def time_unit(time_s: float) -> tuple[float, str]:
    """The unit in which the time is 1 or more: its length in seconds, and its name."""
    for unit_s, name in _TIME_UNITS:
        if time_s >= unit_s:
            return unit_s, name
    return _TIME_UNITS[-1]


def duration(time_s: float) -> str:
    unit_s, name = time_unit(time_s)
    return f"{short(time_s / unit_s)} {name}"


def short(number: float) -> str:
    """Three significant digits, and no exponent where a person wouldn't write one."""
    if number == 0:
        return "0"
    if not 1e-3 <= abs(number) < 1e7:
        return f"{number:.2e}"
    decimals = max(0, 2 - _magnitude(number))
    text = f"{number:,.{decimals}f}".replace(",", "\u202f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: float) -> str:
    """All the digits of a whole number, six of another one."""
    is_short = abs(value) < 1e15 and value == int(value)
    text = f"{value:,.0f}".replace(",", "\u202f") if is_short else f"{value:.6g}"
    return text.replace("-", "\u2212", 1) if value < 0 else text


def factor(value: float) -> str:
    """How many times, with three digits."""
    if value >= 100:
        return f"{short(float(f'{value:.3g}'))}×"
    return f"{value:.2f}×" if value < 10 else f"{value:.1f}×"


def points(score: float) -> str:
    return f"{score:.1f}".removesuffix(".0")


def is_certain(low: float, high: float) -> bool:
    """Whether an exponent's interval says anything: linear growth can be told from quadratic."""
    return high - low < 1


def exponent(value: float, low: float, high: float) -> str:
    if not is_certain(low, high):
        return "too few sizes, or too noisy, for an exponent"
    return f"exponent {value:.2f} ({low:.2f} to {high:.2f})".replace("-", "\u2212")


def growth(exponent: float) -> str:
    """What time grown like pixels to this power means."""
    if abs(exponent) < 0.05:
        return "doubling the pixels hardly changes it"
    change = 2.0 ** min(abs(exponent), 99)
    return f"doubling the pixels makes it {change:.1f}× {'slower' if exponent > 0 else 'faster'}"


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def spaced(name: str) -> str:
    """A name of result.json as words: "not_started" is "not started"."""
    return name.replace("_", " ")


def _magnitude(number: float) -> int:
    return int(f"{number:e}".split("e")[1])
