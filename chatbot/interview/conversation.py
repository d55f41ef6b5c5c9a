"""One conversation: where the interview stands, with what was said half way through a list or taken back.

Every shell holds one of these and puts what it returns on its page; each step gives a new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from chatbot.case import Answer, Mode, Reply, Whom
from chatbot.interview import steps
from chatbot.interview.answered_questions import answers_given, in_answer_words
from chatbot.interview.interview import Interview, Plan
from chatbot.interview.prompt import Prompt, prompt
from chatbot.interview.reading.language import Language
from chatbot.interview.reading.languages import language_of
from chatbot.interview.reading.parse_answer import ParsedAnswer, raised_by
from chatbot.interview.replies import Said, answer_said, in_order, replies_of
from chatbot.recommendation.rulebook import SAME_DAY
from chatbot.wording import Wording

# So many replies to a list can be taken back one by one: more than people do, and no long call holds more of them.
_UNDOABLE = 64


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """The step that led to a conversation, and where it was taken."""

    before: Conversation
    step: steps.Step


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """A conversation as it stands.

    `open_lists` holds the replies to lists that are being gone through; `interrupted_lists` those of lists that were
    broken off, which count and are taken up again when the interview goes on; `undoable` what had been said to each
    list before each reply that can be undone, the last one last; `previous_words` what was said to questions taken
    back, in words, and `previous_answers` as the answer itself; `raised` tells that the question at
    hand is put because of something just said, `pressing` that the last answer called for help today, and this
    question says how soon. `past` is the step that led here, and through it all steps before.
    """

    interview: Interview
    words: Wording
    today: date | None = None
    open_lists: Mapping[str, Said] = field(default_factory=dict)
    interrupted_lists: Mapping[str, Said] = field(default_factory=dict)
    undoable: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    previous_words: Mapping[str, str] = field(default_factory=dict)
    previous_answers: Mapping[str, Answer] = field(default_factory=dict)
    raised: bool = False
    pressing: bool = False
    past: Past | None = field(default=None, repr=False)

    @property
    def state(self) -> str:
        """The question at hand, or how the interview ended."""
        return self.interview.state

    @property
    def asked(self) -> Prompt | None:
        """The question at hand as it is put; None when there is none."""
        return prompt(self.interview, self.words)

    @property
    def current_replies(self) -> Said:
        """The replies so far to the list at hand."""
        return self.open_lists.get(self.state, {})

    @property
    def language(self) -> Language:
        """The language in which typed words are understood."""
        return language_of(self.words.language)

    def take(self, step: steps.Step) -> Conversation:
        """The conversation after a step, which it remembers; the same where it changed nothing."""
        after = self._after(step)
        return after if after is self else replace(after, past=Past(self, step))

    def _after(self, step: steps.Step) -> Conversation:
        match step:
            case steps.Answered():
                return self._answered(heard(step))
            case steps.Replied(line=line, reply=reply, words=words):
                return self._replied({line: reply}, words)
            case steps.RepliedTogether(replies=replies, words=words):
                # The bytes that are kept have them by their names.
                return self._replied(in_order(self.asked, replies), words)
            case steps.TookReplyBack():
                said = self.current_replies
                return _list_at(self, dict(list(said.items())[:-1]), self._history[:-1]) if said else self
            case steps.UndidReply():
                return self._undoing()
            case steps.TookRepliesUp():
                return self._with_replies_kept()
            case steps.WentThrough():
                history = (*self._history[-_UNDOABLE:], self.current_replies)
                after = self._answered(ParsedAnswer(answer_said(self.interview, self.current_replies)))
                return replace(after, undoable={**self.undoable, self.state: history})
            case steps.Raised(words=words, at_hand=at_hand):
                return self._raising(words, at_hand)
            case steps.Changed(question=question):
                return self._changing(question)
            case steps.Jumped(question=question):
                return self._jumping(question)
            case steps.WentBack():
                return self._going_back()
            case steps.Stopped():
                return self._stopping()
            case steps.TakenUp():
                stopped, plan = self.state == "stopped", self.interview.plan
                return self._at(plan.resume(self.interview.case.unmarked("stopped"))) if stopped else self
            case steps.Continued():
                return self._at(self.interview.continue_note())
            case steps.SkippedRest():
                return self._at(self.interview.skip_rest())
            case steps.Confirmed():
                return self._at(self.interview.confirm())
        assert_never(step)

    def answer(self, parsed: ParsedAnswer) -> Conversation:
        """The conversation after an answer; words in it that need a question of their own put that one too."""
        return self.take(steps.Answered(answer=parsed.answer, echo=parsed.echo, typed=parsed.typed))

    def _answered(self, parsed: ParsedAnswer) -> Conversation:
        name = parsed.answer.question
        partial = {question: said for question, said in self.open_lists.items() if question != name}
        before = {question: said for question, said in self.previous_words.items() if question != name}
        after = self._at(self.interview.answer(parsed.answer), partial=partial, before=before)
        answers = {question: kept for question, kept in self.previous_answers.items() if question != name}
        after = replace(after, previous_answers=answers)
        worse = self.interview.rule_state.range().level[0] < SAME_DAY <= after.interview.rule_state.range().level[0]
        return after.raising(parsed.spoken, name) or replace(after, pressing=worse)

    def answer_words(self, question: str) -> str:
        """The answer that was taken, in the words of the options."""
        answer = self.interview.case.by_question[question]
        return "; ".join(in_answer_words(self.interview, answer, self.words))

    def reply(self, line: str, reply: Reply, words: str = "") -> Conversation:
        """The conversation after a reply to one line of the list at hand; an emergency breaks the list off at once."""
        return self.take(steps.Replied(line=line, reply=reply, words=words))

    def reply_together(self, replies: Mapping[str, Reply], words: str) -> Conversation:
        """The conversation after one thing said of several lines of the list at hand: all of it counts, then it ends.

        The lines stand in the order of the list, whatever their order in what was said.
        """
        ordered = in_order(self.asked, replies)
        if not ordered:
            return self
        if len(ordered) == 1:
            return self.reply(*ordered.popitem(), words)
        return self.take(steps.RepliedTogether(replies=ordered, words=words))

    def _replied(self, replies: Mapping[str, Reply], words: str) -> Conversation:
        before = self.current_replies
        said = {**before, **{line: (reply, words or reply) for line, reply in replies.items()}}
        history = self._history if before else ()
        if replies_of(said) != replies_of(before):  # the same said once more is nothing to take back
            history = (*history[-_UNDOABLE:], before)
        if "yes" in replies.values():
            after = self.interview.answer(answer_said(self.interview, said))
            if after.state == "emergency":
                return replace(self._break_off(said), undoable={**self.undoable, self.state: history})
        return replace(_list_at(self, said, history), raised=False)

    def restore_replies(self) -> Conversation:
        """The conversation with the replies that the list at hand had before it was taken back."""
        return self.take(steps.TookRepliesUp())

    def _with_replies_kept(self) -> Conversation:
        kept, asked = self.previous_answers.get(self.state), self.asked
        if kept is None or asked is None or self.current_replies:
            return self
        said: Said = {c.id: (kept.lines[c.id], kept.lines[c.id]) for c in asked.choices if c.id in kept.lines}
        # What the list was left with is undone as it was replied; what was said otherwise was given by no reply here.
        left = replies_of(self._history[-1]) if self._history else {}
        return _list_at(self, said, self._history[:-1] if left == replies_of(said) else ())

    def undo_reply(self) -> Conversation:
        """The conversation before what was replied last to the list at hand; the same when nothing was."""
        return self.take(steps.UndidReply())

    def _undoing(self) -> Conversation:
        question = self.state if self.current_replies else ["", *self.interrupted_lists][-1]
        history, here = self.undoable.get(question), self
        if not history:
            return self
        if question != self.state:
            interview = self.interview.change(question)
            if interview.state != question:
                return self
            cut = {name: said for name, said in self.interrupted_lists.items() if name != question}
            here = self._at(interview, cut=cut, before=_said_to(self, question))
        return _list_at(here, history[-1], history[:-1])

    @property
    def _history(self) -> tuple[Said, ...]:
        return self.undoable.get(self.state, ())

    def finish_list(self) -> Conversation:
        """The conversation after the list at hand, of which every line has its reply."""
        return self.take(steps.WentThrough())

    def raising(self, typed: str, at_hand: str = "") -> Conversation | None:
        """The questions put that something said calls for; None when there is none, or an emergency comes first."""
        after = self.take(steps.Raised(words=typed, at_hand=at_hand))
        return None if after is self else after

    def _raising(self, typed: str, at_hand: str) -> Conversation:
        if not typed or self.state == "emergency":
            return self
        interview = self.interview
        for question in self.would_raise(typed, at_hand):
            interview = interview.raising(question)
        if interview is self.interview or interview.question is None:
            return self
        return replace(self._at(interview), raised=True)

    def would_raise(self, typed: str, at_hand: str = "") -> tuple[str, ...]:
        """The questions that something said calls for, whatever may come before them."""
        return raised_by(typed, self.words, self.interview, at_hand or self.state)

    def back(self) -> Conversation:
        """The conversation at the last question that can be asked again; the same when there is none.

        At an emergency that a reply to a list was, it is the list as it stood before that reply, if it had others.
        """
        undone = self.undo_reply()
        return undone if self.state == "emergency" and undone.current_replies else self.take(steps.WentBack())

    def _going_back(self) -> Conversation:
        for answer in reversed(self.interview.case.answers):
            interview = self.interview.change(answer.question)
            if interview.state == answer.question:
                partial, cut = dict(self.open_lists), dict(self.interrupted_lists)
                lines = dict(cut.pop(answer.question, {}))
                if lines:
                    for line in (self.past and steps.said_at_once(self.past.step)) or list(lines)[-1:]:
                        lines.pop(line, None)
                    partial[answer.question] = lines
                back = self._at(interview, partial=partial, cut=cut, before=_said_to(self, answer.question))
                return back if lines else _keeping(back, answer)
        return self

    def change(self, question: str) -> Conversation | None:
        """The conversation in which a question is asked again; None while an emergency stands before it.

        A question that would no longer be asked of itself, but whose answer counts, is put as if something raised it.
        """
        after = self.take(steps.Changed(question=question))
        return None if after is self else after

    def _changing(self, question: str) -> Conversation:
        for interview in (self.interview.change(question), self.interview.raising(question)):
            if interview.state == question:
                cut = {name: said for name, said in self.interrupted_lists.items() if name != question}
                kept = self.interview.case.by_question.get(question)
                conversation = self._at(interview, cut=cut, before=_said_to(self, question))
                return conversation if kept is None else _keeping(conversation, kept)
        return self

    def jump(self, question: str) -> Conversation:
        """The conversation with another question at hand: one answered before, or one out of its order."""
        return self.take(steps.Jumped(question=question))

    def _jumping(self, question: str) -> Conversation:
        if question in self.interview.case.by_question:
            return self._changing(question)
        return replace(self, interview=self.interview.jump(question), raised=False)

    def stop(self) -> Conversation:
        """The conversation given up here; the lines of a list answered so far count."""
        return self.take(steps.Stopped())

    def _stopping(self) -> Conversation:
        after = self._break_off(self.current_replies) if self.current_replies else self
        return after if after.state == "emergency" else replace(after, interview=after.interview.stop())

    def resume(self) -> Conversation:
        """The conversation that was given up, at the question where it was left; the same when it was not."""
        return self.take(steps.TakenUp())

    def confirm(self) -> Conversation:
        """The conversation after the answers were checked."""
        return self.take(steps.Confirmed())

    def skip_rest(self) -> Conversation:
        """The conversation without the questions that only advice waits for."""
        return self.take(steps.SkippedRest())

    def continue_note(self) -> Conversation:
        """The conversation that goes on for the note after an emergency; for nurses only."""
        return self.take(steps.Continued())

    def _break_off(self, said: Said) -> Conversation:
        """The conversation after some lines of the list at hand; the others are asked if it goes on."""
        partial = {name: lines for name, lines in self.open_lists.items() if name != self.state}
        after = self.interview.answer(answer_said(self.interview, said))
        cut = {**self.interrupted_lists, self.state: said}
        return replace(self, interview=after, open_lists=partial, interrupted_lists=cut, raised=False)

    def _at(
        self,
        interview: Interview,
        partial: Mapping[str, Said] | None = None,
        cut: Mapping[str, Said] | None = None,
        before: Mapping[str, str] | None = None,
    ) -> Conversation:
        """The conversation at another place; lists that were broken off are open again where they were left."""
        partial = self.open_lists if partial is None else partial
        cut = self.interrupted_lists if cut is None else cut
        before = self.previous_words if before is None else before
        if cut and interview.state not in ("emergency", "stopped"):
            partial = {**partial, **cut}
            for question in cut:
                interview = interview.change(question)
            cut = {}
        after = replace(self, interview=interview, open_lists=partial, interrupted_lists=cut, previous_words=before)
        return replace(after, raised=False, pressing=False)


def _list_at(conversation: Conversation, said: Said, history: tuple[Said, ...]) -> Conversation:
    """The conversation in which this was said to the list at hand, after what had been said to it before."""
    question = conversation.state
    lists, undoable = {**conversation.open_lists, question: said}, {**conversation.undoable, question: history}
    return replace(conversation, open_lists=lists, undoable=undoable)


def _keeping(conversation: Conversation, answer: Answer) -> Conversation:
    return replace(conversation, previous_answers={**conversation.previous_answers, answer.question: answer})


def _said_to(conversation: Conversation, question: str) -> Mapping[str, str]:
    """The words said to a question that is taken back, to say them when it is asked, beside those of others."""
    listed = answers_given(conversation.interview, conversation.words)
    return {**conversation.previous_words, **{row.question: row.answer for row in listed if row.question == question}}


def heard(step: steps.Answered) -> ParsedAnswer:
    """The answer of a step as it was understood."""
    return ParsedAnswer(step.answer, step.echo, step.typed)


def begin(
    plan: Plan, words: Wording, mode: Mode, country: str, today: date | None, whom: Whom = "them"
) -> Conversation:
    """A new conversation at its first question, in the words of who answers."""
    return Conversation(plan.begin(mode, country, whom), words.read_by(mode, whom), today)


def called(conversation: Conversation, today: date | None) -> Conversation:
    """A nurse's conversation with somebody who has answered alone: what they said stands there to be confirmed."""
    said = {row.question: row.answer for row in answers_given(conversation.interview, conversation.words)}
    kept = {name: answer for name, answer in conversation.interview.case.by_question.items() if name in said}
    call = begin(conversation.interview.plan, conversation.words, "nurse", conversation.interview.case.country, today)
    return replace(call, previous_words=said, previous_answers=kept)
