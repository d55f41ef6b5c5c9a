"""A day of a clinic that goes by in minutes: patients, nurses, troubles, and a judge who saw none of it."""
