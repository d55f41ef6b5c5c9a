"""English as people type it and as lengths of time are said back."""

from chatbot.interview.reading.language import Dates, Language, Lengths, Numbers, Replies, SaidBack, listed, marked

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_SPELLED = listed(
    """
    zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen,
    sixteen, seventeen, eighteen, nineteen
    """
)
_SOFTENERS = listed(
    """
    about, around, roughly, approximately, approx, maybe, perhaps, possibly, probably, i think, i guess, i would say,
    id say, id guess, i suppose, i reckon
    """
)
_SOFT_LEADS = (*_SOFTENERS, "circa", "~", "say", "must be", "going on")
_SOFT_TAILS = (*_SOFTENERS, "or so", "ish", "- ish", "or thereabouts", "give or take", "?")
_LEADS = marked(
    about=_SOFT_LEADS,
    _=(
        *listed(
            """
            for, been, its been, it has been, has been, it is, its, it was, had it, ive had it, i have had it,
            had this, ive had this, i have had this, well, on and off, off and on, ive had back pain,
            i have had back pain, ive had this pain, ive had the pain, back pain
            """
        ),
        ",",
    ),
    since=listed("since, from, started, began, it started, it began, the pain started, the pain began"),
)
_TAILS = marked(about=_SOFT_TAILS, _=(",", *listed("now, so far, already, on and off, off and on, in total")))
_BOUND_LEADS = marked(
    _=listed("only, just, only just"),
    over=listed("over, more than, longer than, greater than, >"),
    slightly=listed(
        """
        just over, a bit over, a little over, slightly over, just more than, a bit more than, a little more than,
        slightly more than
        """
    ),
    under=listed("under, less than, fewer than, shorter than, <"),
    nearly=listed(
        """
        nearly, almost, not quite, close to, coming up to, coming up for, getting on for, approaching, just under,
        a bit under, a little under, slightly under, a bit less than, a little less than, slightly less than
        """
    ),
    over_equal=listed("at least, no less than, not less than, a minimum of, minimum"),
    upto=listed(
        """
        at most, up to, no more than, not more than, no longer than, not longer than, a maximum of, maximum, max,
        within
        """
    ),
    upto_recent=listed("in the last, in the past, within the last, within the past"),
    about_recent=listed("over the last, over the past, during the last, during the past"),
    recent=listed("the last, the past, past, this past"),
    last=listed("last, these last, these past"),
)
_BOUND_TAILS = marked(
    _=("ago", "back"),
    slightly=("and a bit",),
    over=listed("or more, or longer, or over, plus, +, at least, minimum"),
    upto=listed("or less, or under, at most, at the most, tops, max, maximum"),
)

_REPLIES = Replies(
    spellings=(
        (r"(?<!\w)-(?=\d)", " minus "),
        ("<", " less than "),
        (">", " more than "),
        (r"\+", " plus "),
        ("&", " and "),
        ("%", " percent "),
        (
            r"\b(ca|do|wo|is|are|does|did|have|has|had|was|were|could|should|would|must|need|ai)n'?t\b",
            r"\1 not",
        ),
        (r"\bca not\b|\bcannot\b", "can not"),
        (r"\bwo not\b", "will not"),
        (r"\bi'?m\b", "i am"),
        (r"\b(i|we|they|you)'?ve\b", r"\1 have"),
        (r"\b(it|that)'?s\b", r"\1 is"),
        (r"\bi'd\b|^id\b", "i would"),
    ),
    yes=listed(
        """
        y, yes, yeah, yea, yeh, yep, yup, ye, aye, yes please, yes i do, yes i have, yes i am, yes i can,
        yes i did, yes it is, yes it does, yes it has, yes there is, yeah i do, yeah i have, yeah i am,
        yeah it is, yeah it does, yep i do, yep i have, yep it is, i do, i have, i am, it is, it does, it has,
        there is, definitely, yes definitely, definitely yes, absolutely, certainly, of course, yes of course,
        correct, true, affirmative, very much so, yes very much
        """
    ),
    no=listed(
        """
        n, no, nope, nah, naw, nay, no thanks, no thank you, not at all, no not at all, never, no never, none,
        nothing, negative, false, no i don't, no i haven't, no i'm not, no i can't, no i didn't, no it isn't,
        no it's not, no it doesn't, no it hasn't, no there isn't, nope not at all, i don't, i haven't, i'm not,
        it isn't, it doesn't, it hasn't, there isn't, no none, no nothing, definitely not, no definitely not,
        absolutely not, certainly not, of course not, no way, none at all
        """
    ),
    not_sure=listed(
        """
        not sure, unsure, i'm not sure, i am unsure, i'm unsure, not really sure, i'm not really sure,
        not too sure, not quite sure, i'm not too sure, not certain, i'm not certain, uncertain, not known,
        unknown, unclear, not clear, dunno, i dunno, idk, dk, don't know, i don't know, i do not know,
        i don't really know, don't really know, i really don't know, no idea, i have no idea, i've no idea,
        no clue, i have no clue, haven't a clue, i haven't a clue, haven't got a clue, i haven't got a clue,
        can't tell, i can't tell, can't say, i can't say, can't be sure, i can't be sure, hard to say,
        hard to tell, it's hard to say, it's hard to tell, can't remember, i can't remember, don't remember,
        i don't remember, not sure about this, not sure about that, i'm not sure about this, sorry not sure,
        sorry i don't know, sorry no idea
        """
    ),
    perhaps=listed(
        """
        maybe, perhaps, possibly, might be, it might, it might be, could be, it could be, maybe maybe not
        """
    ),
    none_of_these=listed(
        """
        n, no, none, nope, nah, nil, nothing, neither, no none, no nothing, none at all, none of these,
        none of them, none of those, none of the above, none of this, none of that, no none of these,
        no none of them, nope none of these, none of these apply, none of these apply to me, none of them apply,
        none apply, none of these thanks, no to all, no to all of these, no to all of them, no to all of those,
        no to everything, no to these, no to them all, no to each, all no, neither of these, neither of them,
        not any, not any of these, not any of them, nothing like that, none like that, i have none,
        i have none of these, i have none of them, i don't have any, i don't have any of these,
        i haven't any of these, i don't have any of them, i haven't got any of these, i haven't got any,
        nothing here, none here
        """
    ),
    prefer_not=listed(
        """
        rather not say, i'd rather not say, i would rather not say, would rather not say, rather not,
        i'd rather not, prefer not to say, i prefer not to say, i'd prefer not to say,
        i would prefer not to say, prefer not, prefer not to, prefer not to answer, i'd prefer not to answer,
        rather not answer, i'd rather not answer, i'd rather not tell you, skip, skip it, skip this,
        skip this one, skip that, pass, i'll pass, private, it's private, that's private, personal,
        it's personal, that's personal, no comment, decline, decline to answer, decline to say,
        i decline to answer, don't want to say, i don't want to say, don't want to answer,
        i don't want to answer, i won't say, not saying, i'm not saying, none of your business,
        mind your own business
        """
    ),
    doubts=listed(
        """
        i think, i guess, i suppose, i reckon, i believe, i would say, maybe, perhaps, possibly, probably,
        might, may be, could be, sort of, sorta, kind of, kinda, a bit, not sure, unsure, not certain, or, if,
        seems, mostly, sometimes, supposedly
        """
    ),
    negations=frozenset(
        listed(
            """
            no, not, never, none, nothing, nope, nah, without, neither, nor, nobody, nowhere, hardly, barely, except,
            lack, lacks, lacking, denies, deny, denied
            """
        )
    ),
    fillers=frozenset(listed("the, a, an, its, it, is, my, mine, i, am, have, has, got, that, just, only")),
    # Passed over only where the options are left and right: "my leg has gone" is not "it has gone".
    left="left",
    sides=frozenset({"side", "sides", "leg", "legs"}),
    # "The left one" is the left, but "one out of ten" is not "out of ten", and "no one" is not "no".
    one="one",
    # "No, I have a fever" is not "no fever".
    said_after_no=r"(?:no|nope|nah|not|never) (?:i|it|that|my|its)\b",
    joints=("and",),
    both="both",
    none=("none",),
    endings=(("not sure", "unknown"), ("unsure", "unknown"), ("yes", "yes"), ("no", "no")),
    unsure=("not sure", "unsure"),
    rest=("some", "rest", "others"),
    label_words=("option", "number", "answer", "choice"),
    line_words=("number", "answer"),
    change_words=("change",),
    # More often meant as a word: left, right, yes, no.
    not_labels=frozenset("lrny"),
)
_NUMBERS = Numbers(
    spelled={spelled: value for value, spelled in enumerate(_SPELLED)} | {"nought": 0},
    tens={
        "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
        "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    },
    hundred=frozenset({"hundred"}),
    before_hundred=frozenset({"a", "one"}),
    articles=frozenset({"a", "an"}),
    also=frozenset({"and"}),
    joints=frozenset({"to", "or"}),
    between="between",
    between_and=frozenset({"and"}),
    leads=listed(
        """
        i am, im, i am now, im now, it is, its, he is, hes, she is, shes, they are, theyre, my age is, age, aged,
        a, an, just turned
        """
    ),
    soft_leads=_SOFT_LEADS,
    soft_tails=_SOFT_TAILS,
    tails=("now",),
    out_of_ten=("out of 10", "out of ten"),
    units={
        "years": listed("years old, year old, yrs old, yr old, years of age, years, yrs, yr, y o, yo, y / o"),
        "weeks": listed("weeks, week, wks, wk"),
        "points": listed("points, point"),
        "celsius": listed("degrees celsius, degrees c, degrees, deg c, celsius, c"),
        "ml": listed("ml, mls, millilitres, milliliters"),
    },
    signs={"\u00b0": " degrees ", "\u2103": " degrees c"},
)  # fmt: skip
_LENGTHS = Lengths(
    units={
        "year": listed("year, years, y, yr, yrs"),
        "month": listed("month, months, mo, mos, mth, mths, mnth, mnths"),
        "fortnight": listed("fortnight, fortnights"),
        "week": listed("week, weeks, w, wk, wks"),
        "day": listed("day, days, d"),
        "hour": listed("hour, hours, h, hr, hrs"),
        "minute": listed("minute, minutes, min, mins"),
    },
    shorthand={"52": "week", "12": "month", "7": "day"},
    few={
        **dict.fromkeys(listed("a couple or three, a couple of, couple of, a couple, couple"), ("2", "3")),
        **dict.fromkeys(("a few", "few"), ("3", "5")),
        "several": ("3", "8"),
        **dict.fromkeys(listed("half of a, half a, a half, half"), ("1/2", "1/2")),
    },
    and_a_half=frozenset({("and", "a", "half")}),
    or_words=frozenset({"or"}),
    whole=frozenset({"whole", "full", "calendar"}),
    alone=frozenset({"fortnight"}),
    leads=_LEADS,
    tails=_TAILS,
    bound_leads=_BOUND_LEADS,
    bound_tails=_BOUND_TAILS,
    suffixes=frozenset({"ish"}),
    within_for=("for",),
    within_since=("since",),
)
_DATES = Dates(
    spoken={
        **dict.fromkeys(
            listed("today, earlier today, tonight, just now, just today, this morning, this afternoon, this evening"),
            (0, 0),
        ),
        **dict.fromkeys(
            listed("yesterday, just yesterday, yesterday morning, yesterday afternoon, yesterday evening"), (1, 1)
        ),
        **dict.fromkeys(listed("yesterday night, last night, overnight"), (0, 1)),
        **dict.fromkeys(listed("the day before yesterday, day before yesterday"), (2, 2)),
        "the night before last": (1, 2),
    },
    times_of_day=frozenset({"morning", "lunchtime", "afternoon", "evening"}),
    night=frozenset({"night"}),
    weekdays={name: number for number, name in enumerate(_DAYS)} | _SHORT_DAYS,
    months={short: n for n, name in enumerate(_MONTHS, 1) for short in (name, name[:3])} | {"sept": 9},
    # Ordinary words too: these count as a day or month only after "since", "on", "in" and the like.
    need_anchor=frozenset({"may", "march", "mar", "sat", "sun", "wed", "mon"}),
    holidays={
        **dict.fromkeys(("christmas", "christmas day", "xmas"), (12, 25)),
        "boxing day": (12, 26),
        **dict.fromkeys(("new year", "the new year", "new years", "new years day"), (1, 1)),
    },
    parts={
        **dict.fromkeys(listed("early, the start of, start of, the beginning of, beginning of"), 0),
        **dict.fromkeys(listed("mid, mid -, the middle of, middle of"), 1),
        **dict.fromkeys(listed("late, the end of, end of"), 2),
    },
    anchors=frozenset({"on", "in"}),
    earlier=frozenset({"earlier"}),
    this=frozenset({"this"}),
    last=frozenset({"last"}),
    week=frozenset({"week"}),
    month=frozenset({"month"}),
    year=frozenset({"year"}),
    last_week=frozenset({("last", "week"), ("of", "last", "week")}),
    weekend=frozenset(
        f"{lead}{which} weekend" for lead in ("", "over ", "at ") for which in ("the", "last", "the last")
    ),
    dropped=frozenset({"the", "of"}),
    of=frozenset({"of"}),
    ordinals=frozenset({"st", "nd", "rd", "th"}),
)


def _one_or_many(number: int) -> int:
    return 0 if number == 1 else 1


ENGLISH = Language(
    code="en",
    replies=_REPLIES,
    numbers=_NUMBERS,
    lengths=_LENGTHS,
    dates=_DATES,
    said=SaidBack(
        units={
            "year": ("year", "years"),
            "month": ("month", "months"),
            "week": ("week", "weeks"),
            "day": ("day", "days"),
        },
        form=_one_or_many,
        so_many="{number} {unit}",
        between="{low} to {high} {unit}",
        about="about {length}",
        at_least="at least {length}",
        less_than="less than {length}",
        up_to="up to {length}",
        under_a_day="less than a day",
        under_a_week="less than a week",
        any_length="any length of time",
    ),
    commands={
        "why": ("why", "why?", "why do you ask", "why are you asking"),
        "help": ("help", "help me", "commands"),
        "back": ("back", "go back", "previous", "undo"),
        "change": ("change", "change answer", "change an answer", "correct"),
        "stop": ("stop", "quit", "exit", "end"),
        "skip": ("skip",),
    },
    people={
        "patient": ("myself", "me", "for myself", "i am the patient", "it's for me", "for me"),
        "carer": ("someone else", "somebody else", "for someone else", "for somebody else", "i am a carer"),
        "nurse": ("clinician", "i am a nurse", "i am a clinician"),
    },
    remarks={
        "confirmed": ("confirm", "continue", "ok", "okay", "all right", "right"),
        "done": ("done", "bye", "finish", "finished", "thanks", "thank you", "that is all", "that's all"),
        "references": ("references", "reference list", "sources", "where does this come from"),
    },
)
