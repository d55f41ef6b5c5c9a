"""A worrying answer that raises nobody's level is found, named and shown, also where a rule does look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.case import Case
from chatbot.cli.prove import prove_pack
from chatbot.packs.load import load_folder
from chatbot.packs.pack import Pack
from chatbot.packs.reachability import critical, worrying
from chatbot.proof.counterexample import told
from chatbot.proof.obligations import SENTENCES, Example
from chatbot.proof.raises import Raises
from chatbot.proof.rule_terms import Reading
from chatbot.proof.solve import Finding, decide
from chatbot.proof.symbols import Symbols
from chatbot.recommendation.recommend import recommend
from chatbot.recommendation.rulebook import SAME_DAY
from chatbot.replay.play import play
from tests.support.copies import ANKLE, copied

Change = tuple[str, str, str]

DANGER = "{any: [{term: no_blood_flow}, {is: {bone_showing: yes}}]}"
NOT_KNOWN = "{any: [{at_least: {foot_colour: unknown}}, {at_least: {bone_showing: unknown}}]}"
BONE_NOT_KNOWN_FREE: Change = ("terms.yaml", NOT_KNOWN, "{at_least: {foot_colour: unknown}}")
UNREAD: tuple[Change, ...] = (("terms.yaml", DANGER, "{term: no_blood_flow}"), BONE_NOT_KNOWN_FREE)
NEVER_FIRES = "{all: [%s, {is: {interview_mode: patient}}, {is: {interview_mode: carer}}]}"
OVERSHADOWED = "{all: [%s, {is: {foot_colour: blue}}]}"
EXEMPT = "  - what: unread.bone_showing.{}\n    reason: A {} test.\n"


def danger(bone: str) -> Change:
    """A pack in which a bone that shows counts only so."""
    return (
        "terms.yaml",
        DANGER,
        DANGER.replace("{is: {bone_showing: yes}}", bone % "{at_least: {bone_showing: unknown}}"),
    )


def planted(tmp_path: Path, *changes: Change) -> Path:
    """A copy of the second complaint with these texts changed."""
    folder = copied(ANKLE, tmp_path / "ankle_injury")
    for file, old, new in changes:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def cannot_wait(pack: Pack, name: str) -> Pack:
    """The same pack with one more fact that is time critical."""
    facts = {**pack.rulebook.facts, name: replace(pack.rulebook.facts[name], time_critical=True)}
    return replace(pack, rulebook=replace(pack.rulebook, facts=facts))


def makers(pack: Pack) -> Iterator[Callable[[], Example]]:
    """What makes each claim that an answer raises a level."""
    return Raises(Reading(Symbols(pack.rulebook))).makers(pack.dialog, frozenset(what for what, _ in pack.exemptions))


def read(pack: Pack) -> dict[str, Finding]:
    """What becomes of each claim, by its name."""
    return {finding.about: finding for finding in (decide(make()) for make in makers(pack))}


def refuted(pack: Pack) -> list[str]:
    """The answers that raise nobody's level."""
    return [name for name, finding in read(pack).items() if finding.verdict == "refuted"]


def test_every_worrying_answer_of_the_shipped_pack_is_claimed_or_exempt(pack: Pack) -> None:
    names = {make().about for make in makers(pack)}
    exempt = {what.removeprefix("unread.") for what, _ in pack.exemptions if what.startswith("unread.")}
    every = {name for fact in critical(pack.rulebook.facts.values(), pack.dialog) for name in worrying(fact)}
    assert names | exempt == every
    assert not names & exempt
    assert len(names) > 50


def test_the_shipped_pack_exempts_just_what_raises_nobodys_level(pack: Pack) -> None:
    """Without its exemptions the claims about these answers fail, and no others."""
    exempt = [what.removeprefix("unread.") for what, _ in pack.exemptions if what.startswith("unread.")]
    found = read(replace(pack, exemptions=()))
    assert [name for name, finding in found.items() if finding.verdict != "proved"] == exempt
    calmest = {name: recommend(pack.rulebook, Case.of_facts(found[name].cases[0])).level for name in exempt}
    # Nobody is let go: it is asked only of people with red or brown pee, who are seen the same day whatever they say.
    assert calmest == {"pee_after_exertion.unknown": SAME_DAY}


@pytest.mark.parametrize(
    "change", [danger(NEVER_FIRES), danger(OVERSHADOWED)], ids=["a rule that never fires", "a rule beside others"]
)
def test_an_answer_is_not_read_by_a_rule_that_changes_nothing(tmp_path: Path, change: Change) -> None:
    """The check of the files passes: there is a rule, and it looks at the answer."""
    pack = load_folder(planted(tmp_path, change, BONE_NOT_KNOWN_FREE))
    assert refuted(pack) == ["bone_showing.unknown", "bone_showing.yes"]


def test_an_answer_that_no_rule_looks_at_is_shown_as_a_conversation_that_ends_in_self_care(tmp_path: Path) -> None:
    """Such a pack is refused before it can be proved; kept with a case it is read, and the proof fails by itself."""
    pack = load_folder(planted(tmp_path, *UNREAD), kept=True)
    found = read(pack)
    assert refuted(pack) == ["bone_showing.unknown", "bone_showing.yes"]
    (facts,) = found["bone_showing.yes"].cases
    assert facts["bone_showing"] == "yes"
    assert recommend(pack.rulebook, Case.of_facts(facts)).level == 0
    transcript = told(pack, facts, "unread")
    assert transcript is not None
    played = play(transcript, pack)
    assert (played.interview.state, played.interview.recommendation.level) == ("complete", 0)


def test_a_gate_alone_reads_no_worrying_answer(tmp_path: Path) -> None:
    """It leads to one question more, and who answers that calmly is sent home with the sign."""
    gate = "{at_least: {injury_days: 42}}"
    opens = ("facts.yaml", gate, "{any: [" + gate + ", {is: {bone_showing: yes}}]}")
    pack = load_folder(planted(tmp_path, *UNREAD, opens), kept=True)
    assert "bone_showing.yes" in refuted(pack)


def test_what_is_exempt_is_not_claimed(tmp_path: Path) -> None:
    changes = ("pack.yaml", "exemptions:\n", "exemptions:\n" + EXEMPT.format("yes", "first"))
    assert refuted(load_folder(planted(tmp_path, *UNREAD, changes), kept=True)) == ["bone_showing.unknown"]


def test_a_list_is_claimed_item_by_item_and_as_not_sure(tmp_path: Path) -> None:
    """An item that stands in no rule, and "not sure" where it is no item."""
    items = "items: [outer_side, inner_side, heel, unknown]\n    worse: rising\n"
    listed = ("facts.yaml", items, items.replace(", unknown", "") + "    not_sure_counts_as: unanswered\n")
    sore = ("terms.yaml", "[outer_side, inner_side, unknown]", "[outer_side, inner_side]")
    pack = cannot_wait(load_folder(planted(tmp_path, listed, sore)), "tender_places")
    assert refuted(pack) == ["tender_places.heel", "tender_places.unanswered"]
    unsure = read(pack)["tender_places.unanswered"].cases
    assert [facts["tender_places"] for facts in unsure] == ["unknown"]
    asked = ("rules.yaml", "{unanswered: foot_colour}", "{unanswered: foot_colour}, {unanswered: tender_places}")
    again = load_folder(planted(tmp_path / "again", listed, sore, asked))
    assert refuted(cannot_wait(again, "tender_places")) == ["tender_places.heel"]


def test_a_number_that_no_rule_tells_from_another_is_named_as_a_whole(tmp_path: Path) -> None:
    older = ("rules.yaml", "{at_least: {age_years: 60}}, ", "")
    child = ("rules.yaml", "{at_most: {age_years: 15}}", "{is: {standing: cannot_stand}}")
    assert refuted(load_folder(planted(tmp_path, older, child), kept=True)) == ["age_years"]
    assert refuted(load_folder(planted(tmp_path / "read", older), kept=True)) == []


def test_a_fact_without_an_order_may_be_read_through_a_gate(tmp_path: Path) -> None:
    """It has no worrying value; what it opens has."""
    assert refuted(cannot_wait(load_folder(copied(ANKLE, tmp_path / "gate")), "injury_days")) == []
    no_gate = ("facts.yaml", "    asked_if: {at_least: {injury_days: 42}}\n", "")
    assert refuted(cannot_wait(load_folder(planted(tmp_path, no_gate)), "injury_days")) == ["injury_days"]


def _lines(out: str) -> Iterator[str]:
    """The lines about answers that are read, and what stands under them."""
    inside = False
    for line in out.splitlines():
        inside = line.split(":")[0].endswith(" read") or (inside and line.startswith("  "))
        if inside:
            yield line


def test_the_command_names_what_is_not_read_shows_a_case_and_says_what_is_exempt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exempt = ("pack.yaml", "exemptions:\n", "exemptions:\n" + EXEMPT.format("unknown", "second"))
    folder = planted(tmp_path, danger(NEVER_FIRES), BONE_NOT_KNOWN_FREE, exempt)
    assert not prove_pack(load_folder(folder), folder, 1, None)
    out = capsys.readouterr().out
    assert list(_lines(out)) == [
        f"FAILED read: {SENTENCES['read']} (4 of 5 claims)",
        "  refuted: bone_showing.yes",
        "  exempt: bone_showing.unknown: A second test.",
    ]
    assert "# counterexample to read (bone_showing.yes), 1 of 1; as a file, `triage replay` plays it" in out
    assert "level: self_care" in out
