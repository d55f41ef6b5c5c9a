"""English around a finding: denial, other people, other times, fears, hedges, and how an answer begins.

Written as in `english`; none of these can be used in the rules of a pack.
"""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.interview.reading.language import listed

SCOPES: Mapping[str, tuple[str, ...]] = {
    "deny": listed(
        """
        not, no, never, none, without, neither, nor, nothing, deny, denies, denied, free of, ruled out, instead of,
        rather than, nobody, no one, nowhere
        """
    ),
    # A denying word in them that denies nothing that follows.
    "no_denial": listed(
        """
        can not, could not, not able, no longer, not only, not just, not sure, no wait, no idea, not certain, no more,
        not any more, not anymore, no matter, not being able, never used to, never before, not until, never had this
        before, not been able, no better, not better, not getting better, not improving, no control, no warning, not
        to mention, not like me, no joke, not what it was, not myself, not right, no relief, no let up, not let up, no
        appetite, no energy, not sleeping, no sleep, not know, not to worry, not safe, dare not, why not, no doubt,
        does not help, did not help, no help, not stopped, not gone, not stop, not my fault, not even, not so much,
        not much, not really, not as, not so, not properly, not remember, not recall, not changed, nothing helps,
        nothing eases, nothing stops, nothing touches, nothing shifts, nothing works, nothing makes, nothing would,
        nothing could, nothing will, nothing can, nothing stays, nothing takes, nothing relieves, nothing brings,
        nothing gets, nothing moves, nothing happens, nothing warms, nothing does, nothing did, nothing keeps, nothing
        settles
        """
    ),
    # What is not as it should be, whatever it is called.
    "amiss": listed(
        """
        asleep, gone to sleep, dull, dulled, odd, oddly, weird, weirdly, funny, strange, strangely, peculiar, tingly,
        tingling, tingle, fuzzy, buzzy, buzzing, fizzy, prickly, prickling, woolly, cotton wool, dead!, deadened, heavy,
        wobbly, jelly, clumsy, unusual, different!, not like it was, not mine, not right, as if, as though,
        not the same, drags, dragging, slow, slower, leaks, dribbles, dribbling, trickle, seeping, smears
        """
    ),
    "but": listed("but, however, although, though, except, apart from, other than, only that, yet"),
    "because": listed("because, since i, as i, so that, due to, thanks to"),
    "person": listed(
        """
        mum, mom, mother, mam, mummy, dad, father, gran, nan, grandma, grandad, grandfather, grandmother, granny,
        husband, wife, partner, brother, sister, son, daughter, aunt, auntie, uncle, cousin, friend, mate of mine, man
        next door, woman next door, next door, lady next door, mate has, mate had, mate got, mate is, mate who, mate
        at work, a mate of, neighbour, neighbor, colleague, workmate, boss, girlfriend, boyfriend, mother in law,
        father in law, somebody i know, someone i know, a woman at work, a man at work, a bloke at work, lad at work,
        nephew, niece, kid!, child!, toddler, flatmate, relative, relatives, family, in the family, people, a lady,
        this guy, my ex, other half, hubby, missus, everyone, everybody, my nana, nanna
        """
    ),
    # Never the one whose trouble is told.
    "animal": listed("dog, cat, puppy, kitten, pony, hamster, rabbit, budgie"),
    "own": listed("i, me, myself, mine, my own, i have, i am, we"),
    "third": listed("he, she, they, him, hers, theirs"),
    "says": listed("says, say, said, reckons, thinks, tells me, told me, noticed, saw, found me, pointed out"),
    "past": listed(
        """
        years ago, year ago, as a child, as a kid, as a teenager, as a baby, when i was a child, when i was a kid,
        when i was little, when i was young, when i was younger, when i was at school, back then, back in the day,
        decades ago, last year, in my teens, in my twenties, in my thirties, once upon a time, in the past, a long
        time ago, ages ago, in another life, previously, last time i had this, the year before last, first pregnancy,
        when i was born, but that went, went away, cleared up, it passed, has passed, over now, got over it, fully
        recovered, all gone now, long gone
        """
    ),
    "present": listed(
        """
        now, still!, again!, today, yesterday, this week, since then, ever since, this morning, last night, tonight,
        this time, lately, at the moment, currently, these days, since monday, since tuesday, since wednesday, since
        thursday, since friday, since saturday, since sunday, last few days, past few days, this weekend, since my
        back, since the back, since this, last week, getting worse, worse!, spreading, new!, back again
        """
    ),
    # Worry: what is feared is no illness that somebody has, yet a symptom that worries is a symptom.
    "feared": listed(
        """
        worried, worry, scared, afraid, terrified, frightened, anxious, fear, hope it is not, hope i do not, paranoid,
        panicking, thinking it might be, thinking it may be, convinced, dread, hoping it is not, scare, might be, may
        be, could be, it might, might have, suspect
        """
    ),
    "supposed": listed(
        """
        what if, could it be, might it be, in case, googled, read that, read about, dr google, the internet says,
        wonder if, wondering if, does that mean, could this be, could i have, what happens if, can you get, if i get,
        if i got, if it was, if i had, could this cause, can this cause, could it cause, read on, next thing, might
        get, do not want to end up, do not want to get, would be, if i became, could i get, will i get, will i become,
        if i ever, if ever, what would, would happen, would be if, supposing
        """
    ),
    "asked": listed(
        """
        asked about, asked me about, asked if, asked whether, look out for, looking out for, watch out for, watch for,
        checked for, checking for, told to look for, warned about, warned me about, if i get, if i got, if you get,
        tested for, screened for, supposed to tell
        """
    ),
    # Asked about as a word: "what is psoriasis", but not "what is this numbness".
    "defined": listed(
        """
        what is, what are, what does, what do you mean by, what counts as, mean by, meant by, define, what was
        """
    ),
    "hedge": listed(
        """
        maybe, perhaps, possibly, probably, might, might be, may be, could be, could have, i think, i guess, i
        suppose, i reckon, i believe, sort of, kind of, seems, seem, as if, not sure, not certain, dunno, sometimes,
        mostly, mainly, almost, nearly, half, not really, hard to say, depends, a bit, or
        """
    ),
    "old": listed(
        """
        for years, years now, all my life, always have, always had, always been, have always, has always, since
        childhood, since i was, since the kids, since having kids, since having, since i had, since the birth, after
        the kids, after having kids, since birth, long standing, longstanding, for decades, donkeys years, years ago,
        as long as i can remember, lifelong, ever since i had, for a long time, long term, chronic, same for years,
        had it years, many years, years and years, several years, couple of years, few years, old problem, old thing,
        an old injury, that is old, nothing to do with this, before this, long before, before my back, since my
        operation, since an operation, since my hysterectomy, since my prostate
        """
    ),
    "corrected": listed(
        """
        no wait, wait, i mean, i meant, scrub that, correction, sorry no, no sorry, actually no, no actually, let me
        start again, or rather, i tell a lie, tell a lie, hang on, hold on, on second thoughts, no sorry i mean
        """
    ),
    "when": listed("when, if, whenever, while, as soon as, after, whilst, where"),
    "pronoun": listed("it, they, one, ones, that, this, there, them"),
    "verb": listed(
        """
        is, are, am, ache, stay, run, turn, give, work, let, make, live, was, were, has, have, might, had, do, does,
        did, can, could, will, would, feel, keep, go!, goes, going, went, get, come, hurt, start, begin, look, seem,
        won, need, want, wake, think, know, be, been, say, take
        """
    ),
}
# How an answer begins or is all of an answer.
REPLIES: Mapping[str, tuple[str, ...]] = {
    "yes": listed(
        """
        yes, y!, definitely, absolutely, certainly, of course, correct, true!, affirmative, sure!, afraid so,
        unfortunately, sadly, too right, sure thing, sure is, sure do, you bet, bang on, guilty, think so, i think so,
        believe so
        """
    ),
    # A yes only where nothing else is said: "I am", but not "I am female".
    "yes_alone": listed(
        """
        i do, i have, i am, it is, it does, it has, there is, it did, i did, they do, it was, they are, i can, i could
        """
    ),
    "no": listed(
        """
        no, n!, not at all, never, negative, false!, definitely not, absolutely not, certainly not, of course not, no
        way, god no, not me, i do not, i have not, i am not, it is not, it does not, it has not, it did not, they do
        not, do not think so, not really, not that i know, not that i can think of, not that i can tell, not that i am
        aware, not that i have noticed, not any, i did not, no chance, not likely, not applicable, not to my
        knowledge, does not apply, n / a, na, i wish, if only, not any more, not at the moment, not currently, far
        from it, hardly ever, nil!, did not, nothing to report, not as far as i know, not noticed, not that one, not a
        chance, not yet, hope not, i hope not, came close, not that anyone, not that anybody, not that a doctor, not
        that they, nobody has said, no one has said, never been told, not been told, not had that, never had that,
        never had it, never had one, not for me, not guilty, no sir, no sign, no sign of, not once, not that i have
        been told, not ever, not so far, nothing to speak of, not especially, not particularly, wish i did, not as
        such, not in the slightest, not a bit, not a jot
        """
    ),
    "none": listed(
        """
        all no, all negative, no to the lot, no to all that, all clear, all good, all fine, none, none of these, none
        of them, none of those, none of that, none of the above, nothing like that, nothing like this, no to all, no
        to everything, nothing, nothing applies, none apply, neither, neither of them, not any of them, not any of
        these, no none, nothing at all, none at all, no nothing, nothing on there, nothing here, do not take anything,
        not on anything, not taking anything, do not have any, have not got any, not had any, nothing yet, clear on
        all, all of them no, none of it, nothing of the sort, not one of them, not a single one
        """
    ),
    "unsure": listed(
        """
        not sure, unsure, do not know, no idea, not certain, can not tell, could not tell, can not say, could not say,
        hard to say, hard to tell, can not remember, do not remember, no clue, have not a clue, not a clue, maybe,
        perhaps, possibly, might be, could be, might have, have not checked, not checked, did not try, have not tried,
        not tried, impossible to say, difficult to say, your guess is as good as mine, never checked, never looked,
        could not try, can not try, uncertain, not been tested, never been tested, who knows, search me, not looked,
        difficult to tell, not noticed either way, difficult to know, no way of knowing, hard to know, beats me, can
        not be sure, could not be sure, not paid attention, not been paying attention, not thought about it, never
        thought about, no one has checked, not entirely sure, would not know, would not like to say, how would i know,
        i forget, not a hundred percent, not 100 percent, not too sure, difficult one, tricky one, toss up, you tell
        me, wish i knew
        """
    ),
    "decline": listed(
        """
        rather not say, rather not, rather not answer, none of your beeswax, prefer not, prefer not to say, none of
        your business, mind your own, not saying, not answering, not telling, that is personal, too personal, that is
        private, skip!, skip this, pass!, next!, next question, next please, do not want to say, do not want to
        answer, do not want to talk about, rather not talk about, do not like to say, too embarrassing, too
        embarrassed to say, not comfortable, not your business, keep that to myself, no comment, not discussing, do
        not want to discuss, rather keep, rather keep that, keep it to myself, not going there, not something i talk
        about, do not wish to answer, not going to answer, not going to say, leave that one, leave it blank, move on,
        i will pass, do not ask me that, not talking about, refuse, decline, do not wish to
        """
    ),
    # Said in an answer, and saying nothing of it.
    "filler": listed(
        """
        the, a, an, and, it, is, it is, well!, oh, um, er, erm, uh, hmm, like, so!, just, really, actually, honestly,
        to be honest, tbh, please, thanks, thank you, thank god, thank goodness, thankfully, thank heavens, luckily,
        touch wood, love!, mate, pal, duck, dear, doctor, nurse, sorry, mind you, you know, i mean, at all, that,
        there, of, in, to, them, these, those, all, any, with, me, my, i, are, am, do, have, has, had, got, been, lol,
        haha, ha, god, in that department, department, down there, here, on that front, as far as i can tell, as far
        as i know, that i know of, that i have noticed, i would say, nothing, whatsoever, whatever, everything, this,
        for, on, quite, pretty, very, much, still!, now, feels, feel, seems, was, be, everything is, both, thing,
        things, ever, side, as, they, we, you, he, she, up, yet, anything, or, good, lucky, i am lucky, then, anyway,
        again, one
        """
    ),
    "question": listed(
        """
        what, why, how, who, when!, which, does this, do you, can i, can you, should i, will i, is it, am i, are you,
        is this, is there, is that, do i, could you, could i, would it
        """
    ),
}
