import { markup } from "@odoo/owl";

/**
 * Open an action that a method has returned; its help is HTML, as behind Odoo's own buttons.
 *
 * @param {Object} service the action service
 * @param {Object} action
 * @param {Object} [options] of ``doAction``
 */
export function openAction(service, action, options) {
    return service.doAction(action.help ? { ...action, help: markup(action.help) } : action, options);
}
