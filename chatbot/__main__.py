"""`python -m chatbot` is `triage`."""

from chatbot.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
