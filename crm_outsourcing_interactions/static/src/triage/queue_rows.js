/** The lines that the keys go through: those of open groups, if there are any. */
export function linesOf(list) {
    const collect = (groups) =>
        groups.flatMap((g) => (g.list.isGrouped ? collect(g.list.groups) : g.list.records));
    return list.isGrouped ? collect(list.groups) : list.records;
}

/** How many interactions wait, on other pages too. */
export function countLeft(list) {
    return list.isGrouped ? list.groups.reduce((sum, group) => sum + group.count, 0) : list.count;
}

/** Bring the current line into view and name it to screen readers. */
export function showCurrentLine(root) {
    for (const row of root?.querySelectorAll(".o_data_row") || []) {
        row.removeAttribute("aria-current");
    }
    const current = root?.querySelector(".o_triage_current");
    current?.setAttribute("aria-current", "true");
    current?.scrollIntoView({ block: "nearest" });
}

/** Scroll the message beside the list by a page less a line, down (1) or up (-1). */
export function scrollMessage(el, direction) {
    const body = el?.closest(".o_triage")?.querySelector(".o_triage_body");
    body?.scrollBy({ top: direction * Math.max(body.clientHeight - 24, 24) });
}
