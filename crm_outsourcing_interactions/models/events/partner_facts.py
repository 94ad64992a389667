"""Define the facts about partners that capture caches, and their query."""

from typing import NamedTuple

FACTS = """
    WITH address AS (
        SELECT email_normalized AS shared FROM res_partner
         WHERE active AND partner_share AND email_normalized = ANY(
               ARRAY(SELECT email_normalized FROM res_partner WHERE id = ANY(%(ids)s)))
         GROUP BY email_normalized HAVING COUNT(DISTINCT commercial_partner_id) > 1
    )
    SELECT person.id, person.create_date = %(now)s, person.partner_share, client.id, person.is_outsourcing_client,
           client.supplier_rank, client.customer_rank, person.email_normalized, person.interaction_accountant_id,
           EXISTS (SELECT FROM project_project p JOIN res_partner own ON own.id = p.partner_id
                    WHERE own.commercial_partner_id = client.id)
           OR EXISTS (SELECT FROM crm_interaction_scope s JOIN res_partner own ON own.id = s.partner_id
                       WHERE own.commercial_partner_id = client.id)
           OR client.interaction_own_accountant_id IS NOT NULL,
           person.email_normalized IN (SELECT shared FROM address),
           person.company_id, person.is_company
      FROM res_partner person
      JOIN res_partner client ON client.id = COALESCE(person.commercial_partner_id, person.id)
     WHERE person.id = ANY(%(ids)s)
"""
FACT_FIELDS = (
    "active",
    "partner_share",
    "commercial_partner_id",
    "company_id",
    "is_company",
    "is_outsourcing_client",
    "supplier_rank",
    "customer_rank",
    "email_normalized",
    "interaction_accountant_id",
)


class PartnerFacts(NamedTuple):
    """Hold the facts about a partner that capture needs.

    :param is_outside: whether it is outside the staff.
    :param client_id: id of its commercial partner, 0 when there is none.
    :param is_marked: whether it is marked as outsourcing client.
    :param is_supplier: whether its commercial partner is a supplier but not a customer.
    :param is_own_address: whether its address is one of the firm's own.
    :param user_id: id of the accountant of its client.
    :param is_customer: whether its client has been invoiced, has an accountant, a project or a contract scope.
    :param company_id: id of the only company that knows it, ``None`` if all do.
    :param is_single: whether it is a person who belongs to nobody and of whom nothing shows that it is a client.
    :param shares_address: whether people of other commercial partners have its address too.
    """

    is_outside: bool = False
    client_id: int = 0
    is_marked: bool = False
    is_supplier: bool = False
    is_own_address: bool = False
    user_id: int | None = None
    is_customer: bool = False
    shares_address: bool = False
    company_id: int | None = None
    is_single: bool = False


NOBODY = PartnerFacts()
