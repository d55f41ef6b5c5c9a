"""The program's own texts, one file a language, and the one way in which a text is said.

A file has five groups. `shells` is said by every shell, `app` by the app alone and in place of the same text of the
shells, `carer` to carers in place of the same text of the shells, `result` and `words` only where a pack that was kept
with a case lacks a text or a country's word that this version needs. What is clinical, and what a result says, stands
in the pack.
"""
