"""What holds for every case: the range, the closing, worsening answers, agreement of recommend and simulate."""

import random
from collections.abc import Callable, Iterator

from chatbot.case import Case, Fact, Span, Stated, Value, plain, stated
from chatbot.interview.simulate import simulate
from chatbot.packs.pack import Pack
from chatbot.packs.random_cases import random_case
from chatbot.recommendation.assess import assessor
from chatbot.recommendation.recommend import issued, recommend

ADULT = 18
Sample = Callable[[int], int]  # the lane says how many of so many random cases are tried


def test_the_result_lies_in_its_range_for_random_partial_cases(pack: Pack, sample: Sample) -> None:
    """at least <= result <= at most, for level and imaging; in a settled case all three agree."""
    rng = random.Random(1)
    for number in range(sample(20_000)):
        case = random_case(pack.rulebook, rng, known=(0.2, 0.5, 0.8, 1.0)[number % 4])
        result = recommend(pack.rulebook, case)
        for (low, high), got in ((result.range.level, result.level), (result.range.imaging, result.imaging)):
            assert low <= got <= high, case
            assert not result.settled or low == got == high, case


def test_an_unsettled_case_is_never_below_primary_care(pack: Pack, sample: Sample) -> None:
    """What was not asked keeps a case out of self-care."""
    rng = random.Random(2)
    unsettled = 0
    for _ in range(sample(3_000)):
        result = recommend(pack.rulebook, random_case(pack.rulebook, rng, worrying=0, known=0.9))
        unsettled += not result.settled
        assert result.settled or result.level >= 1
    assert unsettled > sample(3_000) // 3


def test_random_worsening_answers_never_lower_a_result(pack: Pack, sample: Sample) -> None:
    """One answer made worse leaves level and imaging as high or higher."""
    rng = random.Random(3)
    engine = assessor(pack.rulebook)
    pairs = 0
    while pairs < sample(60_000):
        case = random_case(pack.rulebook, rng, worrying=rng.choice((0.1, 0.3)), known=rng.choice((0.7, 1.0)))
        before = recommend(pack.rulebook, case)
        rule_state = before.rule_state
        for name in rng.sample(sorted(rule_state.values), min(12, len(rule_state.values))):
            for worse in worsened(pack.rulebook.facts[name], rule_state.values[name], rng):
                after = rule_state.with_stated(Stated({**rule_state.values, name: worse}, rule_state.covered))
                level, imaging = issued(after.range(), after.closed())
                assert (level, imaging) >= (before.level, 0), (case, name, worse)
                assert imaging >= before.imaging, (case, name, worse)
                pairs += 1
    assert engine.start("patient") is not None


def worsened(fact: Fact, value: Value, rng: random.Random) -> Iterator[Value]:
    """A worse value of a fact than this one, if there is any; ages are compared among adults."""
    if fact.worse == "free":
        return
    if isinstance(value, frozenset):
        if left := sorted(set(fact.items) - value):
            yield value | {rng.choice(left)}
    elif isinstance(value, Span):
        low = value.high if fact.id != "age_years" else max(value.high, ADULT)
        if fact.worse == "rising" and value.low >= (ADULT if fact.id == "age_years" else fact.low) and low < fact.high:
            number = rng.randint(int(low), int(fact.high))
            yield Span(number, number)
        if fact.worse == "falling" and value.low > fact.low:
            number = rng.randint(int(fact.low), int(value.low))
            yield Span(number, number)
    elif fact.kind == "one" and (higher := [v for step in fact.steps[fact.rank(value) + 1 :] for v in step]):
        yield rng.choice(higher)


def test_recommend_and_simulate_agree_on_cases_without_contradictions(pack: Pack, sample: Sample) -> None:
    """The same level and imaging; an emergency ends early, and a child's result is that of what a child is asked."""
    block = {fact for question in pack.dialog.questions.values() if question.block for fact in question.facts}
    rng = random.Random(4)
    ended: dict[str, int] = {}
    tried = sample(1_500)
    for number in range(tried):
        case = random_case(pack.rulebook, rng, worrying=(0.0, 0.02, 0.05, 0.15)[number % 4])
        whole, found = recommend(pack.rulebook, case), simulate(pack.plan, case)
        assert not whole.contradictions
        asked = found.interview.recommendation
        ended[found.interview.state] = ended.get(found.interview.state, 0) + 1
        if found.interview.state == "complete":
            assert (asked.level, asked.imaging) == (whole.level, whole.imaging), case
        elif found.interview.state == "emergency":
            assert asked.level == whole.level == 5, case
        else:
            # A person under 16 leaves after the emergency block, with the list for children in it: it settles them.
            assert found.interview.state == "out_of_scope"
            told = {name: plain(value) for name, value in stated(pack.rulebook.facts, case.answers).values.items()}
            asked_of_children = {
                name: value for name, value in told.items() if name in block or name == "interview_mode"
            }
            assert asked.level == recommend(pack.rulebook, Case.of_facts(asked_of_children)).level, case
            # An age known as "15 to 22" may be an adult's, whose check then stays incomplete.
            surely_a_child = not (isinstance(told["age_years"], dict) and told["age_years"]["to"] > 15)
            assert not surely_a_child or "INC-1" not in {rule.id for rule in asked.rules}, case
    assert ended["complete"] > tried // 5
    # A share says something of the whole sample only: a few dozen cases may hold one emergency or none.
    assert tried < 1_500 or ended["emergency"] > tried // 15
    assert tried < 1_500 or ended["out_of_scope"] > 20


def test_not_sure_never_scores_below_the_least_value(pack: Pack) -> None:
    """For every fact, unknown and prefer_not give at least what the least value gives.

    The least of a number that rises from somewhere is where it begins to: age 0 is no adult with little to worry.
    """
    plain_case = next(case for case in pack.cases if case.name == "CASE-S1e")
    for name, fact in pack.rulebook.facts.items():
        for word in ("unknown", "prefer_not"):
            results = [
                recommend(pack.rulebook, Case.of_facts({**plain_case.given, name: value}))
                for value in (plain(fact.least) if fact.rises_from is None else fact.rises_from, word)
            ]
            if fact.worse != "free":
                assert results[0].level <= results[1].level, name
                assert results[0].imaging <= results[1].imaging, name


def test_no_result_offers_and_avoids_the_same_thing(pack: Pack, sample: Sample) -> None:
    """In any country, for either audience."""
    rng = random.Random(5)
    for _ in range(sample(2_000)):
        result = recommend(pack.rulebook, random_case(pack.rulebook, rng, worrying=rng.choice((0.02, 0.1, 0.3))))
        for country in pack.rulebook.countries:
            for audience in ("patient", "clinician"):
                shown = [o for o in result.offers if country in o.advice.countries and audience in o.advice.audience]
                avoided = {o.advice.about for o in shown if o.advice.kind == "avoid" and o.offered}
                offered = {o.advice.about for o in shown if o.advice.kind != "avoid" and o.offered}
                assert not avoided & offered
