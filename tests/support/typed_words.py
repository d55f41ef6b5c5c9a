"""What people type, by question, and the option or lines they mean."""

from collections.abc import Mapping

AGAIN = "asked again"

# By question: the option or lines that are meant (joined by "+"), and the words people use for them.
TYPED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "right_now": {
        "chest": ("chest pain", "My chest hurts", "can't breathe", "cant breathe", "struggling to breathe", "jaw pain"),
        "collapse": ("I passed out", "passed out yesterday", "i keep fainting", "I blacked out"),
        "unwell": ("grey and sweaty", "he is confused", "clammy"),
        "stroke": ("my face has dropped", "slurring my words", "one side of my body has gone weak"),
        "meningitis": ("stiff neck and fever", "rash that won't fade"),
        "cold_leg": ("my foot has gone blue", "my left leg has gone cold", "foot is cold and pale"),
        "swollen_leg": ("my calf is hot", "one leg is swollen", "calf is hot and red"),
        "bleeding": ("vomited blood", "black sticky poo", "my poo is black"),
        "vomiting": ("I keep being sick", "can't keep fluids down"),
        "jaundice": ("my eyes are yellow", "Jaundiced"),
        "testicle": ("pain in my testicle", "my testicle hurts"),
        "chest+collapse": ("chest pain, i fainted", "1 and 2", "my chest hurts and I fainted"),
        AGAIN: (
            "I have a cold", "I am confused", "no chest pain", "it comes and goes", "one leg has gone weak",
            "maybe chest pain", "it has gone", "i fell asleep",
        ),
    },
    "saddle_sensation": {
        "normal": (
            "normal", "Feels normal", "fine", "all fine", "no change", "same as usual", "no", "I can feel it fine",
        ),
        "longstanding_unchanged": ("numb there for years and no different",),
        "altered": (
            "tingly down there", "pins and needles between my legs", "a bit numb between my legs", "less feeling",
            "numb round my bum", "both cheeks are numb", "slightly numb down there",
        ),
        "numb": (
            "numb", "Numb!", "totally numb", "completely numb down there", "can't feel the paper",
            "I can't feel the paper when I wipe", "cant feel the paper when i wipe", "I can\u2019t feel when I wipe",
            "can't feel anything down there", "numb down there", "numb genitals", "saddle anaesthesia", "totaly numb",
        ),
        AGAIN: (
            "not numb", "no numbness", "it is not normal", "abnormal", "now numb", "not fine", "no it is different",
            "a bit different", "I can feel the paper", "numb?", "maybe numb", "I think it's normal", "weird", "yes",
            "normal or numb", "no longer normal", "hardly any feeling", "not the same as usual",
        ),
    },
    "cauda_symptom_timing": {
        "recent": (
            "last week", "3 days ago", "a week ago", "just started", "Started yesterday", "this morning", "today",
        ),
        "worse": ("older but getting worse", "getting worse", "keeps getting worse"),
        "steady": ("the same for a month", "no change for weeks", "months ago and just the same"),
        AGAIN: ("just the same", "the same", "no", "30 days ago", "not getting worse", "a while ago", "it changes"),
    },
    "bladder_function": {
        "normal": ("normal", "fine", "same as usual", "no problems", "No problem", "peeing fine", "no change"),
        "hesitancy": (
            "slow to start", "hard to get started", "weak flow", "poor stream", "Hesitancy",
            "takes ages to get going",
        ),
        "retention": (
            "haven't been able to pee", "havent been able to pee", "I haven't peed since this morning",
            "haven\u2019t peed since this morning", "can't urinate", "unable to pee", "only a dribble comes out",
            "in retention",
        ),
        "incontinence": ("peed myself", "I've peed myself", "wetting myself", "wet the bed", "incontinent"),
        "urgency_or_poor_control": (
            "have to run to the toilet", "can't hold it in", "wearing pads", "I have to rush to the loo",
        ),
        "reduced_sensation": ("can't feel it come out", "can't tell when I need to pee", "can't feel my bladder"),
        "longstanding_stress_leak": ("leak when I cough for years",),
        AGAIN: (
            "I have been able to pee", "not normal", "abnormal", "it leaks", "I can pee but it's different",
            "can hold it in",
            "no it is different", "no I have trouble peeing", "not fine", "I can feel it come out", "not retention",
        ),
    },
    "bowel_function": {
        "normal": ("normal", "fine", "regular", "same as usual", "no problems"),
        "constipation_only": ("just constipated but I can feel it", "constipated but i can feel the need"),
        "reduced_sensation": ("can't feel myself go", "no urge to go", "can't feel it come out"),
        "incontinence": ("had an accident", "leaking poo", "I have pooed myself", "soiled the bed", "can't hold it in"),
        AGAIN: (
            "constipated", "irregular", "not regular", "not normal", "I can feel myself go", "no accidents",
            "hold it in",
        ),
    },
    "longstanding_checked": {
        "yes": ("my GP checked it", "been checked", "yes", "it has been checked"),
        "no": ("not checked", "It has not been checked", "never checked", "nobody has checked it", "not yet"),
        AGAIN: ("will be checked", "checked?", "I am on a waiting list", "the doctor examined me"),
    },
    "leg_symptom_side": {
        "none": (
            "none", "legs fine", "legs are fine", "no just my back", "No, just my back", "just the back", "neither",
        ),
        "left": ("left foot", "left calf", "on the left", "down my left leg", "left side", "L"),
        "right": ("right foot", "right calf", "on the right", "only the right", "right one", "R"),
        "both": ("both of them", "both feet", "both sides", "left and right", "bilateral"),
        AGAIN: (
            "left or right", "not left", "I think left", "no leg pain", "not both", "that's right then", "my legs",
            "not fine",
        ),
    },
    "leg_weakness": {
        "none": ("normal", "fine", "strong", "strong as ever", "full strength", "not weak", "no weakness"),
        "mild": ("slightly weak", "a bit weaker", "one leg is a bit weaker", "mild"),
        "severe": (
            "can't stand on my heels", "cant stand on my heels", "my foot drags", "my foot drops",
            "I can't lift my toes",
            "can't walk on my toes", "can't move my foot", "foot drop", "severe",
        ),
        AGAIN: (
            "no", "nope", "none", "I can't", "not strong", "not normal", "weak", "it has gone", "I can't move",
            "no I have weakness in it", "I can stand on my heels", "I couldn't do all three", "no trouble",
        ),
    },
    "leg_sensory_change": {
        "none": ("fine", "feels normal", "no numbness and no tingling", "normal"),
        "tingling": ("it tingles", "tingly", "a bit tingly", "tingling in my foot", "numb now and then"),
        "constant_numbness": ("numb patch", "my foot is numb all the time", "numb toes all the time", "always numb"),
        AGAIN: (
            "no", "nope", "none", "numb", "not fine", "no tingling", "no feeling", "not numb all the time",
            "I can feel my foot",
        ),
    },
    "leg_symptom_extent": {
        "buttock_only": ("my bum", "buttock", "only the buttock"),
        "buttock_or_thigh": ("thigh", "my thigh", "above the knee", "not past the knee"),
        "below_knee": ("calf", "my calf", "shin", "ankle", "past the knee"),
        "foot": ("foot", "toes", "my foot", "my toes", "the foot", "to my foot", "to my toes", "big toe"),
        AGAIN: ("knee", "not the foot", "thigh or calf", "not to my toes", "quite far", "all over"),
    },
    "neuro_course": {
        "new_within_14d": ("last week", "a week ago", "3 days ago", "yesterday", "this morning", "Today."),
        "stable_over_14d": ("the same for weeks", "no change for months"),
        "slow_worsening": ("gradually worse over weeks", "worse week by week"),
        "rapid_worsening": ("getting worse every day", "getting worse quickly", "worse by the day"),
        "slow_over_months": ("slowly over months",),
        AGAIN: (
            "getting better", "slowly getting worse", "gradually worse", "getting worse",
            "not getting worse quickly", "no",
        ),
    },
    "sexual_function_change": {
        "no": ("normal", "fine", "no problems"),
        "yes": ("numb genitals", "can't orgasm any more"),
        AGAIN: ("not normal", "not fine", "it hurts"),
    },
    "balance_hands": {
        "unsteady": ("my legs feel heavy", "I keep stumbling", "my balance has gone"),
        "cannot_walk": ("my legs went from under me", "legs won't hold me"),
        "hand": ("clumsy hands", "my hand is numb", "dropping things", "trouble with buttons"),
        "hand_tingling": ("my hand tingles at night",),
        "old_unsteadiness": ("poor balance for years and no different",),
        "hand+unsteady": ("my legs feel heavy, dropping things",),
        AGAIN: (
            "it has gone", "they have gone", "can't walk", "no dropping things", "my hand is not numb", "I can walk",
        ),
    },
    "fever_chills": {
        "none": ("none", "nah", "no temperature", "no fever", "no fever or chills", "afebrile", "no"),
        "yes": ("shivering", "shaking chills", "a temperature", "had a fever", "No, I have a fever", "rigors", "yes"),
        AGAIN: (
            "no chills", "not shivering", "a bit hot", "maybe a fever", "no shivering", "night sweats",
            "never shivering",
        ),
    },
    "pregnancy_status": {
        "under_20w": ("12 weeks", "12 weeks pregnant", "19 weeks pregnant", "first trimester", "three months pregnant"),
        "20w_or_more": ("28 weeks", "20 weeks pregnant", "six months pregnant", "third trimester", "39 weeks"),
        "postpartum_6w": ("just gave birth", "had a baby three weeks ago", "I had a baby 3 weeks ago"),
        "possibly": ("my period is a week late", "could be pregnant", "period is a week late", "I might be pregnant"),
        "not_pregnant": ("menopause", "had a hysterectomy", "I am not pregnant", "no"),
        AGAIN: (
            "pregnant", "perimenopause", "no period", "3 weeks", "four months pregnant", "on the pill",
            "13 weeks or 22 weeks",
        ),
    },
    "pregnancy_signs": {
        "fluid": ("my water broke",),
        "moving_less": ("baby is not moving", "can't feel my baby move"),
        "bleeding+headache": ("heavy bleeding, flashing lights",),
        AGAIN: ("baby is moving", "no bleeding"),
    },
    "how_started": {
        "slowly": ("gradually", "built up slowly", "Gradual"),
        "all_at_once": ("sudden", "came on suddenly"),
        "lifting": ("lifting a box", "twisted my back", "I sneezed"),
        "small_fall": ("tripped on the kerb", "slipped on ice"),
        "serious": ("fell from a ladder", "motorway crash", "a car hit me"),
        "all_at_once+lifting": ("sudden, lifting", "suddenly and lifting"),
        AGAIN: ("I fell", "car crash", "fell down the stairs", "no lifting", "not suddenly", "gardening"),
    },
    "trauma": {
        "none": ("none", "no injury", "just woke up with it"),
        "strain_or_lift": ("lifting a box", "bent over"),
        "minor": ("slipped over", "tripped"),
        "significant": ("fell from a ladder", "run over"),
        AGAIN: ("I fell", "car accident", "no fall", "not lifting"),
    },
    "onset_mode": {
        "gradual": ("gradually", "over a few days"),
        "sudden": ("sudden onset", "in an instant"),
        "sudden_severe": ("sudden worst pain ever",),
        AGAIN: ("not sudden", "suddenly or slowly"),
    },
    "tummy_side_pee_skin": {
        "tummy_little": ("mild tummy pain",),
        "tummy_very_bad": ("severe stomach pain",),
        "burning_pee": ("it stings when I pee", "hurts to pee"),
        "blood_in_pee": ("blood in my urine", "my pee is red"),
        "rash": ("shingles rash",),
        "new_shape": ("a lump on my spine",),
        AGAIN: ("no blood in my pee", "tummy", "pee"),
    },
    "illnesses": {
        "cancer": ("breast cancer", "I had cancer"),
        "slipped_disc": ("herniated disk", "disc bulge"),
        "back_operation": ("had back surgery",),
        "slipped_disc+thin_bones": ("slipped disk, osteoporosis",),
        AGAIN: ("sciatica", "no cancer", "sickle cell trait", "stiff spine"),
    },
    "cancer_history": {
        "none": ("never had cancer", "no"),
        "past": ("had breast cancer", "prostate cancer five years ago"),
        "under_investigation": ("being tested",),
        "active_or_metastatic": ("I have cancer now", "having chemo", "No, I have cancer", "cancer has spread"),
        AGAIN: ("breast cancer", "had cancer", "it has not spread", "not on chemo"),
    },
    "infection_risk": {
        "diabetes": ("type 2 diabetes", "diabetic on insulin", "Diabetes type 1"),
        "recent_minor_infection": ("on antibiotics", "urinary tract infection"),
        "recent_spinal_procedure": ("epidural for the birth", "spinal tap"),
        "iv_drug_use": ("I inject drugs",),
        "diabetes+dialysis_or_line": ("type 2 diabetes, on dialysis",),
        AGAIN: ("prediabetes", "not diabetic", "no infection", "borderline diabetic"),
    },
    "medicines": {
        "low_dose_aspirin": ("aspirin", "Aspirin 75mg", "baby aspirin", "clopidogrel and nothing else"),
        "blood_thinner": (
            "eliquis", "xarelto", "aspirin and clopidogrel", "aspirin, clopidogrel", "aspirin, plavix",
            "plavix and aspirin",
        ),
        "antidepressant": ("zoloft", "prozac", "Sertraline"),
        "anti_inflammatory": ("aleve", "motrin", "Ibuprofen"),
        "water_tablet": ("lasix", "water tablets"),
        "opioid": ("oxycontin", "oramorph", "codeine"),
        "paracetamol": ("tylenol", "calpol"),
        "opioid+paracetamol": ("paracetamol and codeine", "tylenol, codeine"),
        "low_dose_aspirin+warfarin": ("warfarin, aspirin",),
        "ace_or_arb+anti_inflammatory+antidepressant": ("ramipril, aleve, zoloft",),
        AGAIN: (
            # Two medicines in one tablet, and two clotting tablets named apart: picked from the list instead.
            "co-codamol", "vicodin", "percocet", "clopidogrel", "plavix", "aspirin, clopidogrel, ramipril",
            "low dose aspirin, plavix, ramipril", "no aspirin", "ibuprofen gel", "tablets",
        ),
    },
    "blood_thinner": {
        "none": ("no blood thinners", "no"),
        "antiplatelet": ("aspirin", "plavix", "clopidogrel"),
        "anticoagulant": ("eliquis", "xarelto", "aspirin and plavix", "aspirin, clopidogrel"),
        AGAIN: ("not warfarin", "used to", "yes"),
    },
    "steroid_use": {
        "none": ("only inhalers", "no"),
        "short_course": ("two weeks", "for a month"),
        "prolonged": ("six months", "many years", "long-term"),
        AGAIN: ("yes", "not long term"),
    },
    "prior_spine_surgery": {
        "none": ("no operation",),
        "over_3_months": ("two years ago", "six months ago"),
        "within_3_months": ("three weeks ago",),
        AGAIN: ("yes", "I had one", "three months ago"),
    },
    "osteoporosis_or_fragility_fracture": {"yes": ("osteoporotic",), "no": ("never",), AGAIN: ("no osteoporosis",)},
    "breastfeeding": {"yes": ("still breastfeeding",), "no": ("bottle feeding", "not breastfeeding")},
    "pain_location": {
        "low_back": ("my lower back", "lower back pain", "bottom of my back"),
        "buttock": ("my bum", "left buttock"),
        "groin_or_hip": ("my hip", "hips"),
        "thoracic": ("mid-back", "shoulder blades"),
        "whole_spine": ("my whole back",),
        "buttock+low_back": ("lower back and buttock", "low back, my bum"),
        AGAIN: ("back", "left", "not my hip", "below the ribs"),
    },
    "pain_like": {
        "constant": ("it never stops", "no position eases it"),
        "keeps_awake": ("keeps me awake all night",),
        "wakes": ("wakes me but I get back to sleep",),
        "weight_loss": ("I've lost weight",),
        "unwell": ("worn out", "lost my appetite"),
        "constant+weight_loss": ("it never stops, lost a stone",),
        AGAIN: ("it wakes me", "no weight loss", "it stops", "I have not lost weight", "never keeps me awake"),
    },
    "trend": {
        "improving": ("a bit better", "much better"),
        "stable": ("same", "just the same", "no better no worse", "not getting better"),
        "worsening": ("a bit worse", "slowly getting worse"),
        AGAIN: ("not worse", "better or worse", "changed"),
    },
    "functional_limitation": {
        "none": ("none", "not limited"),
        "mild": ("mild", "a little bit"),
        "moderate": ("moderate", "quite a bit"),
        "severe": ("severe", "almost everything"),
        "cannot_stand_or_walk": ("I can't walk", "unable to stand"),
        AGAIN: ("I can walk", "not moderate", "limited", "a lot"),
    },
    "stomach_kidney_heart": {
        "ulcer": ("stomach ulcers",),
        "blood_pressure": ("high BP", "high bp"),
        "heart": ("had a heart attack", "had a stroke"),
        "smoking": ("I used to smoke",),
        "blood_pressure+heart": ("had a heart attack, high bp",),
        AGAIN: (
            "leg ulcers", "non-smoker", "never smoked", "low blood pressure", "no high blood pressure",
            "gastric bypass",
        ),
    },
    "liver_or_alcohol": {"no": ("I don't drink",), "liver_disease": ("liver problems",), AGAIN: ("a glass of wine",)},
    "how_it_affects_you": {
        "low_mood": ("feeling down",),
        "fear": ("I am scared to move",),
        "hopeless": ("no hope left",),
        "work": ("off work because of my back",),
        "fear+low_mood": ("feeling low, too scared to bend",),
        AGAIN: ("not hopeless", "not depressed", "hope"),
    },
    "self_harm_thoughts": {
        "yes": ("kill myself", "end my life", "Yes, I have a plan", "I don't feel safe", "I'm not safe", "yes"),
        "no": ("god no", "never", "no"),
        "thoughts_no_plan": ("thoughts no plan", "Yes, but no plan", "yes but no plan"),
        AGAIN: (
            "I would never", "I feel safe", "I have no plan", "no plan", "sometimes", "not never", "thoughts",
            "I would not kill myself", "I do not want to end my life",
        ),
    },
    "treatments_tried": {
        "exercise_or_physio+heat": ("physiotherapy, hot bath",),
        "nsaid": ("aleve", "motrin"),
        AGAIN: ("co-codamol", "no physio"),
    },
    "treatment_response": {
        "helped": ("a lot", "it helped a lot"),
        "partly": ("helped a bit", "somewhat"),
        "no_help": ("it did not help", "didn't work", "nothing"),
        AGAIN: ("yes", "not useless", "not much"),
    },
    "morning_stiffness": {
        "none": ("not stiff at all", "no"),
        "under_30min": ("10 minutes", "20 mins", "less than half an hour"),
        "30min_or_more": ("30 minutes", "an hour", "one hour", "2 hours", "more than half an hour"),
        AGAIN: ("stiff", "not an hour", "half"),
    },
    "sedation_risk": {
        "drives_or_machinery": ("bus driver", "I'm a bus driver"),
        "falls": ("fell last year",),
        "drives_or_machinery+other_sedatives_or_opioid": ("driving, sleeping pills",),
        AGAIN: ("I don't drive", "no falls"),
    },
    "mri_contraindication": {
        "possible_implant_or_metal": ("pace maker", "hip replacement"),
        "none": ("no metal",),
        AGAIN: ("metal", "no pacemaker"),
    },
}  # fmt: skip
