import pytest

from plots import words

# tests/unit/base/text_test.cpp has these pairs too: terminal and page show the same text.
DURATIONS = [
    (0, "0.00 ns"),
    (1.234e-10, "0.12 ns"),
    (1e-9, "1.00 ns"),
    (9.994e-9, "9.99 ns"),
    (9.996e-9, "10.0 ns"),
    (99.94e-9, "99.9 ns"),
    (99.96e-9, "100 ns"),
    (999.4e-9, "999 ns"),
    (999.6e-9, "1.00 µs"),
    (1e-6, "1.00 µs"),
    (12.34e-6, "12.3 µs"),
    (999.4e-6, "999 µs"),
    (999.6e-6, "1.00 ms"),
    (8.31e-3, "8.31 ms"),
    (123.4e-3, "123 ms"),
    (0.9994, "999 ms"),
    (0.9996, "1.00 s"),
    (1, "1.00 s"),
    (59.94, "59.9 s"),
    (3600, "3600 s"),
]
FACTORS = [
    (0.978, "0.98×"),
    (1, "1.00×"),
    (9.994, "9.99×"),
    (9.996, "10.0×"),
    (99.94, "99.9×"),
    (99.96, "100×"),
    (999.6, "1\u202f000×"),
    (135_700, "136\u202f000×"),
    (1_234_567, "1\u202f230\u202f000×"),
]


@pytest.mark.parametrize(("time_s", "text"), DURATIONS)
def test_a_duration_is_the_terminals(time_s, text):
    assert words.duration(time_s) == text


@pytest.mark.parametrize(("times", "text"), FACTORS)
def test_a_factor_is_the_terminals(times, text):
    assert words.factor(times) == text


@pytest.mark.parametrize(
    ("time_s", "text"),
    [(1e-9, "1 ns"), (1e-6, "1 µs"), (2e-3, "2 ms"), (0.05, "50 ms"), (1, "1 s")],
)
def test_a_tick_has_no_needless_digits(time_s, text):
    assert words.round_duration(time_s) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (1, "1"), (0.25, "0.25"), (9.999, "10"), (1600, "1\u202f600"), (-2.5, "-2.5")],
)
def test_short_numbers_have_no_needless_digits(number, text):
    assert words.short(number) == text


@pytest.mark.parametrize(
    ("exponent", "text"),
    [
        (2.0, "doubling the pixels makes it 4.0× slower"),
        (1.0, "doubling the pixels makes it 2.0× slower"),
        (0.01, "doubling the pixels hardly changes it"),
        (-1.0, "doubling the pixels makes it 2.0× faster"),
    ],
)
def test_growth_is_told_in_words(exponent, text):
    assert words.growth(exponent) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(17, "17"), (-990000, "−990\u202f000"), (0.5, "0.5"), (1e20, "1e+20"), (1e300, "1e+300")],
)
def test_a_pixel_keeps_its_digits(value, text):
    assert words.exact(value) == text


def test_an_exponent_whose_interval_says_nothing_is_not_told():
    assert words.exponent(1.02, 0.95, 1.06) == "exponent 1.02 (0.95 to 1.06)"
    assert words.exponent(-0.02, -0.1, 0.06) == "exponent \u22120.02 (\u22120.10 to 0.06)"
    assert words.exponent(1.19, -0.13, 6.13) == "too few sizes, or too noisy, for an exponent"
