import { decideMatter, offeredDecisions } from "./matter_decisions";

/** Decide about the matters of interactions in the queue; the key u takes it back. */
export async function decideInQueue(renderer, choice) {
    const ids = renderer.targets.map(({ resId }) => resId);
    const reload = () => renderer.props.list.model.load();
    const undo = await decideMatter(renderer.env, ids, choice, reload);
    if (undo) {
        renderer.decisions.remember(undo, choice.name);
    }
}

/** @returns {Object} what the keys do that decide about the matter: those that fit all chosen lines */
export function matterKeys(renderer) {
    const offered = renderer.targets.map(({ data }) =>
        offeredDecisions(data.direction, data.matter_state || {}),
    );
    const common = offered[0].filter(({ key, merged }) =>
        merged ? offered.length === 1 : offered.every((keys) => keys.some((other) => other.key === key)),
    );
    return Object.fromEntries(common.map((choice) => [choice.key, () => decideInQueue(renderer, choice)]));
}
