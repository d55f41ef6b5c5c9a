"""What is done about a fault, decided without an app."""

from chatbot.tui.crash_guard import ECHOES, MOST, CrashGuard


def test_a_fault_is_told_and_its_echoes_wait_for_that() -> None:
    guard = CrashGuard()
    assert [guard.meet("here") for _ in range(4)] == ["tell", "wait", "wait", "wait"]
    assert guard.crashing


def test_what_does_not_stop_is_no_echo() -> None:
    guard = CrashGuard()
    met = [guard.meet("here") for _ in range(ECHOES + 2)]
    assert met == ["tell", *["wait"] * ECHOES, "end"]


def test_a_fault_in_what_is_told_is_the_end() -> None:
    guard = CrashGuard()
    guard.meet("here")
    guard.is_told = True
    assert guard.meet("here") == "end"


def test_a_fault_may_come_back_so_often_where_nothing_more_is_answered_and_any_number_of_times_elsewhere() -> None:
    stuck, moving = CrashGuard(), CrashGuard()
    met = []
    for step in range(MOST + 1):
        met.append((stuck.meet("here"), moving.meet(step)))
        stuck.go_on()
        moving.go_on()
    assert met == [("tell", "tell")] * MOST + [("end", "tell")]
