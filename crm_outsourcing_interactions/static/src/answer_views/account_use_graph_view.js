import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { sprintf } from "@web/core/utils/strings";
import { formatInteger } from "@web/views/fields/formatters";
import { plural } from "../measures/plurals";
import { ShareGraphModel } from "../share_graph/share_graph_model";
import { shareGraphView } from "../share_graph/share_graph_view";

const BASES = { account_share: "item_count:sum", active_share: "invited_count:sum" };

/** Shares with the number of items or people that they were divided by. */
class AccountUseGraphModel extends ShareGraphModel {
    evidenceOf({ measure }) {
        return BASES[measure] ? [BASES[measure]] : [];
    }

    numberText(n) {
        const isOfPeople = this.metaData.measure === "active_share";
        const text = isOfPeople
            ? _t("%(n)s person invited|%(n)s people invited")
            : _t("%(n)s item|%(n)s items");
        return sprintf(plural(text, n), { n: formatInteger(n) });
    }
}

registry
    .category("views")
    .add("interaction_account_use_graph", { ...shareGraphView, Model: AccountUseGraphModel });
