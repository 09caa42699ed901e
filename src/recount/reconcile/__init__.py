"""An incident's claims become figures: named rule sets, a timeline, and disagreements that are typed and kept."""

from recount.reconcile.checks import checks, checks_of_coding
from recount.reconcile.disagree import disagreements
from recount.reconcile.evidence import CHECKLIST, Checked, checklist, gaps
from recount.reconcile.figures import figures
from recount.reconcile.rule_sets import RULE_SETS, RuleSet, rule_set
from recount.reconcile.shares import Share, shares
from recount.reconcile.sources import Origin, origins
from recount.reconcile.standpoint import Standpoint, by_standpoint, standpoint
from recount.reconcile.summary import Summary, summary
from recount.reconcile.timeline import timeline

__all__ = [
    "CHECKLIST",
    "RULE_SETS",
    "Checked",
    "Origin",
    "RuleSet",
    "Share",
    "Standpoint",
    "Summary",
    "by_standpoint",
    "checklist",
    "checks",
    "checks_of_coding",
    "disagreements",
    "figures",
    "gaps",
    "origins",
    "rule_set",
    "shares",
    "standpoint",
    "summary",
    "timeline",
]
