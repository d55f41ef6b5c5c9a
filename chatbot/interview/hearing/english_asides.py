"""English said beside an answer: for a person, privacy, meaning, in despair or anger; and words of other languages."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.interview.reading.language import listed

ASIDE_CLASSES: Mapping[str, tuple[str, ...]] = {
    "talk": listed(
        """
        talk to, talk with, speak to, speak with, chat to, ring me, phone me, call me, ring me back, call me back,
        talk, speak, get me, want, need, see, put me through, connect me, transfer me, phone, get hold of, instead of,
        please, prefer, rather have, is there, have you got, can you get, let me
        """
    ),
    "human": listed(
        """
        a human, human!, real person, actual person, a person, somebody, someone, a doctor, doctor, a nurse, nurse,
        gp!, operator, agent, advisor, adviser, receptionist, live person, real human, clinician, paramedic, physio to
        talk
        """
    ),
    "human_whole": listed(
        """
        speak to a human, talk to a human, human please, nurse please, doctor please, real person please, talk to
        somebody, talk to someone, speak to somebody, speak to someone, talk to a person, speak to a person, anyone
        there, anybody there, someone real, somebody real, not a computer, not a machine, not a robot
        """
    ),
    "private": listed(
        """
        private!, privacy, confidential, recorded, recording, my data, my details, my information, anonymous, gdpr,
        stored, store this, who sees, who can see, who will see, who reads, who gets, who has access, get to see, gets
        to see, get to read, going to tell anyone, tell anyone, tell anybody, share this, shared with, passed on, keep
        my details, be on my record, on my records, my employer see, who is going to see, who else sees, who else
        reads, see my answers, see what i write, find out what i
        """
    ),
    "meaning": listed(
        """
        what do you mean, what does that mean, what does this mean, what is that mean, what that means, what it means,
        what this means, what is meant, do not understand, not understand, do not follow, not follow, do not get it,
        not get it, what does, what counts as, can you explain, explain, meaning of, rephrase, in english please,
        plain english, in other words, do not get the question, not sure what you mean, what you mean, what you are
        asking, unclear what, what even is, say that again, define, lost me, huh!, come again, what are you on about,
        do not know what, not know what, no idea what, makes no sense to me, what am i supposed to, do not understand
        the question, how do i do that, how do i test, how do i check
        """
    ),
    "what_is": listed("what is, what are, what is a, what was"),
    "not_meaning": listed(
        """
        wrong, happening, going on, next, this, that, causing, the point, happen, up with, cause, best, chance,
        chances, do
        """
    ),
    "who": listed(
        """
        are you a robot, are you a bot, are you real, are you human, are you a real, a real doctor, are you a doctor,
        are you a nurse, are you a person, talking to a bot!, talking to a robot!, talking to a machine!, talking to a
        computer!, talking to a person!, talking to a human!, talking to a real!, who are you, who is this, who am i
        talking to, who is asking, is this a bot, is this a robot, is this a real, is this ai, are you ai, is this
        automated, who made you, who made this, who runs this, what are you!, is this a person, is this a human, a
        chatbot, is anyone reading this, does anyone read this, is this chatgpt, are you chatgpt, a computer program,
        am i typing to
        """
    ),
    "crisis": listed(
        """
        kill myself, killing myself, end my life, ending my life, end it all, ending it all, thinking of ending it,
        want to end it, going to end it, take my own life, taking my own life, suicide, suicidal, want to die, wish i
        was dead, wish i were dead, better off dead, rather be dead, do not want to live, not want to live, do not
        want to be here any more, not want to be here, no point living, no point in living, no reason to live, harm
        myself, hurt myself on purpose, cut myself on purpose, overdose, do myself in, top myself, not want to wake
        up, wish i would not wake up, better off without me, jump off a bridge, hang myself, nothing to live for, can
        not go on living, want it all to be over, the point in living, the point of living, not see the point in
        living, do not want to carry on living, unalive
        """
    ),
    "emergency": listed(
        """
        need an ambulance, send an ambulance, call an ambulance, ambulance please, get an ambulance, ambulance now,
        order an ambulance, call 999, call 911, ring 999, dial 999, dial 911, call 112, phone 999, am i dying, i am
        dying, i think i am dying, is this an emergency, it is an emergency, this is an emergency, is it an emergency,
        feel like i am dying, going to die, feel like i might die, need urgent help, call 111, should i ring 111,
        ambulance
        """
    ),
    "hospital": listed(
        """
        a and e, a e!, hospital, er!, casualty, accident and emergency, emergency room, emergency department, ed!,
        emergency services
        """
    ),
    "should": listed(
        """
        should, need to, do i, must i, have to, better, ought, want to go, take me, help me now
        """
    ),
    "rude": listed(
        """
        fuck, fuck off, fuck you, fucking, piss off, stupid question, stupid bot, stupid machine, bullshit, this is
        crap, this is shit, useless, crap!, bloody stupid, shut up, idiot, moron, waste of time, pervert, arsehole,
        asshole, wanker, twat, dickhead, bollocks to this, sod off, bugger off, rubbish this, this is rubbish, load of
        rubbish, you are useless, stupid!, dumb question, ridiculous, what a joke, hate this, none of your fucking,
        sick of this, screw you, go to hell, bite me
        """
    ),
    "help": listed(
        """
        help, help me, go back, change my last answer, change my answer, wrong button, pressed the wrong, clicked the
        wrong, made a mistake, undo, start again, start over, how many more, how much longer, how long is this, how
        long does this take, already told you, already said, already answered, told you that, confusing, confused, why
        do you, why are you asking, why are you, why would you, why does it, why on earth, why is that, why ask, is
        that relevant, what has that got to do, relevant, what now, what do i do, what should i do, hello, hi!, is it
        serious, what is wrong with me, will i be, can i take, should i take, do not know what to do, lost!, stuck,
        not working, page is frozen, can i stop, can i skip, do i have to answer, do i have to, how does this work, is
        this nearly done, nearly finished, will it get better, how long will, should i be worried, should i worry, is
        it bad, can you help, need help, same question again, asked me that, you asked that, do i need a scan, do i
        need an mri, what happens next, what happens if, where do i, how do i
        """
    ),
}
# The asides in the order in which one comes before another, each by rules over the classes above.
ASIDES: Mapping[str, tuple[str, ...]] = {
    "crisis": ("crisis",),
    "emergency": ("emergency", "should hospital"),
    "privacy": ("private",),
    "who": ("who",),
    "human": ("human_whole", "talk human"),
    "rude": ("rude",),
    "meaning": ("meaning", "what_is -not_meaning -help"),
    "help": ("help",),
}
# The commonest words of the languages likeliest here, without accents' help and without words that are English too.
FOREIGN = frozenset(
    listed(
        """
        hablo, ingles, inglés, tengo, duele, espalda, dolor, desde, ayer, entiendo, cuarenta, años, anos, por, favor,
        mi, la, el, los, las, que, muy, mucho, puedo, necesito, ayuda, gracias, pierna, estoy, con, una, para, pero,
        cuando, siento, je, ne, pas, comprends, parle, anglais, mal, au, dos, bonjour, merci, suis, j, ai, le, les,
        une, jambe, depuis, est, très, aide, besoin, vous, mon, ma, et, dans, fait, ich, nicht, verstehe, spreche,
        kein, englisch, habe, schmerzen, rücken, rucken, im, und, mein, der, das, seit, bein, kann, bitte, hilfe,
        sehr, ist, mir, nie, rozumiem, mówię, mowie, po, angielsku, boli, mnie, plecy, jest, mam, proszę, prosze,
        noga, od, bardzo, pomocy, não, nao, falo, inglês, tenho, dor, nas, costas, perna, obrigado, obrigada, muito,
        estou, ajuda, capisco, parlo, inglese, ho, schiena, fa, male, alla, mia, sono, aiuto, gamba, grazie, non, nu,
        vorbesc, engleza, înțeleg, inteleg, mă, doare, spatele, am, sunt, vă, rog, bilmiyorum, ingilizce, i̇ngilizce,
        belim, ağriyor, agriyor, çok, cok, anlamiyorum, anlamiyorum, sirtim, sirtim, ağri, var, yok, yardim, lütfen,
        waan, ku, hadlaa, soomaali, aqaan, dhabarka, xanuun, fahmin, mujhe, samajh, nahi, nahin, aaya, kamar, bahut,
        dard, hai, hain, mera, meri, mere, nai, kar, raha, rahi, angrezi, aata, aati, bohat, hoon, aap, kya, main,
        wiem, stiu, știu, tôi, không, hiểu, toi, khong, hieu, ana, mish, bafham, wala, hindi, ako, marunong, likod,
        masakit, ko, ang, sa
        """
    )
) - frozenset(
    listed(
        """
        am, im, no, me, a, on, in, so, do, i, is, an, at, to, he, it, main, par, but, from, des, pain, son, as, mal,
        var, sa, hindi, mi, ma, j, mon
        """
    )
)
