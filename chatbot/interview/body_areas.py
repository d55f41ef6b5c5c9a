"""The areas of the body outline, a closed set: what a pack's picture may name and what a drawing must show.

Left and right are the person's own.
"""

BACK = (
    "back_head",
    "back_neck",
    "back_upper",
    "back_middle",
    "back_low",
    "back_tailbone",
    "back_arm_left",
    "back_arm_right",
    "back_flank_left",
    "back_flank_right",
    "back_buttock_left",
    "back_buttock_right",
    "back_thigh_left",
    "back_thigh_right",
    "back_calf_left",
    "back_calf_right",
    "back_foot_left",
    "back_foot_right",
)
FRONT = (
    "front_head",
    "front_neck",
    "front_chest",
    "front_ribs",
    "front_belly",
    "front_genitals",
    "front_arm_left",
    "front_arm_right",
    "front_flank_left",
    "front_flank_right",
    "front_hip_left",
    "front_hip_right",
    "front_groin_left",
    "front_groin_right",
    "front_thigh_left",
    "front_thigh_right",
    "front_shin_left",
    "front_shin_right",
    "front_foot_left",
    "front_foot_right",
)
AREAS = (*FRONT, *BACK)
