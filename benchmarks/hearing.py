"""How well people are heard: right, wrong and missed for each question of a set of sentences.

    python -m benchmarks.hearing SET.jsonl [--pack PACK] [--only QUESTION] [-v]

A line of a set is a reply, {"id", "question", "line"?, "say", "accept": [values, {"reply": ...} or {}],
"also": [questions]?}, or a story, {"id", "say", "danger": [facts], "not": [facts]}.
Times count back from 30 November 2026.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from chatbot.interview.hearing.hear import Heard
from chatbot.interview.hearing.lexicon import Lexicon
from chatbot.interview.hearing.whole_reading import whole_reading
from chatbot.packs.lexicons import lexicon
from chatbot.packs.load import load_pack
from chatbot.packs.pack import Pack

TODAY = date(2026, 11, 30)
Row = Mapping[str, Any]
# The replies to a line of a list, from the least to the most worrying.
_REPLIES = {"no": 0, "unknown": 1, "yes": 2}


@dataclass(frozen=True, slots=True)
class Score:
    """What one sentence came to: `kind` is right, wrong (recorded and not what was meant) or missed; or a story.

    `lost` are dangers not put, `extra` questions put for which there was no cause; `less_urgent` marks a wrong record
    that is milder than every reading accepted, `milder_said_back` that every reading that would be said back is.
    """

    row: Row
    heard: Heard
    kind: str
    lost: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    less_urgent: bool = False
    milder_said_back: bool = False


@dataclass(slots=True)
class Table:
    """The scores of a set."""

    scores: list[Score] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def replies(self) -> list[Score]:
        """The scores of replies."""
        return [score for score in self.scores if score.kind != "story"]

    @property
    def stories(self) -> list[Score]:
        """The scores of stories."""
        return [score for score in self.scores if score.kind == "story"]

    def share(self, kind: str) -> float:
        """The share of the replies that came to something."""
        return sum(score.kind == kind for score in self.replies) / max(1, len(self.replies))

    @property
    def dangers(self) -> tuple[int, int]:
        """How many dangers in stories were put, and how many there were."""
        total = sum(len(score.row["danger"]) for score in self.stories)
        return total - sum(len(score.lost) for score in self.stories), total

    @property
    def beside(self) -> tuple[int, int]:
        """How many dangers beside an answer were put, and how many there were."""
        total = sum(len(score.row.get("also", ())) for score in self.replies)
        return total - sum(len(score.lost) for score in self.replies), total

    @property
    def false_questions(self) -> tuple[int, int]:
        """In how many sentences a danger question was put without cause, of those that state no danger elsewhere."""
        harmless = [s for s in self.scores if not s.row.get("danger") and not s.row.get("also")]
        return sum(bool(score.extra) for score in harmless), len(harmless)


def rows_of(path: Path) -> list[Row]:
    """The lines of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scored(pack: Pack, rows: Sequence[Row]) -> Table:
    """Every line heard and judged; ValueError where the pack has no words to hear by."""
    words, wording = lexicon(pack), pack.wording()
    if words is None:
        raise ValueError(f"the pack '{pack.id}' has no words to hear by")
    table = Table()
    whole_reading(pack.plan, wording, words, "ready")
    begin = time.process_time()
    heard = [
        whole_reading(pack.plan, wording, words, row["say"], row.get("question"), row.get("line"), today=TODAY)
        for row in rows
    ]
    table.seconds = time.process_time() - begin
    table.scores = [
        _story(words, row, one) if "danger" in row else _reply(words, row, one)
        for row, one in zip(rows, heard, strict=True)
    ]
    return table


def _fits(want: object, got: object) -> bool:
    if isinstance(want, list):
        return isinstance(got, list) and set(want) == set(got)
    if isinstance(want, dict):
        low, high = (got["from"], got["to"]) if isinstance(got, dict) else (got, got)
        return isinstance(low, (int, float)) and want["from"] <= low and high <= want["to"]
    return want == got


def _accepts(accept: Row, heard: Heard) -> bool:
    if "reply" in accept:
        return heard.reply == accept["reply"]
    if not accept:
        return not heard.understood
    readings = [{**heard.proposed, **heard.values}, *heard.either]
    return any(all(name in got and _fits(want, got[name]) for name, want in accept.items()) for got in readings)


def _reply(words: Lexicon, row: Row, heard: Heard) -> Score:
    right = any(_accepts(accept, heard) for accept in row["accept"])
    also = [set(one.split("~")) for one in row.get("also", ())]
    put = set(heard.raised)
    lost = tuple("~".join(sorted(one)) for one in also if not {_question(words, name) for name in one} & put)
    expected = {_question(words, name) for one in also for name in one}
    expected |= {"self_harm_thoughts"} if heard.reply == "crisis" else set()
    kind = "right" if right else "wrong" if heard.values else "missed"
    said_back = [one for one in (heard.proposed, *heard.either) if one]
    return Score(
        row, heard, kind, lost, tuple(sorted(put - expected)),
        less_urgent=not right and _is_milder(words, row, heard.values),
        milder_said_back=not right and bool(said_back) and all(_is_milder(words, row, one) for one in said_back),
    )  # fmt: skip


def _question(words: Lexicon, name: str) -> str:
    return words.question_of.get(name, name)


def _is_milder(words: Lexicon, row: Row, got: Row) -> bool:
    """True when something in a reading is milder than in every accepted one that speaks of it."""
    wants = {name: [accept[name] for accept in row["accept"] if name in accept] for name in got}
    return any(wants[name] and all(_is_below(words, name, got[name], want) for want in wants[name]) for name in got)


def _is_below(words: Lexicon, name: str, got: object, want: object) -> bool:
    if isinstance(got, list) and isinstance(want, list):
        # Not to know of a sign is less than to have it, and more than not to have it.
        return set(got) - {"unknown"} < set(want) - {"unknown"} or (got == [] and want == ["unknown"])
    fact = words.facts.get(name)
    if fact is None:  # a line whose fact another question asks
        return _REPLIES.get(str(got), 3) < _REPLIES.get(str(want), 0)
    if fact.kind != "one" or fact.worse != "rising":
        return False
    return got in fact.values and want in fact.values and fact.rank(str(got)) < fact.rank(str(want))


def _story(words: Lexicon, row: Row, heard: Heard) -> Score:
    put = set(heard.raised)
    crisis = {"self_harm_thoughts"} if heard.reply == "crisis" else set()
    lost = tuple(name for name in row["danger"] if _question(words, name) not in put | crisis)
    wrongly = {_question(words, name) for name in row["not"]} & put
    expected = {_question(words, name) for name in row["danger"]}
    return Score(row, heard, "story", lost, tuple(sorted(wrongly or (put - expected if not row["danger"] else ()))))


def lines(table: Table, is_long: bool = False, only: str | None = None) -> Iterator[str]:
    """The table in lines, with every sentence that is not right where it is long."""
    by_question: dict[str, Counter[str]] = defaultdict(Counter)
    for score in table.replies:
        by_question[score.row["question"]][score.kind] += 1
    if is_long:
        yield from (
            line for score in table.scores if only in (None, score.row.get("question")) for line in _shown(score)
        )
    yield f"{'question':36}{'right':>7}{'wrong':>7}{'missed':>8}"
    for name, counts in sorted(by_question.items()):
        yield f"{name:36}{counts['right']:7}{counts['wrong']:7}{counts['missed']:8}"
    for label, share in (("right", table.share("right")), ("recorded wrongly", table.share("wrong"))):
        yield f"replies {label}: {share:.1%} of {len(table.replies)}"
    yield f"of these towards less urgent: {sum(score.less_urgent for score in table.scores)}"
    yield f"replies said back as milder than any that is right: {sum(s.milder_said_back for s in table.scores)}"
    for label, (some, all_) in (
        ("dangers put, in stories", table.dangers),
        ("dangers put, beside an answer", table.beside),
        ("danger questions put in harmless sentences", table.false_questions),
    ):
        yield f"{label}: {some} of {all_} = {some / max(1, all_):.1%}"
    yield f"microseconds a sentence: {table.seconds / max(1, len(table.scores)) * 1e6:.0f}"


def _shown(score: Score) -> Iterator[str]:
    if (score.kind == "right" and not score.lost and not score.extra) or (
        score.kind == "story" and not score.lost and not score.extra
    ):
        return
    row, heard = score.row, score.heard
    where = f"{row.get('question', '')} {row.get('line', '')}"
    got = {**heard.values} or {"?": dict(heard.proposed)} if heard.proposed or heard.values else list(heard.either)
    want = row.get("accept", row.get("danger"))
    yield (
        f"{score.kind.upper()} {where} | {row['say']} | wanted {want} | got {got} "
        f"put {list(heard.raised)} {heard.reply or ''}"
        + (" MILDER" if score.less_urgent or score.milder_said_back else "")
        + (f" LOST {list(score.lost)}" if score.lost else "")
        + (f" EXTRA {list(score.extra)}" if score.extra else "")
    )


def main() -> None:
    """Prints the table of a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--pack", default="low_back_pain")
    parser.add_argument("--only", help="the sentences of this question only, with -v")
    parser.add_argument("-v", action="store_true", help="every sentence that is not right")
    args = parser.parse_args()
    print("\n".join(lines(scored(load_pack(args.pack), rows_of(args.set)), args.v, args.only)))


if __name__ == "__main__":
    main()
