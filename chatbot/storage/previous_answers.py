"""The answers of a case as they were given, without the pack that gave them their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from chatbot.case import Answer
from chatbot.interview import steps
from chatbot.interview.replies import Said, replies_of
from chatbot.storage.events import Called, Event, EventBody, Stepped

# Each question with the words of its answer.
Given = Mapping[str, tuple[str, Answer]]


def answers_of(events: Iterable[Event], earlier: Given | None = None) -> dict[str, tuple[str, Answer]]:
    """The last answer to each question, with its words; `earlier` holds those that the case went on from.

    Of a list the replies alone are known; what they mean is worked out where they are confirmed.
    """
    fold = _AnswersFold(earlier or {})
    for event in events:
        fold.take(event.did)
    return fold.standing()


class _AnswersFold:
    """What was said to each question so far, as a conversation holds it.

    `left` holds each answer as its question was left; `replies` those to lists that are not gone through, `undoable`
    what had been said to each list before each reply; `beneath` the replies that a list had when it was begun anew, or
    asked a second time for some of its lines, which stand until their line is replied to again; `broken_off` the lists
    that an emergency or a stop broke off, and `at_once` the lines to which one thing said replied last.
    """

    def __init__(self, earlier: Given) -> None:
        self.question = ""
        self.left = dict(earlier)
        self.replies: dict[str, Said] = {}
        self.undoable: dict[str, tuple[Said, ...]] = {}
        self.beneath: dict[str, Said] = {}
        self.broken_off: list[str] = []
        self.at_once: tuple[str, ...] = ()

    def standing(self) -> dict[str, tuple[str, Answer]]:
        """The answer to each question as it stands."""
        begun = {*self.replies, *(question for question, said in self.beneath.items() if said)}
        return {**self.left, **{question: self._listed(question) for question in begun}}

    def _listed(self, question: str) -> tuple[str, Answer]:
        """The answer that the replies to a list are so far, its earlier lines among them."""
        said = self.replies.get(question) or self._left_with(question)
        return _answer(question, {**self.beneath.get(question, {}), **said})

    def take(self, did: EventBody) -> None:
        """Goes on by what was done."""
        match did:
            case Stepped(step=step, then=then):
                self._take(step, then)
                if then not in ("emergency", "stopped"):  # lists that were broken off are open again
                    self.broken_off.clear()
            case Called():
                self.left = self.standing()
                self.replies, self.undoable, self.beneath, self.broken_off = {}, {}, {}, []
        self.question = getattr(did, "then", self.question)

    def _take(self, step: steps.Step, then: str) -> None:
        question = self.question
        said, history = self.replies.get(question, {}), self.undoable.get(question, ())
        match step:
            case steps.Answered(answer=answer):
                self._leave(answer.question, (answer.said, answer))
                self.beneath.pop(answer.question, None)
            case steps.Replied(line=line, reply=reply, words=words):
                self._reply({line: (reply, words or reply)}, then)
            case steps.RepliedTogether(replies=replies, words=words):
                self._reply({line: (reply, words or reply) for line, reply in replies.items()}, then)
            case steps.TookReplyBack():
                self._stand(question, dict(list(said.items())[:-1]), history[:-1])
            case steps.UndidReply():
                undone = question if said else ["", *self.broken_off][-1]
                *before, last = self.undoable.get(undone, ()) or ({},)
                self._stand(undone, last, tuple(before))
            case steps.TookRepliesUp():
                self._take_up()
            case steps.WentThrough():
                self.undoable[question] = (*history, said)
                self._leave(question, self._listed(question))
                self.beneath.pop(question, None)
            case steps.Changed(question=again) | steps.Jumped(question=again):
                if again in self.broken_off:
                    self._leave(again, _answer(again, self.replies.get(again, {})))
            case steps.WentBack():
                self._go_back(then)
            case steps.Stopped():
                self.broken_off += [question] if said else []
            case steps.Raised() | steps.TakenUp() | steps.Continued() | steps.SkippedRest() | steps.Confirmed():
                pass
            case _:
                assert_never(step)
        self.at_once = steps.said_at_once(step)

    def _leave(self, question: str, given: tuple[str, Answer]) -> None:
        """The question is left with this answer; it is begun anew when it is asked again."""
        self.left[question] = given
        self.replies.pop(question, None)
        self.broken_off = [each for each in self.broken_off if each != question]

    def _stand(self, question: str, said: Said, history: tuple[Said, ...]) -> None:
        """Goes on from what was said to a list so far; where that is nothing, what it was left with stands."""
        self.undoable[question] = history
        self.replies.pop(question, None)
        if said:
            self.replies[question] = said

    def _reply(self, replies: Said, then: str) -> None:
        question = self.question
        before = self.replies.get(question, {})
        if not before:
            self.beneath[question] = {**self.beneath.get(question, {}), **self._left_with(question)}
        said, history = {**before, **replies}, self.undoable.get(question, ()) if before else ()
        if replies_of(said) != replies_of(before):  # the same said once more is nothing to take back
            history = (*history, before)
        self._stand(question, said, history)
        if then == "emergency":
            self.broken_off.append(question)

    def _take_up(self) -> None:
        question = self.question
        said, history = self._left_with(question), self.undoable.get(question, ())
        is_last = bool(history) and replies_of(history[-1]) == replies_of(said)
        beneath = self.beneath.get(question, {})
        self.beneath[question] = {line: reply for line, reply in beneath.items() if line not in said}
        self._stand(question, said, history[:-1] if is_last else ())

    def _go_back(self, question: str) -> None:
        """Back at a list that was broken off, without what broke it off; where that was all, it is begun anew."""
        if question not in self.broken_off:
            return
        said = self.replies[question]
        gone = self.at_once or tuple(said)[-1:]
        rest = {line: reply for line, reply in said.items() if line not in gone}
        if rest:
            self.replies[question] = rest
        else:
            self._leave(question, _answer(question, said))

    def _left_with(self, question: str) -> Said:
        """The replies with which a list was left, each in its own word."""
        lines = self.left[question][1].lines if question in self.left else {}
        return {line: (reply, reply) for line, reply in lines.items()}


def _answer(question: str, said: Said) -> tuple[str, Answer]:
    return "; ".join(words for _, words in said.values()), Answer(question=question, values={}, lines=replies_of(said))
