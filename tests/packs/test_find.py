"""Where a pack is found, what its digest covers, and who has approved it."""

import shutil
from pathlib import Path

import pytest
import yaml

from chatbot.errors import InputError, PackError
from chatbot.packs.find import find_pack, pack_names
from chatbot.packs.load import load_folder, load_pack
from chatbot.packs.pack import digest, pack_files
from tests.support.copies import ANKLE, SHIPPED, copied


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package folder that brings one pack along and has others beside it."""
    package = tmp_path / "site" / "chatbot"
    copied(ANKLE, package / "dialogs" / "packaged")
    copied(ANKLE, package.parent / "dialogs" / "packaged")
    copied(ANKLE, package.parent / "dialogs" / "beside")
    return package


def test_a_pack_is_found_by_the_path_of_its_folder(ankle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_pack(str(ankle)) == ankle
    monkeypatch.chdir(ankle.parent)
    assert find_pack("ankle_injury") == Path("ankle_injury")
    assert load_pack(str(ankle)).id == "ankle_injury"


def test_the_packaged_copy_comes_before_the_one_beside_the_package(package: Path) -> None:
    assert find_pack("packaged", package) == package / "dialogs" / "packaged"


def test_a_checkout_without_a_packaged_copy_uses_dialogs_beside_the_package(package: Path) -> None:
    assert find_pack("beside", package) == package.parent / "dialogs" / "beside"
    shutil.rmtree(package / "dialogs")
    assert find_pack("packaged", package) == package.parent / "dialogs" / "packaged"


def test_every_pack_that_comes_along_is_listed_once(package: Path) -> None:
    assert pack_names(package) == ("beside", "packaged")
    assert "low_back_pain" in pack_names()


def test_the_shipped_pack_is_the_one_found_without_a_name() -> None:
    assert find_pack().samefile(SHIPPED)


def test_an_unknown_name_is_told_with_the_nearest_one(package: Path) -> None:
    with pytest.raises(InputError, match=r"^there is no pack 'packagd'; did you mean 'packaged'\?$"):
        find_pack("packagd", package)
    with pytest.raises(InputError, match=r"^there is no pack 'xyzzy'; there are beside, packaged$"):
        find_pack("xyzzy", package)


def test_a_folder_without_a_pack_is_told_what_it_misses(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no pack\.yaml"):
        find_pack(str(tmp_path))


@pytest.mark.parametrize("name", ["", "..", "../dialogs/beside", "a\0b", "x" * 10_000, "/", "~", "."])
def test_a_name_that_cannot_be_a_folder_is_an_input_error(name: str, package: Path) -> None:
    with pytest.raises(InputError) as caught:
        find_pack(name, package)
    assert len(str(caught.value)) < 300


def test_line_ends_do_not_change_the_digest(ankle: Path) -> None:
    before = digest(ankle)
    for path in ankle.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest(ankle) == before


def test_any_byte_of_any_file_changes_the_digest(ankle: Path) -> None:
    seen = {digest(ankle)}
    files = [path for path in pack_files(ankle) if path.name != "review.yaml"]
    assert len(files) == 11
    for path in files:
        content = path.read_bytes()
        for at in (0, len(content) // 2, len(content) - 1):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            seen.add(digest(ankle))
        path.write_bytes(content + b" ")
        seen.add(digest(ankle))
        path.write_bytes(content)
    assert len(seen) == 1 + 4 * len(files)
    assert digest(ankle) in seen


def test_a_file_more_a_file_less_or_another_name_changes_the_digest(ankle: Path) -> None:
    seen = {digest(ankle)}
    (ankle / "notes.txt").write_text("")
    seen.add(digest(ankle))
    (ankle / "notes.txt").rename(ankle / "remarks.txt")
    seen.add(digest(ankle))
    (ankle / "remarks.txt").unlink()
    (ankle / "rules.yaml").unlink()
    seen.add(digest(ankle))
    assert len(seen) == 4


def test_text_moved_from_the_end_of_one_file_to_the_start_of_the_next_changes_the_digest(ankle: Path) -> None:
    before = digest(ankle)
    first, second = ankle / "claims.yaml", ankle / "conflicts.yaml"
    whole = first.read_bytes()
    first.write_bytes(whole[:-10])
    second.write_bytes(whole[-10:] + second.read_bytes())
    assert digest(ankle) != before


def test_the_review_and_hidden_files_are_no_part_of_the_digest(ankle: Path) -> None:
    before = digest(ankle)
    (ankle / "review.yaml").write_text("reviews: [anything]\n")
    (ankle / ".rules.yaml.swp").write_bytes(b"\0")
    (ankle / ".editor").mkdir()
    (ankle / ".editor" / "state.yaml").write_text("x")
    assert digest(ankle) == before
    (ankle / "review.yaml").unlink()
    assert digest(ankle) == before


def test_the_digest_does_not_depend_on_where_the_pack_is(ankle: Path, tmp_path: Path) -> None:
    assert digest(ankle) == digest(ANKLE) == digest(copied(ANKLE, tmp_path / "a" / ".b" / "other"))


def sign(folder: Path, **changes: str) -> None:
    review = {
        "reviewer": "A. Tester",
        "role": "test reviewer",
        "date": "2026-03-02",
        "digest": digest(folder),
        "decision": "approved",
    }
    path = folder / "review.yaml"
    path.write_text(yaml.safe_dump({"reviews": [{**review, **changes}]}, default_style='"'))


def test_content_is_submitted_until_somebody_signs() -> None:
    assert load_folder(ANKLE).status == "submitted"
    assert load_folder(SHIPPED).status == "submitted"


def test_content_is_approved_when_somebody_signed_exactly_this_digest(ankle: Path) -> None:
    sign(ankle)
    assert load_folder(ankle).status == "approved"


def test_a_changed_byte_withdraws_the_approval(ankle: Path) -> None:
    sign(ankle)
    with (ankle / "claims.yaml").open("a") as handle:
        handle.write("# one more remark\n")
    assert load_folder(ankle).status == "submitted"


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"decision": "rejected"}, "rejected"), ({"digest": "0" * 64}, "submitted")],
    ids=["rejected", "another digest"],
)
def test_a_review_that_does_not_approve_this_digest_approves_nothing(
    ankle: Path, changes: dict[str, str], status: str
) -> None:
    sign(ankle, **changes)
    assert load_folder(ankle).status == status


@pytest.mark.parametrize(
    "changes",
    [{"decision": "Approved"}, {"digest": ""}, {"date": "soon"}, {"reviewer": " "}, {"signature": "x"}],
    ids=lambda changes: "".join(changes),
)
def test_a_review_of_a_wrong_shape_is_a_problem_and_approves_nothing(ankle: Path, changes: dict[str, str]) -> None:
    sign(ankle, **changes)
    with pytest.raises(PackError):
        load_folder(ankle)
