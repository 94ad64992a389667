"""The programs that write files of the addon: what is committed is what they write."""

import re
import resource

import make_dashboard
import make_description
import make_screenshots
import pytest
from PIL import Image
from screenshots.shots import ACTION, SHOTS, Shot

LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
SCREENS = make_description.ADDON / "static" / "description" / "screens"
PICTURE_SIZE = 150_000  # bytes


def test_dashboard_files_are_current():
    for name, text in make_dashboard.files().items():
        assert (make_dashboard.FOLDER / name).read_text(encoding="utf-8") == text


def test_description_files_are_current():
    for path, text in make_description.files().items():
        assert path.read_text(encoding="utf-8") == text


def test_pictures_are_complete_and_small():
    sizes = {f"{shot.name}.png": shot.size for shot in SHOTS}
    assert {path.name for path in SCREENS.iterdir()} == set(sizes)
    for name, size in sizes.items():
        assert (SCREENS / name).stat().st_size < PICTURE_SIZE
        with Image.open(SCREENS / name) as picture:
            assert picture.size == size


@pytest.fixture
def enough_memory():
    """Lift the limit that Odoo sets: Chromium reserves more."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.slow
@pytest.mark.usefixtures("enough_memory")
def test_a_picture_is_taken(server, tmp_path):
    shot = Shot("empty", ACTION.format("crm_interaction_action"))
    with server.serve(server.new_database()) as url:
        make_screenshots.take([shot.prepared({})], url, tmp_path)
    make_screenshots.keep(tmp_path, tmp_path / "kept")
    with Image.open(tmp_path / "kept" / "empty.png") as picture:
        assert picture.size == shot.size


def test_pages_show_only_pictures_that_exist():
    pages = [*(make_description.ADDON / "docs").rglob("*.md"), make_description.ADDON / "static/description/index.html"]
    shown = {part.split(".png")[0] for page in pages for part in page.read_text(encoding="utf-8").split("screens/")[1:]}
    assert shown
    assert shown <= {shot.name for shot in SHOTS}


def test_links_of_the_documentation_lead_somewhere():
    pages = [make_description.ADDON.parent / "README.md", *(make_description.ADDON / "docs").rglob("*.md")]
    broken = [
        f"{page.name}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not broken
