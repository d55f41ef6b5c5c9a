"""General English as it is heard: spellings, denials, hedges, persons, times. No word of medicine stands here.

A phrase may end in `!` (exactly this word) or begin with `=` (the words in it mean nothing else).
"""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.interview.reading.language import listed

_EMOJI = (
    ("[\U0001f44d\U0001f44c\u2705\u2714]", " yes "),
    ("[\U0001f44e\u274c]", " no "),
    ("\U0001f937", " not sure "),
    ("[\U0001f1e6-\U0001faff\u2600-\u27bf]", " "),
)
_VERBS = "is|are|does|did|have|has|had|was|were|could|should|would|must|need|might"
# Patterns and what they are written out as, in this order, so that spellings of one thing meet.
SPELLINGS: tuple[tuple[str, str], ...] = (
    *_EMOJI,
    (r"\.{2,}|\u2026", " , "),
    (r"(?<=[^\W\d_])[-/](?=[^\W\d_])", " "),
    (r"\b24 ?/ ?7\b", " 24 7 "),
    (r"\bcan ?n[o']?t\b|\bcan'? ?t\b|\bcarn'?t\b|\bcannae\b|\bkant\b", "can not"),
    (r"\b(do|don) ?n?'?t\b|\bdont\b|\bdinnae\b|\bdo n't\b", "do not"),
    (rf"\b({_VERBS})n ?'?t\b", r"\1 not"),
    (r"\bwo n?'?t\b|\bwon'?t\b(?= )|\bwon't\b", "will not"),
    (r"\bai n't\b|\bain'?t\b|\bisnae\b|\bwasnae\b", "is not"),
    (r"\bdare ?n't\b|\bdarent\b", "dare not"),
    (r"\bi'?m\b", "i am"),
    (r"\b(i|we|they|you) ?'?ve\b", r"\1 have"),
    (r"\b(it|that|he|she|there|what|who|where|how)'?s\b", r"\1 is"),
    (r"\b([a-z]+)'s\b", r"\1 is"),
    (r"\bi'd\b", "i would"),
    (r"\b(i|it|he|she|they|that|you|we)'ll\b", r"\1 will"),
    (r"\b(i|it|he|she|they|that|you|we)'re\b|\b(they|you)re\b", r"\1\2 are"),
    (r"\bdun+o\b|\bidk\b|\bdk\b", "do not know"),
    (r"\bgonna\b", "going to"),
    (r"\bwanna\b", "want to"),
    (r"\bkinda\b", "kind of"),
    (r"\bsorta\b", "sort of"),
    (r"\bgotta\b", "have to"),
    (r"\b(cuz|coz|cos|becuase|becasue|bcoz|'cause)\b", "because"),
    (r"\btho\b", "though"),
    (r"\bu\b", "you"),
    (r"\bw/o\b", "without"),
    (r"&", " and "),
    (r"(?<=[a-z]) n (?=[a-z])", " and "),
    (r"\b(nope|nah+|naw|nay|nop|noo+|nada|na)\b", "no"),
    (r"\b(yep|yeah|yup|yea|yeh|aye|yess+|yh|yas|ye)\b", "yes"),
    (r"\b(nowt|nothin|nuthin|nuffin)\b", "nothing"),
    (r"\bowt\b", "anything"),
    (r"\bp ?(?:and|'?n'?) ?n'?s?\b", "pins and needles"),
    (r"(\d)([a-z]+)", r"\1 \2"),
)
# Forms that no rule of endings makes.
IRREGULAR: Mapping[str, str] = {
    "felt": "feel", "fell": "fall", "fallen": "fall", "lost": "lose", "loss": "lose", "broke": "break",
    "broken": "break", "wore": "wear", "worn": "wear", "bent": "bend", "slept": "sleep", "woke": "wake",
    "woken": "wake", "bled": "bleed", "threw": "throw", "thrown": "throw", "shook": "shake", "shaken": "shake",
    "swollen": "swell", "swelled": "swell", "kept": "keep", "gave": "give", "given": "give", "came": "come",
    "took": "take", "taken": "take", "caught": "catch", "began": "begin", "begun": "begin", "spread": "spread",
    "burnt": "burn", "shat": "shit", "feet": "foot", "teeth": "tooth", "women": "woman", "men": "man",
    "children": "child", "kids": "kid", "thighs": "thigh", "calves": "calf", "knives": "knife", "hung": "hang",
    "stood": "stand", "sat": "sit", "lay": "lie", "lain": "lie", "lying": "lie", "threw up": "throw up",
    "got": "get", "gotten": "get", "hit": "hit", "slid": "slide", "drove": "drive", "driven": "drive",
    "held": "hold", "hurts": "hurt", "died": "die", "dying": "die", "tore": "tear", "torn": "tear",
}  # fmt: skip
# Words whose last letters are no ending.
WHOLE = frozenset(
    listed(
        """
        need, feed, seed, bleed, speed, indeed, every, very, only, really, during, morning, evening, thing, nothing,
        something, anything, everything, being, always, perhaps, this, his, us, was, has, does, yes, less, unless,
        bus, plus, pus, gas, previous, as, is, its, body, red, bed, led, bring, string, king, ring, wing, spring,
        sometimes, besides, afterwards, towards, news, series, wellness, business, witness, hers, goes, tuesday,
        sorry, carry, marry, ferry, berry, story, country, sleepy, party, note, notes, cane, care, were, there, here,
        unconscious, virus, sinus, anus, pelvis, arthritis, one, shingles, rabies, ms, tens, diabetes, sepsis, united
        """
    )
)
# Words of four letters whose last "e" falls away before an ending, as in "wiping".
SHORT_E = frozenset(
    listed(
        """
        ache, lose, wipe, wake, take, give, come, move, make, rise, fade, ease, wave, have, hope, tire, hide, ride,
        drive, live, love, hate, use, cope, joke, poke, soak, wire, dose, doze, gape, vape, side, dive, hike
        """
    )
)
# Passed over wherever phrases are compared.
DETERMINERS = frozenset(listed("the, a, an, my, mi, ma, your, his, her, their, our, its, some"))

# Classes that bind the word after them in a rule: at most four words on, and no "but" between.
BINDING: Mapping[str, tuple[str, ...]] = {
    "not": listed("not, no, never, without, no longer, cease to, stopped being able to, stop being able to"),
    "cannot": listed("can not, could not, unable, not able, will not, would not, struggle to, incapable"),
    "less": listed(
        """
        less, reduced, not so much, not as much, no so much, hardly, barely, scarcely, not much, not really, hard to,
        difficult to, not properly, not as, not so, weaker, poor, diminished, decreased, only just
        """
    ),
    "lost": listed("lose, no longer, no more, not any more, stopped, stop, gone off, losing"),
}
# What rules of a pack may use besides its own classes.
CLASSES: Mapping[str, tuple[str, ...]] = {
    "nothing": listed("nothing, nowt, sod all, bugger all, zilch, not a thing, none"),
    "gone": listed("gone!, vanished, disappeared, went!, has left, packed up, packed in, dead"),
    "more": listed(
        """
        more!, more often, more than usual, more than normal, loads more, increased, extra, far more
        """
    ),
    "new": listed(
        """
        new!, newly, recent, recently, just started, never used to, never before, not before, never had, did not
        before, first time, all of a sudden, since this started, since this began, since it started, since my back,
        lately, until now, only since
        """
    ),
    "worse": listed(
        """
        worse!, worsening, worsen, deteriorate, spreading, spread, going downhill, getting bad, badder, increasing,
        more and more, stronger now, gone downhill
        """
    ),
    "better": listed(
        """
        better!, improve, improving, easing, ease off, easing off, settling, on the mend, getting there, wearing off,
        recovering, healing, going off, less bad, less than it was, fading, easier
        """
    ),
    "same": listed(
        """
        same!, no change, unchanged, not changed, has not changed, no different, no difference, nothing new, not any
        different, as ever, as always, as usual, no worse, never changes, steady, stable, constant since, much of a
        muchness, same as ever, same as always, exactly the same, no better no worse, static
        """
    ),
    "little": listed(
        """
        a bit, a little, little, slight, slightly, bit!, mild, mildly, a touch, kind of, sort of, somewhat
        """
    ),
    "very": listed(
        """
        very, really, so!, extremely, terribly, awfully, dead, totally, completely, absolutely, proper
        """
    ),
    "sometimes": listed(
        """
        sometimes, now and then, now and again, on and off, off and on, comes and goes, come and go, occasionally,
        every so often, at times, once in a while, intermittent, in spells, when i sit too long, then comes back
        """
    ),
    "always": listed(
        """
        all the time, always, constant, constantly, non stop, never stops, day and night, 24/7, permanently
        """
    ),
    "sudden": listed(
        """
        sudden, suddenly, all of a sudden, out of nowhere, out of the blue, in an instant, bang!, at once
        """
    ),
    "slow": listed("slow, slowly, gradual, gradually, bit by bit, over time, crept up, little by little"),
    "one_side": listed("one side, one half, on one side, down one side, left side, right side"),
    "both": listed("both!, bilateral, each!, two!, either side, both sides, left and right, right and left"),
    "left": listed("left!, l!, left hand"),
    "right": listed("right!, r!, right hand"),
    "change": listed("different!, change, not the same, does not feel the same, altered, not as it was"),
    "night": listed("night, in bed, nighttime, at night, overnight, 3 am, 4 am, middle of the night"),
    "today": listed(
        """
        today, this morning, last night, yesterday, tonight, this week, since yesterday, an hour ago
        """
    ),
    "years": listed(
        """
        years, year, decade, decades, ages, donkeys years, long time, all my life, childhood, birth
        """
    ),
    "hour": listed("hour, hours, hourly"),
    "week": listed("week, weekly, weeks"),
    "month": listed("month, months, monthly"),
    "walk": listed("walk, walking"),
    "sit": listed("sit, sat, sitting"),
    "stand": listed("stand, standing, stood"),
    "lie": listed("lie!, lying!, lie down, lying down, lying flat"),
    "sleep": listed("sleep, asleep, slept, kip, nod off, drop off"),
    "wake": listed("wake, wake up, woke, waking, wakes"),
    "hurt": listed("hurt, pain, painful, ache, aching, sore, agony, agonising, agonizing, killing, kills"),
    "bad": listed("bad, awful, terrible, horrible, dreadful, severe, excruciating, rotten, horrendous, worst"),
    "well": listed(
        """
        fine!, ok!, okay, normal!, normally, all right, alright, good!, perfect, perfectly, great!, as normal, as it
        should, as they should, like it should, present and correct, in working order, works!, working!, spot on,
        tickety boo, grand!, brilliant, champion!, lovely!, dandy, tip top, mint!, textbook, bang on, a ok, all in
        order, as right as rain, no bother, no problem, no problems, no issues, no trouble, no complaints, no worries,
        healthy, as usual, same as usual, as ever, no change, nothing different, nothing unusual, nothing odd, nothing
        out of the ordinary, nothing wrong, nothing new, regular!, all good, all clear, fit as a fiddle, right as
        rain, no different, no difference, same as always, same as ever, hunky dory, find!, clear!, sound!, as it
        always has, like always, unaffected
        """
    ),
}
