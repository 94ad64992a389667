import random
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .requests_common import MONDAY, WEEK, SettlingCase

HISTORIES, STEPS = 20, 12
SHOWN = ("waiting", "is_open", "closed_on", "closed_how", "their_asked_on", "their_answered_on", "reminders")


@tagged("slow", "-standard", "post_install", "-at_install")
class TestRequestRandomHistory(SettlingCase):
    """Test random histories of a list: who has to move fits its items, and a mistake put right moves no figure."""

    def test_random_histories(self):
        for seed in range(HISTORIES):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self.dice, self.now, self.done = random.Random(seed), MONDAY, []
                for _number in range(STEPS):
                    self.now += timedelta(hours=self.dice.choice([3, 20, 48, 120]))
                    self.take_step()
                    self.check_waiting()
                    self.now += timedelta(minutes=5)
                    self.check_mistakes()
                savepoint.rollback()
                self.env.invalidate_all()

    def take_step(self):
        """Do something at random with an item that allows it."""
        name = self.dice.choice(
            ["hand", "hand", "claim", "add", "accept", "accept", "drop", "give_back", "new", "letter"]
        )
        items = self.list.item_ids.with_user(self.accountant)
        wanted, handed = items.filtered("is_outstanding"), items.filtered(lambda item: item.state == "handed_over")
        of = {"add": handed - items.filtered("is_claimed"), "accept": wanted | handed, "give_back": handed}
        possible = of.get(name, wanted)
        if self.list.state == "open" and (possible or name == "new"):
            item = possible and self.dice.choice(list(possible))
            self.done.append((self.now, name, item and item.name))
            getattr(self, f"step_{name}")(item)
            self.env.invalidate_all()

    def step_hand(self, item):
        self.hand(self.now, item)

    def step_claim(self, item):
        self.claim(self.now, item)

    def step_add(self, item):
        self.add(self.now, item)

    def step_accept(self, item):
        self.click(self.now, item, "action_accept")

    def step_drop(self, item):
        self.click(self.now, item, "action_not_applicable")

    def step_give_back(self, item):
        self.click(self.now, item, "_return", "Page 2 is missing")

    def step_new(self, _item):
        self.new_item(self.now)

    def step_letter(self, _item):
        self.now += WEEK
        self.run_job(self.now)

    def check_waiting(self):
        """Check that the matter waits for what the items say."""
        items, waiting = self.list.item_ids, set(self.list.interaction_ids.matter_id.mapped("waiting"))
        asked = items.filtered(lambda item: item.is_outstanding and (item.letter_ids or item.state == "returned"))
        claimed = items.filtered("is_claimed")
        if asked and not claimed:
            self.assertIn("client", waiting, self.done)
        if not items.filtered("is_outstanding"):
            self.assertNotIn("client", waiting, self.done)
            self.assertEqual("us" in waiting, bool(claimed), self.done)

    def check_mistakes(self):
        """Check that decisions taken back and made again, items added by mistake, and the job move nothing."""
        before = self.figures()
        with freeze_time(self.now):
            self.list._settle_matters()
            self.assertEqual(self.figures(), before, self.done)
            for item in self.list.item_ids.with_user(self.accountant).filtered("is_done"):
                action = "action_accept" if item.state == "accepted" else "action_not_applicable"
                item.action_reopen()
                getattr(item, action)()
                self.assertEqual(self.figures(), before, [*self.done, ("again", item.name)])
            if self.list.state == "open":
                self.new_item(self.now).unlink()
                self.assertEqual(self.figures(), before, [*self.done, ("added by mistake",)])

    def figures(self):
        self.env.flush_all()
        self.env.invalidate_all()
        matters = self.list.interaction_ids.matter_id.sorted("id")
        return [[*(m[name] for name in SHOWN), not m.is_open and m.their_late] for m in matters]
