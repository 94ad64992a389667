{
    "name": "Priced Interactions (for tests)",
    "summary": "An addon that builds on interactions, see tests/test_other_addon.py",
    "version": "19.0.1.0.0",
    "author": "Outsourcing Interactions contributors",
    "license": "LGPL-3",
    "depends": ["crm_outsourcing_interactions"],
}
