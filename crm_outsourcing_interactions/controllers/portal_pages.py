"""List the pages of the personal account once: for its tiles, the headings and the preview."""

from typing import NamedTuple

OWN = "/crm_outsourcing_interactions/static/img/portal"


class AccountPage(NamedTuple):
    """One page of the account: address, heading, what it holds, and icon."""

    url: str
    title: str
    text: str
    icon: str


def account_pages(env):
    """Return ``{name: AccountPage}`` of all pages in their order, in the language of ``env``.

    The names are those of the templates ``portal_<name>``.
    """
    home = "/my/interactions"
    return {
        "documents": AccountPage(
            home, env._("Waiting for you"), env._("Documents that we need from you"), f"{OWN}/documents.svg"
        ),
        "handed": AccountPage(
            f"{home}/handed", env._("Handed over"), env._("What you have sent, with its status"), f"{OWN}/handed.svg"
        ),
        "questions": AccountPage(
            f"{home}/questions",
            env._("Waiting for us"),
            env._("Your questions, and documents that we are checking"),
            f"{OWN}/questions.svg",
        ),
        "statement": AccountPage(
            f"{home}/statement",
            env._("Statement"),
            env._("Your interactions with us by month, answer times, and our reports"),
            f"{OWN}/statement.svg",
        ),
        "services": AccountPage(
            f"{home}/services", env._("Services"), env._("Services in your contract"), f"{OWN}/services.svg"
        ),
        "people": AccountPage(
            f"{home}/people", env._("Contact persons"), env._("Accountant and supervisor"), f"{OWN}/people.svg"
        ),
        "notifications": AccountPage(
            f"{home}/notifications",
            env._("Notifications"),
            env._("When we write to you about news"),
            f"{OWN}/notifications.svg",
        ),
        "rating": AccountPage(
            f"{home}/rating", env._("Rate us"), env._("Your opinion of our work"), f"{OWN}/rating.svg"
        ),
        "complaint": AccountPage(
            f"{home}/complaint",
            env._("Something is wrong"),
            env._("A complaint to the supervisor and the management"),
            f"{OWN}/complaint.svg",
        ),
    }
