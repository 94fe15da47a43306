import pytest

from saidanddone.codes import READINGS
from saidanddone.errors import BadChoice, UnknownCode
from saidanddone.measure.choices import ALLOWED, ARRESTS, Choices


@pytest.mark.parametrize("name", list(ALLOWED))
def test_a_value_that_does_not_exist_is_refused_with_those_that_do(name: str) -> None:
    with pytest.raises(BadChoice) as refused:
        Choices(**{name: "moon"})
    assert str(refused.value).startswith(f"'moon' is no value of --{name}; expected one of ")
    assert all(value in str(refused.value) for value in ALLOWED[name])


@pytest.mark.parametrize("name", list(ALLOWED))
def test_every_value_that_is_allowed_is_taken(name: str) -> None:
    for value in ALLOWED[name]:
        assert getattr(Choices(**{name: value}), name) == value


@pytest.mark.parametrize("wrong", ["7", "arrests", "", "99"])
def test_a_code_that_does_not_exist_is_refused(wrong: str) -> None:
    with pytest.raises(UnknownCode):
        Choices(without=("173", wrong))


def test_defaults_are_among_the_allowed() -> None:
    for name, allowed in ALLOWED.items():
        assert getattr(Choices(), name) in allowed
    assert Choices(without=ARRESTS).without == ("173",)


@pytest.mark.parametrize("reading", READINGS)
def test_words_and_deeds(reading: str) -> None:
    expected = ("said", "done") if reading == "said-done" else ("verbal", "material")
    assert Choices(reading=reading).words_and_deeds == expected


def test_changed_choices_name_what_differs() -> None:
    base = Choices()
    other = base.but(reading="gdelt", without=("173",))
    assert base.differing(other) == "reading, without"
    assert base.differing(base) == ""
    assert other.but(reading="said-done", without=()) == base
    with pytest.raises(BadChoice):
        base.but(count="rows")


def test_choices_can_be_told_apart_in_a_set() -> None:
    assert len({Choices(), Choices(), Choices(count="codes")}) == 2
