"""Check that the comparisons of Odoo with and without the addon report wrong arguments and differences."""

import judge_archive
import judge_core
import pytest


def test_module_without_tests_is_named(tmp_path):
    (tmp_path / "crm" / "tests").mkdir(parents=True)
    (tmp_path / "crm" / "tests" / "test_lead.py").touch()
    judge_core.require_tests(tmp_path, ["crm"])
    with pytest.raises(pytest.fail.Exception, match="have no tests: crm_sms, typo"):
        judge_core.require_tests(tmp_path, ["crm", "crm_sms", "typo"])


def test_differences_are_named():
    plain = {"errors": {}, "made": [{"name": "A", "messages": [1]}], "rest": {}}
    addon = {"errors": {"x": "KeyError"}, "made": [{"name": "B", "messages": [1]}], "rest": {}}
    assert judge_archive.differences(plain, addon) == ["errors.x: None -> 'KeyError'", "made[0].name: 'A' -> 'B'"]


def test_what_odoo_draws_by_lot_is_no_difference():
    sides = [
        {"errors": {}, "rest": {}, "made": [f"a /web/image/{n}?access_token={n}-f <{n}.5@localhost>"]} for n in (1, 2)
    ]
    assert judge_archive.differences(*sides) == []
