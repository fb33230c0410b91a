import pytest

from casework.screening.identifiers import IDENTIFIER_TITLES, IdentifierKind, fault


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("lei", "5493001KJTIIGC8Y1R12"),
        ("lei", "5493 001k jtii gc8y 1r12"),
        ("uscc", "91350100M000100Y43"),
        ("ogrn", "1027700132195"),
        ("inn", "7707083893"),
        ("inn", "500100732259"),
        ("tax", "whatever"),
    ],
)
def test_identifiers_whose_check_digits_fit_have_no_fault(kind, value):
    assert fault(kind, value) == ""


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("lei", "5493001KJTIIGC8Y1R13", "check digits"),
        ("lei", "5493001KJTIIGC8Y1R1", "20 letters"),
        ("uscc", "91350100M000100Y44", "check character"),
        ("uscc", "91350100I000100Y43", "without I"),
        ("ogrn", "1027700132196", "check digit"),
        ("ogrn", "10277001321", "13 digits"),
        ("inn", "7707083894", "check digit"),
        ("inn", "500100732258", "check digit"),
        ("inn", "٧٧٠٧٠٨٣٨٩٣", "10 digits"),
    ],
)
def test_a_failing_check_digit_is_told(kind, value, told):
    assert told in fault(kind, value)


@pytest.mark.parametrize("position", range(18))
def test_any_misread_digit_of_a_social_credit_code_is_noticed(position):
    right = "91350100M000100Y43"
    wrong = "2" if right[position] != "2" else "3"

    assert fault("uscc", right[:position] + wrong + right[position + 1 :])


def test_every_kind_has_a_title():
    assert set(IDENTIFIER_TITLES) == set(IdentifierKind)
