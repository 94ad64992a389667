import { fixesTheKind } from "../measures/measures";

/** The group-bys that a cell is in, of its row and of its column. */
function groupBysOf([row, column], { fullRowGroupBys, fullColGroupBys }) {
    return [fullRowGroupBys.slice(0, row.length), fullColGroupBys.slice(0, column.length)];
}

/** Whether all interactions of a group have one kind or type. */
export function isInOneKind(groupId, groupBys) {
    return groupBysOf(groupId, groupBys).flat().some(fixesTheKind);
}

/**
 * The group of all kinds around a group of one kind or type: what is to review there could belong to it.
 *
 * @param {[any[], any[]]} groupId
 * @param {{fullRowGroupBys: string[], fullColGroupBys: string[]}} groupBys
 * @returns {[any[], any[]]|undefined} none where no kind is fixed, where it is none, or where it is not the finest
 */
export function aroundKind(groupId, groupBys) {
    const axes = groupBysOf(groupId, groupBys);
    const cuts = axes.map((own) => own.findIndex(fixesTheKind));
    const isOfKind = (own, i) => cuts[i] >= 0 && groupId[i][cuts[i]];
    const isFinest = (own, i) => cuts[i] < 0 || own.slice(cuts[i]).every(fixesTheKind);
    if (!axes.some(isOfKind) || !axes.every(isFinest)) {
        return undefined;
    }
    return groupId.map((values, i) => (cuts[i] < 0 ? values : values.slice(0, cuts[i])));
}
