"""All lanes, in the order in which they are tried."""

from __future__ import annotations

from benchmarks.survival import boundaries, clocks, crowds, failing, figures, flipping, hostile, killing, restarts, shim
from benchmarks.survival.tally import Lane

LANES = {
    lane.name: lane
    for lane in (
        Lane("kill", killing.run),
        Lane("boundary", boundaries.run, shim.missing),
        Lane("fault", failing.run),
        Lane("flip", flipping.run),
        Lane("writers", crowds.run),
        Lane("restart", restarts.run, restarts.missing),
        Lane("clock", clocks.run),
        Lane("hostile", hostile.run),
        Lane("verify", figures.verify),
        Lane("commit", figures.commit),
    )
}
