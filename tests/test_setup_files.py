"""Check the files of the addon: generated ones are current, and views are in the expected files."""

import re
import resource
from xml.etree import ElementTree

import make_dashboard
import make_description
import make_screenshots
import pytest
from PIL import Image
from screenshots.shots import ACTION, SHOTS, Shot

LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
SCREENS = make_description.ADDON / "static" / "description" / "screens"
PICTURE_SIZE = 150_000  # bytes


VIEWS = make_description.ADDON / "views"


def test_views_of_a_model_are_in_one_file():
    for path in VIEWS.glob("*_views.xml"):
        models = {
            node.text for node in ElementTree.parse(path).iterfind("record[@model='ir.ui.view']/field[@name='model']")
        }
        assert models == {path.stem.removesuffix("_views").replace("_", ".")}, path


def test_menus_are_in_one_file_in_their_order():
    assert {path.name for path in VIEWS.glob("*.xml") if "<menuitem" in path.read_text()} == {
        "crm_interaction_menus.xml"
    }
    for menu in ElementTree.parse(VIEWS / "crm_interaction_menus.xml").iter("menuitem"):
        sequences = [int(item.get("sequence")) for item in menu.iterfind("menuitem")]
        assert sequences == sorted(sequences), menu.get("id")


def test_odoo_runs_each_file_of_tests():
    tests = make_description.ADDON / "tests"
    imported = re.findall(r"^from \. import (\w+)$", (tests / "__init__.py").read_text(), re.MULTILINE)
    assert sorted(imported) == sorted(path.stem for path in tests.glob("test_*.py"))


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
    """Lift Odoo's memory limit, since Chromium reserves more."""
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


def test_lines_of_the_documentation_are_short():
    """Tables, headings and pictures take one line each."""
    root = make_description.ADDON.parent
    pages = [
        root / "README.md",
        make_description.ADDON / "CHANGELOG.md",
        *(make_description.ADDON / "docs").rglob("*.md"),
    ]
    for page in pages:
        lines = [line for line in page.read_text().splitlines() if not line.lstrip().startswith(("|", "#", "!"))]
        assert max(map(len, lines)) <= 150, page


def test_links_of_the_documentation_lead_somewhere():
    pages = [make_description.ADDON.parent / "README.md", *(make_description.ADDON / "docs").rglob("*.md")]
    broken = [
        f"{page.name}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not broken
