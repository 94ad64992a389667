import { fixesTheKind } from "../measures/measures";

/** The group-bys that a cell is in, of its row and of its column. */
function groupBysOf([row, column], { fullRowGroupBys, fullColGroupBys }) {
    return [fullRowGroupBys.slice(0, row.length), fullColGroupBys.slice(0, column.length)];
}

/** Whether all contacts of a group are of one kind or type. */
export function isInOneKind(groupId, groupBys) {
    return groupBysOf(groupId, groupBys).flat().some(fixesTheKind);
}

/**
 * The group that differs from a group of one kind in that its contacts have none yet.
 *
 * @param {[any[], any[]]} groupId
 * @param {{fullRowGroupBys: string[], fullColGroupBys: string[]}} groupBys
 * @returns {[any[], any[]]|undefined} none where the kind is not the finest group of its axis, or is none already
 */
export function withoutKind(groupId, groupBys) {
    const axis = groupBysOf(groupId, groupBys).findIndex((own) => own.at(-1) === "kind_id");
    if (axis < 0 || !groupId[axis].at(-1)) {
        return undefined;
    }
    return groupId.map((values, i) => (i === axis ? [...values.slice(0, -1), false] : values));
}
