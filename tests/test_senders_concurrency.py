"""Check that an unknown sender becomes one client with concurrent workers."""

import contextlib
from concurrent import futures

import pytest

from odoo.exceptions import UserError
from odoo.service.model import retrying

PREPARE = """
env["crm.interaction.ignored.sender"].search([]).unlink()
team = env["crm.team"].search([], limit=1)
env.company.alias_domain_id = env["mail.alias.domain"].create({"name": "firm.example.com"})
team.write({"alias_name": "hello", "alias_contact": "everyone"})
env.cr.commit()
"""
MAIL = """From: Stranger <{sender}>
To: hello@firm.example.com
Subject: Question {number}
Message-Id: <{number}.{sender}>

Which services do you offer?
"""


def mails_of(env, sender):
    """Receive two mails of a stranger; return their interactions."""
    for number in range(2):
        env["mail.thread"].message_process(None, MAIL.format(sender=sender, number=number))
    env.cr.commit()
    return waiting_of(env, sender)


def waiting_of(env, sender):
    return env["crm.interaction"]._everything().search([("message_id.email_from", "ilike", sender)], order="id")


@pytest.mark.parametrize("first_gives_up", [False, True])
def test_two_workers_make_one_client_of_a_sender(workers, first_gives_up):
    sender = f"anna@stranger{first_gives_up:d}.example"
    ids = mails_of(workers(), sender).ids
    first, second = workers(), workers()
    second["crm.interaction"].search_count([])  # its snapshot is older than what the first commits
    first["crm.interaction"].browse(ids[0]).action_new_client()
    first.flush_all()
    work = futures.ThreadPoolExecutor(1).submit(
        retrying, second["crm.interaction"].browse(ids[1]).action_new_client, second
    )
    assert not futures.wait([work], 0.5).done, "the second waits for the first"
    first.cr.rollback() if first_gives_up else first.cr.commit()
    with contextlib.nullcontext() if first_gives_up else pytest.raises(UserError, match="unknown senders"):
        work.result(20)
    env = workers()
    people = env["res.partner"].search([("email_normalized", "=", sender)])
    assert len(people) == 1
    assert people.is_outsourcing_client
    assert waiting_of(env, sender).partner_id == people
