"""Somebody who holds a conversation by chance, as a shell would let a person."""

import random
from datetime import date

from chatbot.case import WHOM, Mode, Reply
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_both, parse_picked, parse_typed
from chatbot.interview.prompt import Prompt
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.steps import TookReplyBack
from chatbot.packs.pack import Pack

TODAY = date(2026, 3, 2)
REPLIES: tuple[Reply, ...] = ("no", "unknown", "yes")
WORDS = (
    "no", "none of these", "1", "2", "not sure", "yes", "about three weeks", "40", "since Tuesday", "I have wet myself",
    "no change, but I had a fever last night", "12", "hm: \"well\" # {not} really, no", "rather not say",
    "not sure about some of these", "can't walk", "1, 2", "the same", "\u202eyes\x1b[2J 🤷 {a: b}", "2 yes, 3 not sure",
)  # fmt: skip
SIDEWAYS = ("back", "change", "jump", "stop", "take_up", "raising", "skip_rest", "leave")


class Someone:
    """Holds a conversation by chance, as a shell would let a person."""

    def __init__(self, pack: Pack, seed: int) -> None:
        self.chance = random.Random(seed)  # nothing secret
        self.rarely = random.Random(-1 - seed)  # a draw of its own, so that the rest goes on as it did without it
        self.pack = pack
        mode: Mode = self.chance.choice(("patient", "carer", "nurse"))
        country = self.chance.choice(tuple(pack.rulebook.countries))
        self.wild, self.calm = self.chance.random() * 0.3, self.chance.choice((0.2, 0.9, 0.97))
        whom = WHOM[seed % len(WHOM)] if mode == "carer" else "them"
        self.at = begin(pack.plan, pack.wording(), mode, country, TODAY, whom)

    def talk(self) -> Conversation:
        """Some steps, or until it is over and they go."""
        for _ in range(self.chance.randrange(1, 75)):
            if self.at.asked is None and self.chance.random() < 0.4:
                break
            self.at = self.step() or self.at
        return self.at

    def step(self) -> Conversation | None:
        """One step of any kind that can be taken here."""
        asked = self.at.asked
        if asked is not None and asked.skippable and self.rarely.random() < 0.1:
            return self.at.skip_rest()
        if asked is None or self.chance.random() < self.wild:
            return self.sideways(asked)
        return self.in_list(asked) if asked.question.kind == "lines" else self.answered(asked)

    def answered(self, asked: Prompt) -> Conversation | None:
        """An answer typed, chosen, or both; words that are not understood may put a question."""
        names = [choice.id for choice in asked.choices] + [name for name, _ in asked.always]
        few = self.chance.sample(names, min(len(names), self.chance.choice((1, 1, 2)))) if names else []
        typed = self.chance.choice((*WORDS, *asked.labels, asked.labels[0] if asked.labels else "40"))
        if asked.question.id == "age_years" and self.chance.random() < 0.9:
            typed, few = "44", []
        elif self.chance.random() < self.calm:
            few = ["*none"] if asked.is_list else names[:1]
            typed = "none" if asked.is_list else "1"
        way = self.chance.random()
        if way < 0.5 and few:
            found = parse_picked(self.at, asked, frozenset(few))
        elif way < 0.6:
            found = parse_both(self.at, asked, typed, frozenset(few), ("a", "b", "c", "d"))
        else:
            found = parse_typed(self.at, asked, typed)
        return self.at.answer(found) if isinstance(found, ParsedAnswer) else self.at.raising(typed)

    def in_list(self, asked: Prompt) -> Conversation | None:
        """A list at once, or some of its lines, in any order, some of them more than once, to the end or not."""
        if self.chance.random() < 0.3:
            typed = "none" if self.chance.random() < self.calm else self.chance.choice(WORDS)
            found = parse_typed(self.at, asked, typed)
            return self.at.answer(found) if isinstance(found, ParsedAnswer) else self.at.raising(typed)
        at = self.at.restore_replies() if self.chance.random() < 0.3 else self.at
        lines = [choice.id for choice in asked.choices]
        if self.chance.random() < 0.3:
            self.chance.shuffle(lines)
        if self.rarely.random() < 0.1:
            some = self.rarely.sample(lines, k=self.rarely.randrange(1, len(lines) + 1))
            at = at.reply_together({line: self.rarely.choice(REPLIES) for line in some}, "1, 2")
            if at.state != asked.question.id:
                return at
        for line in lines if self.chance.random() < 0.8 else self.chance.choices(lines, k=4):
            reply = "no" if self.chance.random() < self.calm else self.chance.choice(REPLIES)
            at = at.reply(line, reply, self.chance.choice(("", "nope", "1")))
            if at.state != asked.question.id:
                return at
            if self.chance.random() < 0.05:
                at = at.undo_reply() if self.rarely.random() < 0.8 else at.take(TookReplyBack())
        return at.finish_list() if len(at.current_replies) == len(lines) and self.chance.random() < 0.9 else at

    def sideways(self, asked: Prompt | None) -> Conversation | None:
        """Anything else that can be done at any time."""
        at, step = self.at, self.chance.choice(SIDEWAYS)
        if at.state == "emergency" and at.interview.case.mode == "nurse" and self.chance.random() < 0.5:
            return at.continue_note()
        if at.state == "check_answers" and self.chance.random() < 0.5:
            return at.confirm()
        if step == "change":
            given = [answer.question for answer in at.interview.case.answers]
            return at.change(self.chance.choice(given)) if given else None
        if step == "jump":
            return at.jump(self.chance.choice(tuple(self.pack.dialog.questions)))
        if step == "raising":
            return at.raising(self.chance.choice(WORDS))
        if step == "leave" or (step == "skip_rest" and (asked is None or not asked.skippable)):
            return None
        return {"back": at.back, "stop": at.stop, "take_up": at.resume, "skip_rest": at.skip_rest}[step]()
