"""What did a run of ingest do, in two lines?"""

from kb.counts import counted
from kb.ingest.run import Ingested


def summary(ingested: Ingested, *, written: bool) -> str:
    """The totals in two lines: every line of every dump, and every article."""
    lines, articles = ingested.scan.lines, ingested.plan.articles()
    repeats = ingested.plan.duplicates()
    total = sum(lines.values())
    classes = ", ".join(f"{count:,} {kind}" for kind, count in lines.items())
    seen = ", ".join(f"{count:,} {match}" for match, count in repeats.items())
    done = ", ".join(f"{count:,} {kind}" for kind, count in articles.items() if count)
    mood = "" if written else " (nothing written)"
    return (
        f"{counted(ingested.scan.dumps, 'transmission')}, {counted(total, 'line')}: {classes}\n"
        f"{counted(len(ingested.plan.changes), 'article')}{mood}: {done or 'none'}; repeats: {seen}"
    )
