"""Builds and drives the sandbox: Odoo, Python packages, PostgreSQL, databases, a browser.

Standard library only: it runs before the virtual environment exists. The modules, from the ground up:

    steps         progress lines and the one-line error           places         where everything is
    processes     child processes, their logs                     locks          who may do what at the same time
    apt           Debian packages in an apt state of our own      odoo_tree      the unpacked Odoo
    python_env    the virtual environment                         postgres       the database server
    addon         manifest, dependencies, hash of the files       odoo_command   Odoo's command line
    databases     template, tested, demo databases                browser        Chromium for the tests
    commands/     one module per command: run, test, odoo, lint
"""
