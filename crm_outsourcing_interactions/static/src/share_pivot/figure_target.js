import { Domain } from "@web/core/domain";
import { isCount } from "../measures/measures";
import { subjectOf } from "./cell_verdicts";

const INTERACTION = "crm.interaction";
const MATTER = "crm.interaction.matter";
const ANSWERS = {
    our_in_time: "in_time",
    our_median: "median_hours",
    interactions_per_matter: "matter_interactions",
};
const COUNTED = ["asked_by,!=,false", "from_history,=,false"]; // the matters that a target counts
const KIND = "kind_id";
const RATIO = /^(improvement|additional)_(ratio|low|high)$/;

/** @returns {string|undefined} the measure of a target that a figure shows */
function targetMeasure(resModel, measure, kind) {
    if (resModel === MATTER) {
        return ANSWERS[measure];
    }
    const [, ratio] = RATIO.exec(measure) || [];
    if (ratio) {
        return `${ratio}_ratio`;
    }
    if (measure === "open_share") {
        return measure;
    }
    return isCount(measure) ? (kind ? "kind_share" : "interactions_month") : undefined;
}

/** The length of the period that a domain selects, in months; none without a begin and an end. */
function monthsOf(terms) {
    const dates = terms.filter(([name, , value]) => ["date", "month"].includes(name) && value);
    const of = (signs) =>
        dates
            .filter(([, sign]) => signs.includes(sign))
            .map(([, , value]) => luxon.DateTime.fromSQL(value))
            .filter(({ isValid }) => isValid);
    const [begins, ends] = [of([">=", ">"]), of(["<=", "<"])];
    if (!begins.length || !ends.length) {
        return undefined;
    }
    const { months } = luxon.DateTime.min(...ends).diff(luxon.DateTime.max(...begins), "months");
    return Math.max(Math.round(months), 1);
}

/**
 * What a target of the client would measure that a figure shows, for *Set Client Target* in the list behind it.
 *
 * @param {string} resModel
 * @param {string} measure
 * @param {Array} domain of the group of the figure
 * @returns {{client_id: number, measure: string, kind_id: number|false, months: number|undefined}|undefined} none where
 *   a figure is not that of one client, or has no target
 */
function figureTarget(resModel, measure, domain) {
    const isCounted = (term) => resModel === MATTER && COUNTED.includes(String(term));
    const terms = new Domain(domain).toList({}).filter((term) => !isCounted(term));
    const isKind = (term) => term[0] === KIND && term[1] === "=" && term[2];
    const kinds = terms.filter(isKind);
    const kind = kinds.length === 1 && kinds[0][2];
    const clientId = subjectOf(terms.filter((term) => !isKind(term) && term !== "&"));
    const name = targetMeasure(resModel, measure, kind);
    const isOfKind = name === "kind_share" || !kinds.length;
    return clientId && name && isOfKind
        ? { client_id: clientId, measure: name, kind_id: kind, months: monthsOf(terms) }
        : undefined;
}

/**
 * The context of the list behind a figure.
 *
 * @param {Object} context
 * @param {Object} metaData of the pivot or graph
 * @param {string} measure
 * @param {Array} domain
 * @returns {Object}
 */
export function withFigureTarget(context, { resModel }, measure, domain) {
    const hasTargets = [INTERACTION, MATTER].includes(resModel);
    const figure = hasTargets && figureTarget(resModel, measure, domain);
    return figure ? { ...context, interaction_figure: figure } : context;
}
