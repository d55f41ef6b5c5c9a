"""One question put in lines, and what is typed in reply."""

from __future__ import annotations

from collections.abc import Callable

from chatbot.interview.conversation import Conversation
from chatbot.interview.prompt import Prompt
from chatbot.interview.turn import Turn, Typed, take
from chatbot.plain.lists import go_through
from chatbot.plain.turns import tell
from chatbot.plain.voice import Voice


class Asking:
    """Puts questions and takes answers; `keep` is told of each reply within a list.

    `shows_whole_lists` writes all lines of a list at once, where one thing was said of all of them.
    """

    def __init__(self, voice: Voice, keep: Callable[[Conversation], None]) -> None:
        self.voice = voice
        self.keep = keep
        self.part = ""
        self.shows_whole_lists = False

    def turn(self, conversation: Conversation) -> Conversation:
        """Put the question at hand until it is answered or left."""
        asked = conversation.asked
        if asked is None:
            return conversation
        self.put(conversation, asked)
        if asked.question.kind == "lines" and conversation.interview.case.mode != "nurse":
            return go_through(self.voice, conversation, asked, self.keep)
        misses = 0
        while True:
            typed = self.voice.ask()
            if typed or asked.question.kind == "lines":  # a list whose lines all have replies is gone on from
                outcome = take(Turn(conversation, misses=misses, numbered=True), Typed(typed))
                after = tell(self.voice, outcome, conversation, asked)
                if after is not None:
                    return after
            else:
                self.voice.say("nothing_chosen")
            misses += 1
            if misses == 2:  # once more in full, then no further: a stream of empty lines is not answered with pages
                self.voice.page.say()
                self.put_question(conversation, asked)

    def put(self, conversation: Conversation, asked: Prompt) -> None:
        """Write the question with the part it belongs to."""
        voice = self.voice
        voice.page.say()
        if asked.part != self.part:
            self.part = asked.part
            voice.say("part_of", number=asked.number, total=asked.parts, title=asked.part)
            voice.page.say()
        if asked.again:
            voice.say("again_second")
        elif asked.skippable:
            voice.say("skip_hint")
        self.put_question(conversation, asked)
        before = conversation.previous_words.get(asked.question.id)
        if before is not None:
            voice.say("before", text=before)

    def put_question(self, conversation: Conversation, asked: Prompt) -> None:
        """Write the question with what can be answered; the lines of a list are put one by one, except to a nurse."""
        voice, kind = self.voice, asked.question.kind
        voice.say("question", text=asked.ask)
        if asked.example and (kind != "number" or asked.is_figure):
            voice.page.say(asked.example)
        if kind == "lines" and not (self.shows_whole_lists or conversation.interview.case.mode == "nurse"):
            voice.say("one_at_a_time")
        elif asked.is_figure:
            for label in asked.labels if not asked.question.bands else ():
                if not label.isdecimal():
                    voice.page.say(label, indent="   ")
            voice.say("number_how")
        else:
            voice.page.choices([*self.lines(conversation, asked), *(text for _, text in asked.always)])
            if kind in ("ticks", "many", "lines"):
                voice.say("again_lines" if kind == "lines" else "ticks_how")

    def lines(self, conversation: Conversation, asked: Prompt) -> list[str]:
        """The lines to choose from; those of a list with the reply they have."""
        if asked.question.kind != "lines":
            return list(asked.labels)
        words, said = self.voice.words, {line: reply for line, (reply, _) in conversation.current_replies.items()}
        texts = {"yes": words.say("yes"), "no": words.say("no"), "unknown": words.say("not_sure")}
        return [
            self.voice.texts.say("row", question=label, answer=texts[said[choice.id]]) if choice.id in said else label
            for choice, label in zip(asked.choices, asked.labels, strict=True)
        ]
