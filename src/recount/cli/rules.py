"""`recount rules VERB`: the rule folder as a tool: try, check, compare, read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from recount.cli.options import Verbs, json_option, paths_argument

judge_option = click.option(
    "--judge/--no-judge", default=True, show_default=True, help="Whether the trained judge weighs figures."
)
"""`judge: bool`"""
folder_path = click.Path(path_type=Path)


@click.group(cls=Verbs, short_help="Try, check and compare the rules that coding follows.")
def rules() -> None:
    """Try, check and compare the rules that coding follows.

    \b
    Change rules in a folder of your own:
      recount rules copy my-rules
      RECOUNT_RULES=my-rules recount rules check
      RECOUNT_RULES=my-rules recount rules try "Nine soldiers were killed."
      recount rules diff "$(recount rules folder)" my-rules REPORTS/
    """


@rules.command("try", short_help="Show what fires in a sentence, and why.")
@click.argument("sentence", metavar="SENTENCE", help="One sentence, or a few.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The report's day, for “Friday”.")
@judge_option
@json_option
def try_(sentence: str, published: datetime | None, judge: bool, as_json: bool) -> None:
    """Show how a sentence is cut into slots, which rules fire, which bid wins each figure, and what stands.

    \b
    Examples:
      recount rules try "At least five soldiers were killed in an ambush near Dera Bugti."
      recount rules try --no-judge "Dead: 14; wounded: 30."
    """
    from recount.cli import rules_try, screen

    tree = rules_try.tried(sentence, published.date() if published else None, use_judge=judge)
    if as_json:
        screen.print_json(rules_try.as_json(tree))
    else:
        screen.console().print(rules_try.planted(tree))


@rules.command("check", short_help="Find every fault of the rule folder at once.")
@json_option
def check(as_json: bool) -> int:
    """Load all rules, word lists and gazetteers, run all examples, and name every fault: where, what, and what to do.

    The exit status is 1 where there are faults.
    """
    from recount.cli import rules_check, screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE
    from recount.cli.words import many
    from recount.rules import FOLDER

    found = rules_check.faults()
    if as_json:
        screen.print_json([{"where": f.where, "what": f.what, "do": f.do} for f in found])
        return SOME_SET_ASIDE if found else DONE
    console = screen.console()
    for fault in found:
        console.print(f"{fault.where}: {fault.what}.", style="bold", soft_wrap=True)
        console.print(f"  {fault.do}", soft_wrap=True)
    console.print(f"{many(len(found), 'fault')} in {FOLDER}" if found else f"No fault in {FOLDER}", soft_wrap=True)
    return SOME_SET_ASIDE if found else DONE


@rules.command("diff", short_help="Show the claims that a change of rules gains and loses.")
@click.argument("old", metavar="OLD", type=folder_path, help="A rule folder.")
@click.argument("new", metavar="NEW", type=folder_path, help="The rule folder to compare with it.")
@paths_argument
@judge_option
@json_option
def diff(old: Path, new: Path, paths: tuple[str, ...], judge: bool, as_json: bool) -> int:
    """Code reports with two rule folders and show which claims are gained, lost, or read otherwise.

    \b
    Example:
      recount rules diff "$(recount rules folder)" my-rules reports/
    """
    from recount.cli import rules_diff, screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE

    with screen.Bar("reports coded twice", wanted=not as_json):
        found = rules_diff.difference(old, new, list(paths), use_judge=judge)
    if as_json:
        screen.print_json(rules_diff.as_rows(found))
    else:
        console = screen.console()
        for line in rules_diff.lines(found):
            console.print(line, soft_wrap=True)
        screen.print_asides(found.aside, console)
    return SOME_SET_ASIDE if found.aside else DONE


@rules.command("swap", short_help="Show what changes when two sides trade places.")
@click.argument("pair", metavar="[PAIR]", required=False, help="Two sides, or all of them.  [default: all]")
@click.argument("paths", metavar="[PATH]...", nargs=-1, help="Reports; without any, our own sentences.")
@judge_option
@json_option
def swap(pair: str | None, paths: tuple[str, ...], judge: bool, as_json: bool) -> int:
    """Exchange two sides in the same sentences: the coding must exchange their names, and nothing else.

    The pairs are state-rebels, india-pakistan, israel-iran, russia-ukraine and thailand-cambodia. Lines with - stand in
    the coding of the text as it is, lines with + in that of the exchanged text. The exit status is 1 where there are any.

    \b
    Examples:
      recount rules swap
      recount rules swap india-pakistan reports/
    """
    from recount.cli import rules_swap, screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE

    with screen.Bar("texts coded twice", wanted=not as_json):
        found = rules_swap.swapped(pair, list(paths), use_judge=judge)
    if as_json:
        screen.print_json([report for _, report in found])
    else:
        console = screen.console()
        for line in rules_swap.lines(found):
            console.print(line, soft_wrap=True)
    return DONE if all(report.fair for _, report in found) else SOME_SET_ASIDE


@rules.command("card", short_help="Print the notation of rules on one page.")
def card() -> None:
    """Print the notation of rules on one page of 80 columns."""
    from recount.cli import rules_card, screen

    screen.write_bytes(("\n".join(rules_card.card()) + "\n").encode())


@rules.command("folder", short_help="Print where the rules are.")
def folder() -> None:
    """Print the path of the rule folder: the package's own, or the one that RECOUNT_RULES names."""
    from recount.rules import FOLDER

    click.echo(FOLDER)


@rules.command("copy", short_help="Copy the rule folder, to change it.")
@click.argument("to", metavar="FOLDER", type=folder_path, help="A folder that does not exist yet.")
def copy(to: Path) -> None:
    """Copy the rule folder, so that RECOUNT_RULES=FOLDER makes every verb read the copy."""
    from shutil import copytree, ignore_patterns

    from recount.cli.faults import say
    from recount.errors import WrongUse
    from recount.rules import FOLDER

    if to.exists():
        raise WrongUse("it exists already", str(to), "Name a folder that does not exist yet.")
    copytree(FOLDER, to, ignore=ignore_patterns("*.py", "__pycache__"))
    say(f"The rules are in {to}. Use them with: RECOUNT_RULES={to} recount ...")
