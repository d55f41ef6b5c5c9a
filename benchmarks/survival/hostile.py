"""Lane `hostile`: text that tries to do something, in every field that people fill in: kept, read back and shown."""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from sys import maxunicode
from tempfile import TemporaryDirectory

from benchmarks.survival.apart import over_forks
from benchmarks.survival.talking import NOW, Place, alike, records, whole
from benchmarks.survival.tally import Setting, Tally
from chatbot.case import Answer
from chatbot.cli.common import shown
from chatbot.errors import InputError
from chatbot.export.summary_blocks import markdown
from chatbot.interview.answered_questions import Exchange
from chatbot.interview.conversation import Conversation, begin
from chatbot.interview.parse_given import parse_picked, parse_typed
from chatbot.interview.reading import sanitise as cleaner
from chatbot.interview.reading.parse_answer import ParsedAnswer
from chatbot.interview.steps import Answered, Raised, Replied
from chatbot.interview.to_transcript import _sayable
from chatbot.interview.transcript import Transcript
from chatbot.packs.pack import Pack
from chatbot.plain.lines import Page
from chatbot.recommendation.summary import Summary
from chatbot.replay.files import read_transcript
from chatbot.replay.record import yaml_of
from chatbot.service.cases import of_chain
from chatbot.service.event_text import columns, told
from chatbot.service.exporting import FORMATS, everybody, one_case
from chatbot.service.folding import Folding, events_in
from chatbot.service.maintenance import back_up
from chatbot.service.records import Records
from chatbot.storage.backup import Backup, put_back
from chatbot.storage.events import (
    By,
    CallBackPlanned,
    Closed,
    Event,
    EventBody,
    Graded,
    Kept,
    Looked,
    Note,
    Opened,
    Override,
    Released,
    Started,
    Stepped,
    body_of,
    read_event,
)
from chatbot.storage.row import Row
from tests.support.hostile_texts import fixed, of_every_kind, some
from tests.support.memory_store import MemoryStore

GENERATED, ON_SCREEN = 100_000, 200
# So many texts share a store, a transcript or an app.
TOGETHER, A_SEED, A_SCREEN = 40, 500, 20
_CODE = "2222-2222-2222"
TODAY = date(2026, 3, 2)


def run(setting: Setting) -> Tally:
    """The fixed texts through a store, texts by chance through all that cleans and shows, some through the screen."""
    texts, seeds = fixed()[:: setting.share], range(max(1, setting.part(GENERATED) // A_SEED))
    work: list[Callable[[], Tally]] = [partial(kept, setting, some) for some in _dealt(texts, TOGETHER)]
    many = min(A_SEED, setting.part(GENERATED))
    work += [partial(rendered, setting.pack, some(seed, many)) for seed in seeds]
    work += [partial(painted, setting, few) for few in _dealt(of_every_kind(setting.part(ON_SCREEN)), A_SCREEN)]
    return over_forks(lambda piece: piece(), work, setting.processes)


def _dealt(texts: Sequence[str], many: int) -> Iterator[Sequence[str]]:
    for at in range(0, len(texts), many):
        yield texts[at : at + many]


@cache
def _acting() -> re.Pattern[str]:
    """What a terminal would act on, or nobody would see: all but line breaks of the categories Cc, Cf and Cs."""
    wrong = (chr(code) for code in range(maxunicode + 1) if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs"})
    return re.compile("[" + "".join(map(re.escape, set(wrong) - {"\n"})) + "]")


def harmful(where: str, text: str, lines: bool = False) -> Iterator[str]:
    """What is wrong with a text that a terminal is given; with `lines` it may have several."""
    found = _acting().search(text) or (None if lines else re.search("\n", text))
    if found:
        yield f"{where} has {found[0]!a}"


def seen(text: str, wrong: Iterable[str]) -> list[str]:
    """What is wrong with what becomes of a text, so that it can be found again; whatever is raised is wrong as well."""
    found = []
    try:
        found += wrong
    except Exception as error:  # all of them are to be seen
        found.append(f"{type(error).__name__}: {ascii(str(error))[:200]}")
    return [f"hostile: {ascii(text)[:80]}: {line}" for line in found]


# Kept in a store


def kept(setting: Setting, texts: Sequence[str]) -> Tally:
    """A case for each text, which stands in every field of it; all of them in one store."""
    tally = Tally(len(texts))
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))
        store = setting.open(place.file, place.heads)
        for text in texts:
            trial = Trial(records(store), setting.pack, Path(folder), text, tally)
            tally.violations += seen(text, trial.wrong())
        tally.violations += seen(f"{len(texts)} cases", _together(records(store), setting.pack, Path(folder), texts))
        store.close()
    tally.seen["cases kept"] += len(texts)
    return tally


def _together(kept_there: Records, pack: Pack, folder: Path, texts: Sequence[str]) -> Iterator[str]:
    """What is wrong with the whole store, its export and its backup."""
    yield from whole(kept_there.store)
    exported = everybody(kept_there, lambda _: pack)
    yield from (f"left out of the export: {why}" for why in exported.left_out)
    if len(exported.lines) != len(texts):
        yield f"{len(exported.lines)} cases are exported instead of {len(texts)}"
    for line in exported.lines:
        yield from harmful("the export", line)
    back_up(kept_there, folder / "backup")
    other = MemoryStore()
    put_back(Backup(folder / "backup"), other)
    if list(other.chains()) != list(kept_there.store.chains()):
        yield "the backup has other events"


@dataclass
class Trial:
    """One text in every field of one case."""

    records: Records
    pack: Pack
    folder: Path
    text: str
    tally: Tally

    def wrong(self) -> Iterator[str]:
        """All that is wrong."""
        at = begin(self.pack.plan, self.pack.wording(), "patient", "gb", TODAY)
        journal = self.records.begin(self.pack, at, self.text)
        at = self.said(at).stop()
        journal.take(at)
        journal.close()
        yield from self._refused()
        returned = self.records.resume(journal.code, lambda _: self.pack)
        if returned.journal is None or not alike(returned.conversation, at.resume()):
            yield "who comes back does not stand where they stood"
            return
        done = dids(self.text)
        returned.journal.keep(done)
        returned.journal.close()
        row = returned.journal.row
        yield from self._as_written(row, returned.journal.bodies, done)
        yield from self._shown(row)
        yield from self._exported(row)

    def said(self, at: Conversation) -> Conversation:
        """The text as words of a line, as words that put a question, and as an answer as far as it can be one."""
        text = self.text
        at = at.reply(at.asked.choices[0].id, "no", text) if at.asked else at
        for words in (text, f"{text} I have wet myself"):
            at = at.raising(words, text) or at
        for _ in range(2):
            asked = at.asked
            if asked is None or not asked.choices:
                break
            found = parse_typed(at, asked, text)
            if not isinstance(found, ParsedAnswer) and asked.question.kind == "lines":
                at = at.reply(asked.choices[-1].id, "no", text)
                break
            if not isinstance(found, ParsedAnswer):
                picked = parse_picked(at, asked, frozenset([asked.choices[-1].id]))
                if not isinstance(picked, ParsedAnswer):
                    break
                found = replace(picked, answer=picked.answer.model_copy(update={"said": text}), typed=text)
            at = at.answer(found)
        return at

    def _refused(self) -> Iterator[str]:
        """The text where a code is asked for."""
        try:
            self.records.resume(self.text, lambda _: self.pack)
        except InputError as error:
            self.tally.seen["refused as a code"] += 1
            yield from harmful("the refusal of a code", shown(str(error)))
        else:
            yield "it was taken for a code"

    def _as_written(self, row: Row, bodies: Sequence[bytes], done: Sequence[EventBody]) -> Iterator[str]:
        stored = self.records.store.events(row.case)
        if [each.body for each in stored] != list(bodies):
            yield "other bytes are kept than were written"
        events = events_in(stored)
        if [event.did for event in events[-len(done) :]] != list(done):
            yield "an event says something else when it is read back"
        if any(body_of(event) != each.body for event, each in zip(events, stored, strict=True)):
            yield "an event that is read and written again has other bytes"
        of_chain(Folding(self.records.store, lambda _: self.pack), row.case, stored).redone()
        self.tally.seen["events"] += len(events)

    def _shown(self, row: Row) -> Iterator[str]:
        for event in events_in(self.records.store.events(row.case)):
            yield from harmful(f"audit-log show of {event.did.kind}", shown(told(event)))
        for name, cell in columns(row).items():
            yield from harmful(f"audit-log list, {name}", shown(str(cell)))

    def _exported(self, row: Row) -> Iterator[str]:
        for form in FORMATS:
            now = self.records.store.row(row.case) or row
            bodies = [each.body.decode() for each in self.records.store.events(row.case)]
            text = one_case(self.records, now, form, lambda _: self.pack).text
            self.tally.seen["exports"] += 1
            if form == "events":
                if text.split("\n") != [*bodies, ""]:
                    yield "the export of events has other lines than there are events"
                continue
            yield from harmful(f"the export as {form}", text, lines=True)
            if form == "json" and (json.loads(text)["case"] != row.case or not text.isascii()):
                yield "the export as json is not what it is"
            if form == "transcript":
                yield from read_again(text, self.folder / "one.yaml")


def dids(text: str) -> list[EventBody]:
    """Everything else that people may put words to, with this text as the words."""
    return [
        Note(text=text, question="age_years"),
        Override(level="same_day", instead_of="self_care", reason=text, words=text),
        Opened(caller=text, call_back=text, why=text, why_words=text, contacts=text),
        Graded(level="same_day", words=text),
        CallBackPlanned(due=NOW, words=text),
        Released(why=text),
        Looked(kind="viewed", how=text),
        Kept(kind="set_aside", words=text),
        Closed(outcome=text, words=text),
    ]


def read_again(text: str, path: Path) -> Iterator[str]:
    """What is wrong with a transcript that was written to a file."""
    path.write_text(text, encoding="utf-8")
    if yaml_of(read_transcript(path)) != text:
        yield "the transcript is another when it is read"


# Cleaned and shown


def rendered(pack: Pack, texts: Sequence[str]) -> Tally:
    """Texts by chance through what cleans, keeps and shows words."""
    tally, wording = Tally(len(texts)), pack.wording()
    plain = markdown(_summary("plain"), wording)
    for text in texts:
        tally.violations += seen(text, _clean(text))
        tally.violations += seen(text, _events(text))
        tally.violations += seen(text, _screens(text))
        tally.violations += seen(text, _document(markdown(_summary(text), wording), plain))
    tally.violations += seen(f"{len(texts)} turns", _transcript(texts))
    tally.seen["by chance"] += len(texts)
    return tally


def _clean(text: str) -> Iterator[str]:
    typed, line = cleaner.clean(text), cleaner.harmless(text)
    yield from harmful("clean", typed)
    yield from harmful("harmless", line, lines=True)
    yield from harmful("shown", shown(text))
    if len(typed) > 2_000 or cleaner.clean(typed) != typed:
        yield "what is clean is not clean when it is cleaned again"
    if cleaner.harmless(line) != line:
        yield "what is harmless changes when it is made so again"


def _events(text: str) -> Iterator[str]:
    answer = Answer(question="age_years", values={"age_years": 44}, said=text)
    more: list[EventBody] = [
        Started(name="x", version="1", mode="patient", country="gb", language="en", reference=text, then="right_now"),
        Stepped(step=Answered(answer=answer, echo=text, typed=text), then="trend"),
        Stepped(step=Replied(line="chest", reply="no", words=text), then="right_now"),
        Stepped(step=Raised(words=text, at_hand=text), then="bladder_function"),
    ]
    for did in (*more, *dids(text)):
        event = Event(case="one", seq=1, at=NOW, by=By(who="nurse", login=text), pack="0", did=did)
        body = body_of(event)
        if read_event(body) != event or body_of(read_event(body)) != body or b"\n" in body:
            yield f"{did.kind} is another when it is read back"
        yield from harmful(f"audit-log show of {did.kind}", shown(told(event)))


def _screens(text: str) -> Iterator[str]:
    from chatbot.tui.widgets.thread import as_content
    from chatbot.tui.words import words

    content = as_content(Exchange("age_years", text, text, text), words())
    yield from harmful("the thread", content.plain, lines=True)
    if {str(span.style) for span in content.spans} - {"bold"}:
        yield "the thread takes it for markup"
    written: list[str] = []
    page = Page(lambda _: "", written.append)
    page.say(text)
    page.choices([text])
    yield from harmful("line mode", "".join(written), lines=True)


def _summary(text: str) -> Summary:
    """A summary in which the text stands everywhere."""
    from tests.support.painted import saying

    return saying([text])


def _document(document: str, plain: str) -> Iterator[str]:
    yield from harmful("the document", document, lines=True)
    for mark in ("# ", "## ", "- ", "> "):
        kinds = [sum(line.startswith(mark) for line in each.split("\n")) for each in (document, plain)]
        if kinds[0] > kinds[1]:
            yield f"the document has {kinds[0]} lines with '{mark}' instead of {kinds[1]}"


def _transcript(texts: Sequence[str]) -> Iterator[str]:
    says = [said for text in texts if (said := _sayable(text))]
    turns = [{"ask": "right_now", "say": said} for said in says]
    text = yaml_of(Transcript.model_validate({"pack": "x", "turns": turns}))
    yield from harmful("the transcript", text, lines=True)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.yaml"
        yield from read_again(text, path)
        if [getattr(turn, "say", None) for turn in read_transcript(path).turns] != says:
            yield "the transcript says something else when it is read"


# Painted


def painted(setting: Setting, texts: Sequence[str]) -> Tally:
    """Texts typed into the app, and some that no shell of ours would keep, read there."""
    from tests.support.hostile_screen import seen_again, typed, unclean

    tally = Tally(len(texts))
    with TemporaryDirectory(dir=setting.folder, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder))
        store = setting.open(place.file, place.heads)
        kept_there = records(store)

        def work() -> Iterator[str]:
            asyncio.run(typed(setting.pack, kept_there, texts))
            for few in _dealt(texts, 5):
                asyncio.run(seen_again(setting.pack, kept_there, unclean(setting.pack, kept_there, few)))
            for row in store.rows():
                for event in events_in(store.events(row.case)):
                    yield from harmful("audit-log show", shown(told(event)))
            yield from whole(store)

        tally.violations += seen(texts[0] if len(texts) == 1 else f"{len(texts)} on the screen", work())
        tally.seen["interviews in the app"] += len(list(store.rows()))
        store.close()
    tally.seen["on the screen"] += len(texts)
    return tally
