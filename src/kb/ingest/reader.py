"""What does a text alone say of the record that it should become?"""

from kb.ingest.classify import Verdict, classify
from kb.ingest.repairs import repair
from kb.ingest.repairs.cleaning import drop_illegal_characters, tidy_spaces
from kb.ingest.study import Study
from kb.ingest.tags import tag
from kb.ingest.terms import lexicon_of, read
from kb.ingest.titles import name
from kb.languages import language_of
from kb.library.taxonomy import OTHER, Taxonomy
from kb.slugs import slugify


def study(raw: str, taxonomy: Taxonomy) -> Study:
    """What a text says as it arrived. Never raises."""
    text = tidy_spaces(drop_illegal_characters(raw))
    repaired = repair(text)
    found = name(text, lexicon_of(taxonomy))
    reading = read(text, found.title, taxonomy, found.alternatives)
    verdict = classify(reading, taxonomy)
    return Study(
        titles=(found.title, *found.alternatives),
        route=found.route,
        slug=slugify(found.title, fallback=""),
        topic=verdict.topic,
        tags=tag(reading, verdict.topic, taxonomy),
        lang=language_of(text),
        body=repaired.body,
        truncated=repaired.truncated,
        review=review_of(verdict),
    )


def review_of(verdict: Verdict) -> str:
    """Why a person should look at a topic, or an empty text."""
    if verdict.topic == OTHER:
        return "no topic fits"
    return "" if verdict.is_sure else f"nearly {verdict.runner_up}"
