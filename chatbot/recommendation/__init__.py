"""The rules, what they say of a case, and the cited summary of it. Pure."""
