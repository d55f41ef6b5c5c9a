"""The answers of a case as they were given, without the pack that gave them their place."""

from __future__ import annotations

from collections.abc import Iterable

from chatbot.case import Answer, Reply
from chatbot.interview.steps import Answered, Replied, RepliedTogether, TookReplyBack, UndidReply
from chatbot.storage.events import Event, Stepped

# How a case is closed whose answers go on in another.
CARRIED = "carried_over"


def answers_of(events: Iterable[Event]) -> dict[str, tuple[str, Answer]]:
    """The last answer to each question, with its words.

    Of a list the replies alone are known; what they mean is worked out where they are confirmed.
    """
    answers: dict[str, tuple[str, Answer]] = {}
    history: list[dict[str, tuple[Reply, str]]] = [{}]
    asked = ""
    for event in events:
        match event.did:
            case Stepped(step=Answered(answer=answer)):
                answers[answer.question] = answer.said, answer
            case Stepped(step=Replied(line=line, reply=reply, words=words)):
                history.append({**history[-1], line: (reply, words or reply)})
                answers[asked] = _listed(asked, history[-1])
            case Stepped(step=RepliedTogether(replies=replies, words=words)):
                history.append({**history[-1], **{line: (reply, words or reply) for line, reply in replies.items()}})
                answers[asked] = _listed(asked, history[-1])
            case Stepped(step=TookReplyBack()) if history[-1]:
                history[-1:] = [dict(list(history[-1].items())[:-1])]
            case Stepped(step=UndidReply()) if len(history) > 1:
                history.pop()
                answers[asked] = _listed(asked, history[-1])
        then = getattr(event.did, "then", asked)
        if then != asked:
            asked, history = then, [{}]
    return answers


def _listed(question: str, said: dict[str, tuple[Reply, str]]) -> tuple[str, Answer]:
    lines = {line: reply for line, (reply, _) in said.items()}
    return "; ".join(words for _, words in said.values()), Answer(question=question, values={}, lines=lines)
