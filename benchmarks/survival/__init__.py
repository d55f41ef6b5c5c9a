"""Trying whether records survive: kills, faults of the disk, damage, many writers, restarts, clocks; and figures."""
