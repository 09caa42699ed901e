"""Score the coder on the shared development reports; pin floors; write docs/quality.md.

    score_dev.py --shared ../shared [--part check|train] [--write] [--floors]

Without the shared folder it says so and exits 0. The texts of `check` are coded and scored, never printed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "docs" / "quality-floors.json"
PAGE = ROOT / "docs" / "quality.md"
SHOWN = ("value", "exact", "number", "cell", "incident", "attribution", "relevance")
SHARES = ("place", "day", "kind", "role", "speaker")


def code_part(shared: Path, part: str, out: Path) -> None:
    """Code one part of the development reports as the command does, one JSON object a line."""
    from recount.export.codings import coding_to_dict
    from recount.read import read
    from recount.records import Report
    from recount.river import code
    from recount.settings import load_settings

    settings = load_settings()
    with out.open("w", encoding="utf-8") as file:
        for item in read(shared / "dev" / part / "reports.jsonl", settings):
            if isinstance(item, Report):
                coded = code(item, use_judge=settings.judge, inclusion=settings.inclusion)
                file.write(json.dumps(coding_to_dict(coded), ensure_ascii=False) + "\n")


def result_of(shared: Path, part: str) -> dict[str, dict[str, float]]:
    """The scorer's result for one part."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "system.jsonl"
        code_part(shared, part, out)
        gold = shared / "dev" / part / "gold.jsonl"
        done = subprocess.run(
            [sys.executable, str(shared / "score" / "score.py"), str(gold), str(out), "--json"],
            check=True,
            capture_output=True,
            text=True,
        )
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def figures(result: dict[str, dict[str, float]]) -> dict[str, float]:
    """One number a measure: F1, accuracy, or wrong figures per report."""
    rows = {name: result[name]["f1"] for name in SHOWN}
    rows |= {name: result[name]["accuracy"] for name in SHARES}
    rows["extra"] = result["extra"]["per_report"]
    return rows


def below_floor(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """The measures that fell below their floor (for `extra`: rose above)."""
    return [
        f"{name}: {found[name]:.4f}, floor {floor:.4f}"
        for name, floor in floors.items()
        if (found[name] > floor if name == "extra" else found[name] < floor)
    ]


def main() -> int:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--part", choices=("check", "train"), default="check")
    parser.add_argument("--write", action="store_true", help="write docs/quality.md's table")
    parser.add_argument("--floors", action="store_true", help="fail when a figure is below its floor")
    args = parser.parse_args()
    if not (args.shared / "dev" / args.part).is_dir():
        print(f"score: skipped, no coded reports at {args.shared / 'dev' / args.part}")
        return 0
    result = result_of(args.shared, args.part)
    found = figures(result)
    for name, value in found.items():
        print(f"{name:12} {value:.4f}")
    if args.write:
        _write(found, result)
    if args.floors and FLOORS.exists():
        fallen = below_floor(found, json.loads(FLOORS.read_text()))
        if fallen:
            print("below the floor: " + "; ".join(fallen), file=sys.stderr)
            return 1
    return 0


def _write(found: dict[str, float], result: dict[str, dict[str, float]]) -> None:
    rows = [f"| {name} | {value:.3f} |" for name, value in found.items()]
    value = result["value"]
    table = "\n".join(
        [
            "<!-- figures:begin (written by `make score`) -->",
            "| measure | figure |",
            "|---|---|",
            *rows,
            "",
            f"`value`: precision {value['precision']:.3f}, recall {value['recall']:.3f}, "
            f"{value['hit']:.0f} of {value['gold']:.0f} figures.",
            "<!-- figures:end -->",
        ]
    )
    page = PAGE.read_text(encoding="utf-8")
    begin, end = page.index("<!-- figures:begin"), page.index("<!-- figures:end -->") + len("<!-- figures:end -->")
    PAGE.write_text(page[:begin] + table + page[end:], encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
