"""The whole review sheet: what it is, every question, rule and advice with what it rests on, and where to sign."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.document.blocks import Block, Code, Figure, Heading, Item, Items, Paragraph, Table
from chatbot.document.markdown import as_markdown
from chatbot.document.page import as_html
from chatbot.export.drawing import in_pieces
from chatbot.export.english import English
from chatbot.export.graph import chart, mermaid
from chatbot.export.review.evidence import evidence
from chatbot.export.review.questions import questions
from chatbot.export.review.rule_list import rules
from chatbot.packs.pack import Pack
from chatbot.wording import Wording

NOT_A_DEVICE = (
    "This is not a medical device. Nobody has validated it, and it has never been tested on real patients. A signature "
    "says that one named person found this content acceptable. It is not a validation and no approval by an authority."
)
HOW_TO_SIGN = (
    ("Read all of it", "A signature covers every file of the pack, the words patients read as well as the rules."),
    (
        "Compare the digest",
        "The 64 letters and figures below name exactly these bytes. The command triage check must say ok.",
    ),
    ("Write what is wrong beside it", "Who keeps the files changes them, and prints a new sheet with a new digest."),
    ("Decide", "Approved, rejected or under review; for content in use later superseded or retired."),
    ("Sign", "Add the lines at the end of this sheet to review.yaml, as the last entry, in your own name."),
    ("What counts", "The last decision on exactly this digest. One changed byte in any other file ends an approval."),
    ("What is not checked", "Who may sign, and whether a signature is real. That is for your organisation."),
)
HOW_TO_READ = (
    "Every rule is looked at for every case, and the most urgent one that holds decides. No rule lowers a result.",
    "\u201cat least\u201d follows how worrying an answer is. Not known has its place too, and is never read as no.",
    "A number may be a range, such as 2 to 3 weeks. It meets a bound if any number in the range does.",
    "Words in [brackets] are named conditions; each has its own entry.",
    "\u201capplies and has no answer\u201d holds when the interview ended before that was answered.",
)


def review_sheet(pack: Pack, html: bool = False, language: str = "en") -> str:
    """The sheet as Markdown, or as one HTML page; the same bytes for the same pack and review.yaml."""
    blocks = blocks_of(pack, language)
    return as_html(blocks, f"Review sheet: {pack.title}", language) if html else as_markdown(blocks)


def blocks_of(pack: Pack, language: str) -> Iterator[Block]:
    """The sheet, block by block."""
    wording = pack.wording(language)
    english = English(pack.rulebook.facts, wording)
    yield from _head(pack, wording)
    yield from _diagram(pack, language)
    yield from questions(pack, wording, english)
    yield from rules(pack, wording, english)
    yield from evidence(pack)
    yield from _signature(pack)


def _head(pack: Pack, wording: Wording) -> Iterator[Block]:
    yield Heading(1, f"Review sheet: {pack.title}")
    yield Paragraph(NOT_A_DEVICE, strong=True)
    status = wording.say(f"status_{pack.status}")
    yield Paragraph(status, strong=True)
    book, numbers = pack.rulebook, pack.numbers
    countries = (f"{name} ({number})" if number else name for name, number in numbers.items())
    yield Table(
        "What is reviewed",
        ("Item", "Value"),
        (
            ("Pack", pack.id),
            ("Version", f"{pack.version}, in use from {pack.effective}"),
            ("Digest", pack.digest),
            ("Status", pack.status.replace("_", " ")),
            ("Next review", f"{pack.next_review}; past that day the content counts as expired"),
            ("Wording", f"{wording.name}, of: {', '.join(pack.languages)}"),
            ("Countries", f"{', '.join(countries)}; a number in brackets is the one named in an emergency"),
            ("Questions", str(len(pack.dialog.questions))),
            ("Rules and advice", f"{len(book.rules)} rules, {len(book.advice)} advice"),
            ("Claims and sources", f"{len(book.library.claims)} claims, {len(book.library.sources)} sources"),
            ("Examples", f"{len(pack.cases)}, each checked by the command triage check"),
        ),
    )
    yield Heading(2, "How to sign", "how-to-sign")
    yield Items(tuple(Item(text, label) for label, text in HOW_TO_SIGN))
    yield from _earlier(pack)
    yield Heading(2, "How to read the conditions", "how-to-read")
    yield Items(tuple(map(Item, HOW_TO_READ)))


def _earlier(pack: Pack) -> Iterator[Block]:
    if not pack.reviews:
        yield Paragraph("Nobody has decided anything about this pack so far.")
        return
    rows = (
        (
            review.reviewer,
            ", ".join(filter(None, (review.role, review.registration))),
            review.date,
            review.decision.replace("_", " "),
            "this one" if review.digest == pack.digest else f"another: {review.digest[:12]}\u2026",
            review.note,
        )
        for review in pack.reviews
    )
    yield Table("Decisions so far", ("Reviewer", "Role", "Date", "Decision", "Digest", "Note"), tuple(rows))


def _diagram(pack: Pack, language: str) -> Iterator[Block]:
    yield Heading(2, "The order of the questions", "diagram")
    yield Paragraph(
        "Drawn from the machine that runs the interview. Questions come in this order. Outside the emergency checks a "
        "question is asked only while its answer can still change the result or the advice. A dashed box is an earlier "
        "place for a question that has its ordinary place further down."
    )
    drawn = chart(pack, language)
    yield Figure(mermaid(drawn), "\n".join(in_pieces(drawn)))


def _signature(pack: Pack) -> Iterator[Block]:
    yield Heading(2, "Signature", "signature")
    yield Paragraph(f"I have read this sheet for {pack.title}, version {pack.version}, whose digest is:")
    yield Code(pack.digest)
    blank = "\u2026" * 20
    lines = ("Decision", "Name", "Profession", "Registration", "Date", "Signature", "Note")
    yield Table("To be filled in", ("Field", "Entry"), tuple((line, blank) for line in lines))
    yield Paragraph(
        f"Add this as the last entry under \u201creviews:\u201d in review.yaml of the pack {pack.id}; if an "
        "empty pair of brackets stands there, in its place. Write your own words in the quotes."
    )
    yield Code(
        "reviews:\n"
        '  - reviewer: "your name"\n'
        '    role: "your profession"\n'
        '    registration: "your registration, or leave this line out"\n'
        '    date: "2026-03-31"\n'
        f"    digest: {pack.digest}\n"
        "    # or rejected, under_review, superseded, retired\n"
        "    decision: approved\n"
        '    note: "what you want to add, or leave this line out"\n',
        "yaml",
    )
