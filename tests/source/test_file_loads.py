"""Which calls parse a file, and which file it is."""

from pathlib import Path

import pytest

from tests.source.projects import Project

HEAD = """
import configparser, dotenv, io, json, os, tomllib, yaml
from configparser import ConfigParser
from dotenv import load_dotenv
from json import load as load_json
from pathlib import Path
HERE = Path(__file__).parent
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("json.load(open('a.json'))", "json.load a.json"),
        ("load_json(open(r'C:\\a\\b.json'))", "json.load b.json"),
        ("json.loads(Path('x', 'a.json').read_text())", "json.loads a.json"),
        ("json.loads(HERE.joinpath('x', 'a.json').read_bytes().decode())", "json.loads a.json"),
        ("json.load((HERE / 'x' / 'a.json').resolve().open())", "json.load a.json"),
        ("with open('a.toml', 'rb') as f: tomllib.load(f)", "tomllib.load a.toml"),
        ("with a as b, Path('a.toml').open() as f:\n for x in y: tomllib.load(f)", "tomllib.load a.toml"),
        ("p = HERE / 'a.yml'\nyaml.load(open(p), Loader=x)", "yaml.load a.yml"),
        ("yaml.safe_load(stream=open(os.path.join(HERE, 'a.yml')))", "yaml.safe_load a.yml"),
        ("load_dotenv()", "dotenv.load_dotenv None"),
        ("dotenv.load_dotenv(dotenv_path='x/.env')", "dotenv.load_dotenv .env"),
        ("p = ConfigParser()\np.read(['a.ini'])", "configparser.ConfigParser.read a.ini"),
        ("configparser.ConfigParser().read_file(open('a.ini'))", "configparser.ConfigParser.read_file a.ini"),
        ("def f(x): json.load(open(x / 'a.json'))", "json.load None"),
        ("def f(x): json.load(open(x))", "json.load None"),
        ("def f(x): json.load(open(f'{x}/a.json'))", "json.load None"),
        ("json.load(open(f'{HERE}/a.json'))", "json.load a.json"),
        ("a = b\nb = a\njson.load(a)", "json.load None"),
        ("json.load()\njson.load(*a)\njson.load(**a)", "json.load None; json.load None; json.load None"),
        ("json.dump(open('a.json'))\nopen('a.json').read()\nload('a.json')\nx.read('a.ini')", ""),
    ],
)
def test_file_loads(tmp_path: Path, text: str, expected: str) -> None:
    module = Project(tmp_path).module("shop.py", f"{HEAD}{text}\n")
    assert "; ".join(f"{load.name} {load.file}" for load in module.file_loads) == expected


def test_nothing_is_loaded_without_a_library(tmp_path: Path) -> None:
    assert Project(tmp_path).module("shop.py", "from x import json\njson.load(open('a.json'))\n").file_loads == []
