"""The documentation is whole and true: every verb, setting and error is in it, and every block of it runs."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from recount import errors
from recount.cli.export import WHATS
from recount.cli.main import app
from recount.cli.plot import KINDS as PLOTS
from recount.export import plots
from recount.export.formats import FORMATS
from recount.rules import OWN
from recount.samples import folder
from recount.settings import Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The pages that are made from the code."""
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


def test_every_verb_is_documented(made: dict[str, str]) -> None:
    def walk(group: click.Group, path: str) -> list[str]:
        found = []
        for name, command in group.commands.items():
            found.append(f"## {path} {name}\n")
            found += walk(command, f"{path} {name}") if isinstance(command, click.Group) else []
        return found

    missing = [head for head in walk(app, "recount") if head not in made["reference/verbs.md"]]
    assert missing == []


def test_every_setting_and_error_is_documented(made: dict[str, str]) -> None:
    for name in Settings.__struct_fields__:
        assert f"`RECOUNT_{name.upper()}`" in made["reference/settings.md"], name
    for name, thing in vars(errors).items():
        if isinstance(thing, type) and issubclass(thing, errors.RecountError):
            assert f"## {name}\n" in made["reference/errors.md"]


def test_every_rule_file_and_format_is_documented(made: dict[str, str]) -> None:
    for path in OWN.rglob("*.toml"):
        assert f"`{path.relative_to(OWN).as_posix()}`" in made["reference/rule-files.md"]
    for name in FORMATS:
        assert f"| {name} |" in made["formats/index.md"]
    assert tuple(FORMATS)
    assert set(WHATS) == set(FORMATS)
    assert tuple(PLOTS) == tuple(plots.KINDS)


def test_the_navigation_names_pages_that_are_there(made: dict[str, str]) -> None:
    named = re.findall(r'"([\w/.-]+\.md)"', (ROOT / "zensical.toml").read_text(encoding="utf-8"))
    assert len(named) > 20
    assert [page for page in named if page not in made and not (DOCS / page).is_file()] == []


def test_links_between_pages_lead_somewhere(made: dict[str, str]) -> None:
    texts = {p.relative_to(DOCS).as_posix(): p.read_text(encoding="utf-8") for p in DOCS.rglob("*.md")} | made
    for name, text in texts.items():
        for link in re.findall(r"\]\(([\w/.-]+\.md)(?:#[\w-]+)?\)", text):
            target = (DOCS / name).parent.joinpath(link).resolve()
            assert target.relative_to(DOCS.resolve()).as_posix() in texts, (name, link)


def blocks(language: str) -> list[tuple[str, str]]:
    """The blocks of code of the pages that a newcomer follows, in the order of each page."""
    pages = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [(p.name, block) for p in pages for block in fence.findall(p.read_text(encoding="utf-8"))]


def run(script: str, where: Path) -> subprocess.CompletedProcess[str]:
    """A script in a folder, with `recount` as the command of this environment."""
    command = f'recount() {{ {shlex.quote(sys.executable)} -m recount.cli.main_run "$@"; }}\nset -e\n'
    command = command.replace("-m recount.cli.main_run", "-c 'from recount.cli.main import main; main()'")
    return subprocess.run(
        ["bash", "-c", command + script], cwd=where, capture_output=True, text=True, timeout=300, check=False
    )


def test_the_tutorial_works_as_written(tmp_path: Path) -> None:
    script = "".join(block for name, block in blocks("bash") if name == "tutorial.md")
    done = run(script, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Bannu" in done.stdout
    latest, lowest = (
        (tmp_path / f"{n}.csv").read_text(encoding="utf-8").splitlines()[1:] for n in ("latest", "lowest")
    )
    assert latest != lowest
    assert json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))["features"]
    assert (tmp_path / "public" / "index.html").is_file()


@pytest.mark.parametrize("page", sorted({name for name, _ in blocks("bash")} - {"tutorial.md"}))
def test_the_commands_of_a_page_run(page: str, tmp_path: Path) -> None:
    if page == "plot.md":
        pytest.importorskip("vl_convert")
    script = "".join(block for name, block in blocks("bash") if name == page)
    done = run(f"recount add {shlex.quote(str(folder()))} >/dev/null\n{script}", tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("page", "block"), blocks("python"))
def test_the_python_of_a_page_runs(page: str, block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    assert run(f"recount add {shlex.quote(str(folder()))}", tmp_path).returncode == 0
    monkeypatch.chdir(tmp_path)
    exec(compile(block, page, "exec"), {"__name__": "page"})


def test_the_tutorial_notebook_rebuilds_the_worked_example(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    notebook = json.loads((DOCS / "tutorial.ipynb").read_text(encoding="utf-8"))
    monkeypatch.chdir(DOCS)
    names: dict[str, object] = {"__name__": "notebook"}
    for cell in notebook["cells"]:
        assert cell.get("outputs", []) == [], "kept without outputs"
        if cell["cell_type"] == "code":
            exec(compile(cell["source"], "tutorial.ipynb", "exec"), names)
    figures = names["figures"]
    killed = figures[figures["harm"].eq("killed") & figures["side"].eq("armed_group")]  # type: ignore[index]
    best = dict(zip(killed["rule_set"], killed["best"], strict=True))
    example = (DOCS / "worked-example.md").read_text(encoding="utf-8")
    for rules in ("ucdp", "lowest", "highest"):
        row = re.search(rf"^\| {rules} \([^)]*\) \| armed group \| \d* \| (\d+) \|", example, re.MULTILINE)
        assert row is not None
        assert int(row[1]) == best[rules]
