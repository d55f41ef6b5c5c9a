"""Questions, typed answers, and the state machine that asks them. Pure."""
