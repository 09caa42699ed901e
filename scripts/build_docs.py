"""The pages of the documentation that are made from the code: `python scripts/build_docs.py [DOCS]`.

Verbs from their help, settings and errors from their own words, formats from their schemas, rule files from the folder,
Python from docstrings. They are made anew each time and not kept.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

import recount
from recount import errors, notebook, records, settings
from recount.cli.main import app
from recount.export import claims, incidents
from recount.export.formats import FORMATS
from recount.export.schemas import schema
from recount.rules import OWN


def main() -> None:
    """Write all pages."""
    docs = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs"
    for name, text in pages().items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def pages() -> dict[str, str]:
    """Every page by its path."""
    return {
        "reference/verbs.md": verbs(),
        "reference/settings.md": settings_page(),
        "reference/errors.md": errors_page(),
        "reference/python.md": python(),
        "reference/rule-files.md": rule_files(),
        "formats/index.md": formats(),
    }


def verbs() -> str:
    """The help of every verb and of those under it."""
    parts = ["# Verbs\n"]
    for path, command in _commands(app, "recount"):
        context = click.Context(command, info_name=path, max_content_width=88, terminal_width=88)
        parts.append(f"## {path}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.commands[name]
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")


def settings_page() -> str:
    """Each setting with its variable, default and meaning, which is the comment beside it."""
    source = inspect.getsource(settings.Settings)
    rows = re.findall(r"^    (\w+): (\w+) = (.+?)  # (.+)$", source, re.MULTILINE)
    listed = "".join(f"| `RECOUNT_{n.upper()}` | {kind} | `{default}` | {says} |\n" for n, kind, default, says in rows)
    return f"# Settings\n\nRead from the environment.\n\n| variable | type | default | meaning |\n|---|---|---|---|\n{listed}"


def errors_page() -> str:
    """Each error with what it means."""
    found = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.RecountError)]
    rows = "".join(f"## {e.__name__}\n\n{inspect.getdoc(e)}\n\n" for e in found)
    return (
        "# Errors\n\nEvery message says what happened, where, and what to do. The exit status of the command is 0 when it is"
        f" done, 1 when some input was set aside, 2 for wrong use, 3 for a fault in Recount.\n\n{rows}"
    )


def formats() -> str:
    """Every format with its columns."""
    head = "".join(f"| {name} | {', '.join(f.forms)} | {f.rules or '–'} | {f.title} |\n" for name, f in FORMATS.items())
    parts = [f"# Formats\n\n| format | forms | rule set | holds |\n|---|---|---|---|\n{head}"]
    parts += [_table(schema(n).title, schema(n).columns) for n in ("ged", "acled", "gtd", "plover", "event_reports")]
    parts += [_table("Claims", claims.COLUMNS), _table("Incidents", incidents.CSV_COLUMNS)]
    return "\n".join(parts)


def _table(title: str, columns: object) -> str:
    assert isinstance(columns, dict)
    rows = "".join(f"| `{name}` | {says} |\n" for name, says in columns.items())
    return f"## {title}\n\n{len(columns)} columns.\n\n| column | holds |\n|---|---|\n{rows}"


def rule_files() -> str:
    """Each rule file with the comment at its head."""
    rows = []
    for path in sorted(OWN.rglob("*.toml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        head = " ".join(line.lstrip("# ").strip() for line in lines[:6] if line.startswith("#"))
        rows.append(f"| `{path.relative_to(OWN).as_posix()}` | {head.replace('|', '/')[:300] or 'see its entries'} |\n")
    told = "How they are written: see [writing rules](../writing-rules.md)."
    return f"# Rule files\n\n{told}\n\n| file | holds |\n|---|---|\n{''.join(rows)}"


def python() -> str:
    """The public names with their docstrings."""
    parts = ["# Python\n"]
    for module, names in ((recount, recount.__all__), (notebook, notebook.__all__), (records, _classes(records))):
        parts.append(f"## {module.__name__}\n")
        for name in names:
            thing = getattr(module, name)
            said = inspect.getdoc(thing) if not isinstance(thing, str) else None
            if said and (inspect.isclass(thing) or inspect.isfunction(thing)):
                shape = str(inspect.signature(thing)) if inspect.isfunction(thing) else ""
                parts.append(f"### {name}\n\n```text\n{module.__name__}.{name}{shape}\n```\n\n{said}\n")
    return "\n".join(parts)


def _classes(module: object) -> list[str]:
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    return [node.name for node in tree.body if isinstance(node, ast.ClassDef)]


if __name__ == "__main__":
    main()
