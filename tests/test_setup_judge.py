"""Check that the comparison with Odoo's own tests reports wrong arguments."""

import judge_core
import pytest


def test_module_without_tests_is_named(tmp_path):
    (tmp_path / "crm" / "tests").mkdir(parents=True)
    (tmp_path / "crm" / "tests" / "test_lead.py").touch()
    judge_core.require_tests(tmp_path, ["crm"])
    with pytest.raises(pytest.fail.Exception, match="have no tests: crm_sms, typo"):
        judge_core.require_tests(tmp_path, ["crm", "crm_sms", "typo"])
