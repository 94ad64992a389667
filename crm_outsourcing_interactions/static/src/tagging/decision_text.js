import { _t } from "@web/core/l10n/translation";

/**
 * What a person has just said of interactions, in words.
 *
 * @param {Object} values as `tag` takes them
 * @param {import("./interaction_types").InteractionType} [type] that was chosen
 */
export function decisionText({ state, direction }, type) {
    if (type) {
        return _t("Classified as %(code)s %(short_name)s", type);
    }
    if (direction) {
        return direction === "incoming" ? _t("Now incoming") : _t("Now outgoing");
    }
    return {
        confirmed: _t("Confirmed"),
        ignored: _t("Not counted as an interaction with the client"),
        to_review: _t("Counted again, to review"),
    }[state];
}
