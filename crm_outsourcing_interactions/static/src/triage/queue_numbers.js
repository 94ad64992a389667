import { user } from "@web/core/user";
import { session } from "@web/session";
import { interactionTypes, withOpinions } from "../tagging/interaction_types";

const NUMBERS = [..."1234567890"];

/**
 * The types of a direction, each with the number that the user's own order gives it; beyond ten, without.
 *
 * @param {string|boolean} direction without one, all types, none with a number
 * @returns {(import("../tagging/interaction_types").InteractionType & {number: string|undefined})[]}
 */
export function numberedTypes(direction) {
    const keys = session.interaction_type_order || [];
    const rank = ({ key }) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
    return interactionTypes()
        .filter((type) => !direction || type.direction === direction)
        .flatMap((type) => withOpinions(type))
        .sort((one, other) => rank(one) - rank(other))
        .map((type, index) => ({ ...type, number: direction ? NUMBERS[index] : undefined }));
}

/** Move a type up by one in the user's own order, which is kept with the user. */
export async function moveUp({ key, direction }, orm) {
    const opposite = direction === "incoming" ? "outgoing" : "incoming";
    const keys = numberedTypes(direction).map((type) => type.key);
    const at = keys.indexOf(key);
    keys.splice(Math.max(0, at - 1), 0, ...keys.splice(at, 1));
    const order = [...keys, ...numberedTypes(opposite).map((type) => type.key)];
    session.interaction_type_order = order;
    await orm.silent.write("res.users", [user.userId], { interaction_type_order: order });
}
