import { user } from "@web/core/user";
import { memoize } from "@web/core/utils/functions";

/** The plural forms that languages have (Unicode CLDR), in the order in which a term names them. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

const rulesOf = memoize((lang) => {
    const rules = new Intl.PluralRules(lang);
    const { pluralCategories } = rules.resolvedOptions();
    const has = CATEGORIES.filter((category) => pluralCategories.includes(category));
    return (number) => has.indexOf(rules.select(number));
});

/**
 * The form of a noun for a number in a language; as `models/events/plurals.py` does it.
 *
 * @param {string|Object} forms all forms of the language, separated by "|": two in English, four in Russian
 * @param {number} number as it is shown, i.e. rounded already
 * @param {string} [lang] such as "ru-RU"; the user's by default
 * @returns {string}
 */
export function plural(forms, number, lang = user.lang) {
    const texts = forms.toString().split("|"); // a translation is an object
    return texts[Math.min(rulesOf(lang || "en-US")(number), texts.length - 1)];
}
