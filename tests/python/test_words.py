import pytest

from plots import words


@pytest.mark.parametrize(
    ("time_s", "text"),
    [
        (0, "0 ns"),
        (6e-7, "600 ns"),
        (8.3e-3, "8.3 ms"),
        (0.132, "132 ms"),
        (2.5, "2.5 s"),
        (12345, "12\u202f345 s"),
    ],
)
def test_a_duration_has_the_unit_that_fits(time_s, text):
    assert words.duration(time_s) == text


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
