import { useService } from "@web/core/utils/hooks";

import { markup, useEffect, useState } from "@odoo/owl";

const AHEAD = 10;
const FIELDS = ["subject", "body", "author_id", "email_from", "date"];

/**
 * The messages of the lines: those of the current line and of the next ones are read ahead, so that they show at once.
 *
 * @param {() => Object[]} getRecords gives the current line and the following ones
 * @returns {{of: (record: Object) => Object|null|undefined}} the message, null if the user may not read it
 */
export function useQueueMessages(getRecords) {
    const orm = useService("orm");
    const messages = useState({});
    const load = async (ids) => {
        const found = await orm.silent.searchRead("mail.message", [["id", "in", ids]], FIELDS);
        const denied = Object.fromEntries(ids.map((id) => [id, null]));
        const read = found.map((message) => [message.id, { ...message, body: markup(message.body) }]);
        Object.assign(messages, denied, Object.fromEntries(read));
    };
    useEffect(
        (current) => {
            const ids = getRecords()
                .slice(0, AHEAD)
                .map(({ data }) => data.message_id?.id)
                .filter(Boolean);
            if (current && !(current in messages)) {
                load(ids.filter((id) => !(id in messages)));
            }
        },
        () => [getRecords()[0]?.data.message_id?.id],
    );
    return { of: ({ data }) => messages[data.message_id?.id] };
}
