"""Typed words read as an answer: algorithms without words, and one file of words for each language."""
