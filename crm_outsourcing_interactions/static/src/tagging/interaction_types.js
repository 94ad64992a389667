import { _t } from "@web/core/l10n/translation";
import { session } from "@web/session";

/**
 * @typedef {Object} InteractionType one type that can be chosen, as `ir.http._interaction_types()` gives it
 * @property {number} id
 * @property {string} code for example "1.1.2"
 * @property {string} name in full, as in the classification
 * @property {string} short_name
 * @property {"incoming"|"outgoing"} direction
 * @property {string} kind
 * @property {number} color
 * @property {string} role ratio role of the kind
 * @property {string[][]} [opinions] value and name of the client's opinions; each is offered instead of the type
 * @property {string} [polarity] the opinion, if it is one of those
 * @property {string} [key] of a choice that is offered
 * @property {Object} [values] by which `tag` and `tag_message` classify, of a choice that is offered
 * @property {boolean} [asks_feedback] whether messages of this type ask for feedback
 */

/** @returns {InteractionType[]} all types; none for who may not classify */
export function interactionTypes() {
    return session.interaction_types || [];
}

/** @returns {boolean} whether the user may classify messages */
export function mayClassify() {
    return Boolean(session.interaction_types);
}

/** @returns {boolean} whether the user wants badges to show names of types, not only while hovered */
export function showsNames() {
    return Boolean(session.interaction_badge_names);
}

/** Whether the type is an opinion of the client, and it is not known of which side: complaint or praise. */
export function lacksOpinion(typeId, polarity) {
    return Boolean(interactionType(typeId)?.opinions?.length) && !polarity;
}

/** @returns {boolean} whether the user may make rules */
export function mayMakeRules() {
    return Boolean(session.interaction_makes_rules);
}

/** @returns {InteractionType|undefined} */
export function interactionType(id) {
    return interactionTypes().find((type) => type.id === id);
}

const MOST_SUGGESTED = 3;

/** Text for comparison: in small letters, without ё. */
export function fold(text) {
    return text.toLowerCase().replaceAll("ё", "е");
}

/**
 * Types whose code begins with what was typed, then those whose short or full name holds all of its words.
 *
 * @param {InteractionType[]} types
 * @param {string} query
 */
export function searchTypes(types, query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const byCode = types.filter(({ code }) => words.length === 1 && code.startsWith(words[0]));
    const byName = types.filter(({ name, short_name }) => {
        const names = fold(`${short_name} ${name}`);
        return words.every((word) => names.includes(word));
    });
    return [...new Set([...byCode, ...byName])];
}

/** A type in words, for screen readers: its badge has an arrow and a colour. */
export function spokenType({ code, short_name, direction, kind }) {
    const direction_name = direction === "incoming" ? _t("Incoming") : _t("Outgoing");
    return [`${code} ${short_name}`, direction_name, kind].join(", ");
}

/** What a type is in full, for tooltips. */
export function fullText(type) {
    return [type.name, type.description].filter(Boolean).join("\n");
}

/**
 * Groups of types as they are offered: the suggested ones first, then the client's usual ones, then by kind. Those of
 * the other direction follow when they are asked for (`both`).
 *
 * @param {InteractionType[]} types
 * @param {Object} options
 * @param {string} [options.direction] of the message; without it, all types are offered
 * @param {boolean} [options.both] whether to offer the other direction as well
 * @param {number} [options.suggested] the type that the message has
 * @param {number[]} [options.probable] the learner's choices, the best first
 * @param {number[]} [options.likely] the client's usual types
 * @param {string} [options.query] what was typed
 * @param {string} [options.polarity] the client's opinion, if known; it is offered first
 * @returns {{name: string, isSuggested?: boolean, types: InteractionType[]}[]}
 */
export function offeredTypes(types, options = {}) {
    const { direction, both, suggested, probable = [], likely = [], query = "", polarity } = options;
    const choices = (type) => withOpinions(type, polarity);
    if (query.trim()) {
        const found = searchTypes(types, query);
        const same = found.filter((type) => !direction || type.direction === direction);
        const opposite = both ? found.filter((type) => !same.includes(type)) : [];
        return [{ name: "", types: [...same, ...opposite].flatMap(choices) }];
    }
    const first = knownTypes(types, { direction, ids: probable.length ? [suggested, ...probable] : [] });
    const top = first.slice(0, MOST_SUGGESTED);
    const usual = knownTypes(types, { direction, ids: [suggested, ...likely] }).filter(
        (type) => !top.includes(type),
    );
    const others = types.filter((type) => !top.includes(type) && !usual.includes(type));
    const same = others.filter((type) => !direction || type.direction === direction);
    const opposite = both ? others.filter((type) => !same.includes(type)) : [];
    const arrow = { incoming: " ↑", outgoing: " ↓" }[direction] || "";
    const groups = [
        { name: _t("Suggested"), isSuggested: true, types: top },
        { name: _t("Likely"), types: usual },
        ...byKind(same),
        ...byKind(opposite, arrow),
    ];
    return groups
        .filter((group) => group.types.length)
        .map((group) => ({ ...group, types: group.types.flatMap(choices) }));
}

/** A type, or one for each opinion of the client, the known one (`first`) first, so that a complaint takes one click. */
export function withOpinions(type, first) {
    const opinions = type.opinions?.map(([polarity, short_name]) => ({ ...type, polarity, short_name }));
    const isFirst = (choice) => choice.polarity === first;
    opinions?.sort((one, other) => isFirst(other) - isFirst(one));
    return (opinions?.length ? opinions : [type]).map(asChoice);
}

function asChoice(type) {
    const { id, polarity } = type;
    const values = polarity ? { type_id: id, polarity } : { type_id: id };
    return { ...type, key: `${id}${polarity || ""}`, values };
}

function knownTypes(types, { direction, ids }) {
    const found = [...new Set(ids)].map((id) => types.find((type) => type.id === id));
    return found.filter((type) => type && (!direction || type.direction === direction));
}

function byKind(types, mark = "") {
    const kinds = Map.groupBy(types, (type) => type.kind);
    return [...kinds].map(([name, ofKind]) => ({ name: `${name}${mark}`, types: ofKind }));
}
