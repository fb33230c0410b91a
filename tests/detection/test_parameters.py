import re
import tomllib

import pytest

from casework.evidence.analysis import parameters


def test_every_section_of_constants_stands_under_a_reason():
    text = parameters.SHIPPED.read_text(encoding="utf-8")

    for section in re.split(r"^\[\w+\]$", text, flags=re.MULTILINE)[1:]:
        assert "#" in section


def test_the_parameters_say_every_constant_of_the_file():
    read = tomllib.loads(parameters.SHIPPED.read_text(encoding="utf-8"))

    assert parameters.shipped().as_dict() == read


@pytest.mark.parametrize("line", ["smallest = 15", "certainty = 1.645"])
def test_a_set_that_lacks_a_constant_is_refused(tmp_path, monkeypatch, line):
    text = parameters.SHIPPED.read_text(encoding="utf-8").replace(line, "")
    path = tmp_path / "parameters.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(parameters, "SHIPPED", path)

    with pytest.raises(TypeError, match=line.split(maxsplit=1)[0]):
        parameters.shipped.__wrapped__()
