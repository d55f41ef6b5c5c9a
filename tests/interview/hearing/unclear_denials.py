"""Sentences in which a word that may deny stands, and which deny nothing of what is asked: for every line of the block.

And answers to what is asked of a feeling or a function, which deny one word for it and say another.
"""

LINES = {
    "right_now chest": """
        just gone grey and sweaty
        nothing like it before, an elephant sitting on me
        could not finish my sentence for want of breath
        it has not let up since breakfast, right across here
        never been so breathless
        nothing helps the tightness in my chest""",
    "right_now collapse": """
        I just went down in the kitchen
        could not tell you how I ended up on the floor
        do not remember blacking out but they found me there
        never saw the ground coming
        nothing, just black, and then I was on the carpet
        not a word out of me for a minute, she said""",
    "right_now unwell": """
        never felt so ill in my life
        I am just done in, shaking all over
        could not get out of bed, burning up
        not myself at all
        nothing left in me, cold and clammy
        not with it since this morning""",
    "right_now stroke": """
        words did not come out
        nothing moves on that side
        could not lift my cup with that hand
        my smile is just on one side
        never had my mouth hang like this
        not a word makes sense when I talk""",
    "right_now meningitis": """
        could not put my chin down to my chest
        just cannot bear the light
        nothing touches this headache
        never had a neck this stiff
        the spots did not fade under a glass
        not able to look at the window, it hurts my eyes""",
    "right_now cold_leg": """
        could not find a pulse there
        it has just gone white
        nothing warms that foot up
        never known it so icy
        the toes are not pink any more
        not a bit of warmth in it""",
    "right_now swollen_leg": """
        my shoe would not go on that foot
        it is just one calf, tight and hot
        nothing brings the swelling down
        never seen my calf this big
        could not get my sock over it
        not the same size as the other one""",
    "right_now bleeding": """
        it was not brown, it was like tar
        never seen it so dark
        just like coffee grounds
        nothing but black stuff in the bowl
        could not believe how much blood came up
        not food that came up, dark bits""",
    "right_now vomiting": """
        nothing would stay in me
        could not even sip water
        never stops coming back up
        not a drop stays down
        it just all comes straight up
        nothing stopped me being sick""",
    "right_now jaundice": """
        my eyes are not white any more
        never looked this colour
        just a bit mustardy in the mirror
        could not work out why I look like a lemon
        nothing like my usual skin
        not tanned, it is more like a banana""",
    "right_now testicle": """
        could not bear my pants touching it
        just one of them, swollen up
        nothing eases it down there
        never had an ache like this in them
        not right since last night, one sits higher
        I could not sit down for the pain in my balls""",
    "balance_hands unsteady": """
        could not walk a straight line
        I just veer off to one side
        never used to hold on to the walls
        nothing feels firm under me
        not safe on the stairs
        not as sure on my feet""",
    "balance_hands cannot_walk": """
        could not get to the door
        my legs just fold
        nothing happens when I try to step
        never made it out of the chair today
        not without two people holding me
        have not been on my feet since Monday""",
    "balance_hands hand": """
        could not do my buttons
        I just drop everything
        never used to fumble my keys
        nothing stays in my grip
        my fingers do not do as I tell them
        not much feeling in the fingertips""",
    "balance_hands hand_tingling": """
        just the fingertips, on and off
        could not say how often, they buzz
        not all the time
        never for long, they fizz
        nothing much, a bit of a prickle
        only just in the mornings""",
    "balance_hands old_unsteadiness": """
        never been steady, since I was a girl
        could not ever ride a bike
        I have just always been wobbly
        nothing new, I have been like it for years
        not changed in ten years
        my balance was never good""",
    "child_list wont_walk": """
        could not get her to stand
        he just sits there
        never puts that foot down
        nothing gets her on her feet
        she has not taken a step since yesterday
        not putting weight on it""",
    "child_list unwell": """
        could not get him to eat
        she is just not herself
        never seen him this thin
        nothing interests her
        not been right for weeks
        his clothes do not fit him any more, they hang off""",
    "child_list high_fall": """
        could not catch him, off the roof
        she just dropped from the climbing frame
        never saw him go over the wall
        nothing broke his fall
        not from the ground, from the top bunk
        I was not looking and he went off the ladder""",
    "child_list wakes_most_nights": """
        could not settle her any night this week
        he just cries till morning
        never sleeps through now
        nothing gets her back to sleep
        not one night without crying
        has not slept right since it began""",
    "child_list wakes": """
        could not get back off last night
        just the once or twice
        never used to wake
        nothing settled her at 3
        not every night
        did not sleep through on Monday""",
    "child_list curved_or_stiff": """
        could not bend to tie his shoes
        she is just all bent over
        never used to lean like that
        nothing gets him to straighten up
        his shoulders are not level
        not able to touch her toes""",
    "child_list tummy_or_pee": """
        could not hold her wee
        just keeps clutching his tummy
        never used to wet the bed
        nothing helps her tummy ache
        not weeing like she should
        has not stopped going to the toilet""",
    "child_list illness": """
        could not have her jabs because of the chemo
        just finished his cancer treatment
        never been well, born with a bad heart
        nothing worked for his leukaemia till last year
        not out of hospital long, arthritis
        not well since the sickle cell was found""",
    "pregnancy_signs bleeding": """
        could not stop the spotting
        just a few red drops
        never seen so much on the pad
        nothing heavy, a bit of pink
        not a lot, some brown when I wipe
        it has not stopped since lunch""",
    "pregnancy_signs fluid": """
        could not hold it, my knickers are soaked
        just a trickle
        never felt a gush like it
        nothing I can stop, it keeps running
        not wee, clear and watery
        it does not smell like pee""",
    "pregnancy_signs waves": """
        could not talk through the last one
        just every ten minutes
        never this regular before
        nothing takes them away
        not all the time, they come and go
        they do not stop when I lie down""",
    "pregnancy_signs constant_pain": """
        could not get comfy, belly like a board
        just there all the time
        never goes off
        nothing shifts it, my belly
        has not let up
        not for a second does it ease""",
    "pregnancy_signs shoulder_tip": """
        could not lie flat for my shoulder
        just at the top of the shoulder
        never had a shoulder like it
        nothing helps my shoulder
        not the arm, the tip
        I did not knock my shoulder, it just came""",
    "pregnancy_signs headache": """
        could not see straight
        just flashing lights
        never had a head like it
        nothing touches the headache
        my rings do not come off, fingers like sausages
        not been able to look at a screen, my head""",
    "pregnancy_signs moving_less": """
        could not feel a kick all day
        just the odd flutter
        never this quiet before
        nothing since last night
        not moved since breakfast
        baby is not as busy""",
}
FACTS = {
    "saddle_sensation": """
        it is not numb, just asleep
        no numbness, I think it is asleep down below
        not numb, more dull
        no, just weird when I wipe
        not tingly, only odd
        never numb but it feels like cotton wool
        it isn't numb, it's fuzzy
        no numbness as such, just not like it was
        not exactly numb, sort of deadened
        fine, just a bit strange sitting""",
    "bladder_function": """
        not leaking, just dribbling
        no accidents, just slow to start
        I don't wet myself, it just takes ages
        no leaks, only it feels odd when I go
        not stuck, just weak
        no trouble, just can't tell when I'm full
        it isn't numb, it's asleep when I pee
        no leaking, I just have to push
        not blocked, more of a trickle
        normal, just weird""",
    "bowel_function": """
        no accidents, just smears
        not leaking, just can't tell when I need to go
        I don't soil myself, it just feels dull
        no accidents but it's asleep down there
        not incontinent, only odd when I go
        no, just can't hold wind
        it isn't numb, just weird when I push
        not leaking as such, more seeping
        fine, just strange, I don't feel it come
        never soiled myself, I just don't feel it""",
    "leg_weakness": """
        not weak, just heavy
        no weakness, it just gives way
        it isn't weak, it's asleep
        not weak, just dead
        no, just wobbly
        not weakness, more like jelly
        no weakness as such, just drags
        never weak, only odd on stairs
        not weak, it feels like it's not mine
        strong enough, just clumsy""",
    "leg_sensory_change": """
        not numb, just asleep
        no numbness, just tingly
        it isn't numb, it's dull
        not pins and needles, just dead
        no, just fuzzy
        never numb, only weird
        not tingling, more cold water running down
        no numbness as such, feels like cotton wool
        not numb, just odd
        fine, just buzzy""",
}


def sentences(of: dict[str, str]) -> list[tuple[str, str]]:
    """Each sentence with the place at which it is said."""
    return [(place, said.strip()) for place, block in of.items() for said in block.strip().splitlines()]
