"""Every kind of step as version 0.1.0 kept it, byte for byte; a later kind is added here as it is kept."""

_WHERE = '"at":"2026-03-02T09:00:00.120Z","by":{"who":"patient"},"case":"c1"'
_DONE = (
    (
        '{"answer":{"question":"onset_days","said":"2 to 3 weeks","values":{"onset_days":{"from":14,"to":21}}},'
        '"echo":"about 2 to 3 weeks","kind":"answered","then":"trend"}'
    ),
    (
        '{"answer":{"again":true,"lines":{"chest":"no"},"question":"right_now","said":"no; \\"no\\"",'
        '"values":{"x":"no"}},"kind":"answered","then":"saddle_sensation","typed":""}'
    ),
    '{"kind":"replied","line":"chest","reply":"no","then":"right_now","words":"nope"}',
    '{"kind":"replied","line":"chest","reply":"unknown","then":"right_now"}',
    '{"kind":"raised","then":"bladder_function","words":"I wet myself \\ud83d"}',
    '{"at_hand":"trend","kind":"raised","then":"bladder_function","words":"żółw"}',
    '{"kind":"changed","question":"trend","then":"trend"}',
    '{"kind":"jumped","question":"trend","then":"trend"}',
    '{"kind":"took_reply_back","then":"right_now"}',
    '{"kind":"took_replies_up","then":"right_now"}',
    '{"kind":"went_through","then":"right_now"}',
    '{"kind":"went_back","then":"right_now"}',
    '{"kind":"stopped","then":"right_now"}',
    '{"kind":"confirmed","then":"right_now"}',
    '{"kind":"skipped_rest","then":"right_now"}',
    '{"kind":"continued","then":"right_now"}',
    '{"kind":"taken_up","then":"right_now"}',
    '{"kind":"replied_together","replies":{"chest":"no","stroke":"yes"},"then":"emergency","words":"1 no, 3"}',
    '{"kind":"undid_reply","then":"right_now"}',
)
STEP_BODIES = tuple(
    f'{{{_WHERE},"did":{did},"pack":"p","seq":{number}}}'.encode() for number, did in enumerate(_DONE, start=1)
)
