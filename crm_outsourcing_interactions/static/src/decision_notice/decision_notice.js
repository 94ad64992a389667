const TEN_SECONDS = 10000;

/**
 * Say for ten seconds what was done, with buttons that close the notification, e.g. *Undo*.
 *
 * @param {Object} notification service
 * @param {string} message
 * @param {Array<[string, Function]>} buttons name and what it does
 */
export function addDecisionNotice(notification, message, buttons) {
    const close = notification.add(message, {
        type: "success",
        autocloseDelay: TEN_SECONDS,
        className: "o_interaction_decision_notice",
        buttons: buttons.map(([name, act]) => ({ name, onClick: () => (close(), act()) })),
    });
}
