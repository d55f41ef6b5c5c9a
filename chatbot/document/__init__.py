"""Documents as plain data, and their folds: lines, ASCII, Markdown, one HTML page; and the writer of drawings."""
