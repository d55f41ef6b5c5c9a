"""What the proof proves, and that it can fail."""

from pathlib import Path

import pytest

from chatbot.case import Case, plain
from chatbot.interview.simulate import simulate
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack
from chatbot.proof.bit_eval import Bits, number_of
from chatbot.proof.counterexample import told
from chatbot.proof.cross_check import disagreements, samples
from chatbot.proof.intervals import cells_of, first_from, place_of
from chatbot.proof.properties import Claims
from chatbot.proof.prove import Part, Piece, do, joined, pieces
from chatbot.proof.solve import decide, solver_for
from chatbot.proof.symbols import Symbols
from chatbot.proof.witness import Witnesses, missing_edges
from chatbot.recommendation.recommend import recommend
from chatbot.replay.play import play
from tests.support.equivalence import graded_otherwise

HOME = Path(__file__).parents[2]
SMALL = HOME / "tests" / "packs" / "ankle_injury"


@pytest.fixture(scope="module")
def small() -> Pack:
    """The second complaint, proved in seconds."""
    return load_pack(str(SMALL))


@pytest.fixture(scope="module")
def claims(pack: Pack) -> Claims:
    """What is claimed of the shipped pack."""
    return Claims(pack.rulebook, pack.dialog, frozenset(what for what, _ in pack.exemptions))


def with_edit(tmp_path: Path, file: str, old: str, new: str, folder: Path = HOME / "dialogs" / "low_back_pain") -> Pack:
    """A copy of a pack in which one text stands for another."""
    import shutil

    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_pack(str(copy))


def test_solver_and_engine_read_the_same(pack: Pack) -> None:
    """Every rule, level, imaging and advice, in a thousand cases; the command takes twenty thousand."""
    assert disagreements(pack.rulebook, 1000, seed=5) == []


def test_a_reading_that_differs_is_told(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: a solver that takes `not` for the thing itself is found out."""
    from chatbot.proof import rule_terms

    monkeypatch.setattr(rule_terms, "_at_least", lambda _, parts: rule_terms.z3.Or(*parts))
    assert disagreements(pack.rulebook, 300, seed=5)


def test_random_cases_hold_lists_that_were_put_in_part(pack: Pack) -> None:
    """And partial cases, not sure, intervals, nurses."""
    found = list(samples(pack.rulebook, 200, seed=1))
    assert any(sample.stated.covered for sample in found)
    assert any(sample.mode == "nurse" for sample in found)
    assert any("unknown" in sample.facts.values() for sample in found)


@pytest.mark.parametrize("name", ["range", "advice", "emergency_block", "interview"])
def test_what_is_claimed_of_every_case_holds(claims: Claims, name: str) -> None:
    """No case violates it."""
    for make in claims.makers():
        if (make.args[0] if make.args and isinstance(make.args[0], str) else "") == name:
            assert decide(make()).verdict == "proved"
    if name == "interview":
        assert {decide(claims._interview(what)).verdict for what in ("level", "imaging")} == {"proved"}


@pytest.mark.parametrize("fact", ["saddle_sensation", "age_years", "infection_risk", "exam_min_power_mrc", "trauma"])
@pytest.mark.parametrize("name", ["monotone", "not_sure"])
def test_a_worse_or_unknown_answer_never_lowers(claims: Claims, pack: Pack, name: str, fact: str) -> None:
    """A rising choice, a number, a list, a falling number."""
    assert decide(claims._lowering(name, pack.rulebook.facts[fact])).verdict == "proved"  # type: ignore[arg-type] # one of the names


def test_a_hole_is_found_and_told_as_a_conversation_that_replays(tmp_path: Path) -> None:
    """Without `unanswered: fever_chills` a person who leaves fever open could be sent home."""
    pack = with_edit(tmp_path, "rules.yaml", "        - {unanswered: fever_chills}\n", "")
    claims = Claims(pack.rulebook, pack.dialog, frozenset(what for what, _ in pack.exemptions))
    found = [decide(make()) for make in claims.makers() if make.args[:2] == ("emergency_block", "fever_chills")]
    assert [finding.verdict for finding in found] == ["refuted"]
    (facts,) = found[0].cases
    assert "fever_chills" not in facts
    assert recommend(pack.rulebook, Case.of_facts(facts)).level < 4
    assert len(facts) < 25  # the smallest case says little else
    transcript = told(pack, facts, "a hole")
    assert transcript is not None
    told_end = play(transcript, pack).interview
    assert told_end.state == "stopped"
    assert told_end.recommendation.level < 4  # the conversation shows the hole, not only the facts


def test_a_gate_that_closes_is_found_where_it_is_exempted(pack: Pack) -> None:
    """The grammar refuses it; whoever exempts it is told by the solver whose result falls."""
    claims = Claims(pack.rulebook, pack.dialog, frozenset())
    finding = decide(claims._lowering("monotone", pack.rulebook.facts["age_years"]))
    assert finding.verdict == "refuted"
    before, after = (recommend(pack.rulebook, Case.of_facts(facts)) for facts in finding.cases)
    assert (after.level, after.imaging) < (before.level, before.imaging) or after.imaging < before.imaging
    changed = {
        name
        for name in {**finding.cases[0], **finding.cases[1]}
        if finding.cases[0].get(name) != finding.cases[1].get(name)
    }
    assert changed == {"age_years"}


def test_the_second_complaint_is_proved_but_for_what_it_leaves_open(small: Pack) -> None:
    """Pieces in any order make one proof; this pack has no rule for an age that was never said."""
    parts = [do(piece) for piece in pieces(small, str(SMALL)) if piece.kind != "agree"]
    proof = joined([*parts, Part(disagreements=tuple(disagreements(small.rulebook, 500, 1)))])
    assert [(finding.property, finding.about) for finding in proof.unproved] == [("emergency_block", "age_years")]
    assert (proof.unreached, proof.faults, proof.disagreements) == ((), (), ())
    assert not proof.holds


def test_a_new_pack_is_proved(tmp_path: Path) -> None:
    """What `triage new` writes holds from the start."""
    from chatbot.cli import main

    assert main(["new", "knee_pain", "--dir", str(tmp_path)]) == 0
    folder = str(tmp_path / "dialogs" / "knee_pain")
    made = load_pack(folder)
    proof = joined(do(piece) for piece in pieces(made, folder) if piece.kind != "agree")
    assert proof.holds, (proof.unproved, proof.unreached, proof.faults)


def test_every_question_has_a_witness_and_leads_to_the_emergency(pack: Pack) -> None:
    """Someone is asked it, and its answer can interrupt."""
    found = Witnesses(pack).questions()
    assert [name for name, facts in found.items() if facts is None] == []
    some = dict(list(found.items())[:5])
    for question, facts in some.items():
        assert facts is not None
        assert question in simulate(pack.plan, Case.of_facts(facts)).asked
    assert missing_edges(pack) == []


def test_a_rule_that_cannot_fire_has_no_witness(tmp_path: Path) -> None:
    """Both of two answers that exclude each other."""
    old = "when: {all: [{at_least: {saddle_sensation: longstanding_unchanged}}, {term: longstanding_unchecked}]}"
    new = "when: {all: [{is: {sex_at_birth: male}}, {is: {sex_at_birth: female}}]}"
    copy = with_edit(tmp_path, "rules.yaml", old, new)
    rule = next(rule for rule in copy.rulebook.rules if rule.id == "CES-L1")
    witness = Witnesses(copy).rule(rule)
    assert witness.facts is None
    assert "no case" in witness.fault


def test_an_emergency_of_those_who_leave_is_found_by_what_they_were_asked(pack: Pack) -> None:
    """A child leaves after the emergency block; a rule about children has its witness in the block's answers alone."""
    rule = next(rule for rule in pack.rulebook.rules if rule.id == "CHI-3")
    witness = Witnesses(pack).rule(rule)
    assert witness.facts is not None
    assert witness.fault == ""
    asked = {fact for entry in pack.dialog.questions.values() if entry.block for fact in entry.facts}
    assert set(witness.facts) - {"interview_mode"} <= asked


def test_an_emergency_that_those_who_leave_are_never_asked_about_has_no_witness(tmp_path: Path) -> None:
    """The steps of function come after the block, so a rule on a child's function could never interrupt."""
    told = ("{term: fever}", "{term: any_weakness}", "{term: constant_numbness}", "{term: unsteady}")
    old = "        - any:\n" + "".join(f"            - {one}\n" for one in told)
    copy = with_edit(tmp_path, "rules.yaml", old, "        - any:\n")
    rule = next(rule for rule in copy.rulebook.rules if rule.id == "CHI-3")
    assert Witnesses(copy).rule(rule).facts is None


def test_a_lowered_rule_has_a_smallest_case_that_is_graded_otherwise(pack: Pack, tmp_path: Path) -> None:
    """Two packs are the same for every case, or there is a case to show."""
    assert graded_otherwise(pack.rulebook, pack.rulebook) is None
    other = with_edit(tmp_path, "rules.yaml", "    level: emergency_now", "    level: same_day")
    facts = graded_otherwise(pack.rulebook, other.rulebook)
    assert facts
    levels = {recommend(each.rulebook, Case.of_facts(facts)).level for each in (pack, other)}
    assert len(levels) == 2


def test_a_bound_that_moved_is_found_at_a_number_between_old_and_new(pack: Pack, tmp_path: Path) -> None:
    """The numbers are cut at the bounds of both packs, whichever is the old one."""
    other = with_edit(
        tmp_path, "rules.yaml", "{at_least: {pain_severity_nprs: 8}}", "{at_least: {pain_severity_nprs: 10}}"
    )
    for one, two in ((pack, other), (other, pack)):
        facts = graded_otherwise(one.rulebook, two.rulebook)
        assert facts is not None
        assert facts["pain_severity_nprs"] in (8, 9)


def test_numbers_in_one_cell_meet_the_same_bounds(pack: Pack) -> None:
    """Each bound is a cell of its own, and no number falls between the cells of a whole-number fact."""

    conditions = tuple(pack.rulebook.conditions())
    age = cells_of(pack.rulebook.facts["age_years"], conditions)
    assert [place_of(number, age) for number in range(121)] == sorted(place_of(number, age) for number in range(121))
    assert all(age[place_of(number, age)].low <= number <= age[place_of(number, age)].high for number in range(121))
    assert age[first_from(50, age)].low == 50


def test_the_least_worrying_value_is_that_of_the_fact(pack: Pack) -> None:
    """A choice, a list, a number that rises, one that falls: what a smallest case is made of."""
    symbols = Symbols(pack.rulebook)
    for fact in pack.rulebook.facts.values():
        solver = solver_for((*symbols.domain, symbols.least(fact.id)))
        assert str(solver.check()) == "sat"
        least = plain(fact.least) if fact.rises_from is None else fact.rises_from
        assert symbols.facts_in(solver.model())[fact.id] == least, fact.id


def test_bits_work_out_terms_for_many_cases_at_once() -> None:
    """And, or, not, implies and counting, case by case."""
    import z3

    names = ("a", "b", "c")
    a, b, c = (z3.Bool(name) for name in names)
    rows = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    bits = Bits(8, {name: [at for at, row in enumerate(rows) if row[place]] for place, name in enumerate(names)})
    assert bits.of(z3.AtLeast(a, b, c, 2)) == number_of(8, [at for at, row in enumerate(rows) if sum(row) >= 2])
    assert bits.of(z3.And(a, z3.Not(b))) == number_of(8, [at for at, row in enumerate(rows) if row[0] and not row[1]])
    assert bits.of(z3.Implies(a, c)) == number_of(8, [at for at, row in enumerate(rows) if not row[0] or row[2]])


def test_a_piece_names_its_pack(small: Pack) -> None:
    """A piece is all that another process needs."""
    found = do(Piece(str(SMALL), "questions"))
    assert {name for name, _ in found.questions} == set(small.dialog.questions)
