import type { Locale } from "../options";
import type { Reply } from "./reply";

type Translation = readonly [RegExp, string];

/** Messages of records as Rails translates them. Checks of the framework are always in English. */
const translations: Readonly<Record<Exclude<Locale, "en">, readonly Translation[]>> = {
  pl: [
    [/has already been taken/g, "zostało już zajęte"],
    [/can't be blank/g, "nie może być puste"],
    [/is not included in the list/g, "nie znajduje się na liście dopuszczalnych wartości"],
    [/is too long \(maximum is (\d+) characters\)/g, "jest za długie (maksymalnie $1 znaków)"],
    [/is too short \(minimum is (\d+) characters\)/g, "jest za krótkie (przynajmniej $1 znaków)"],
    [/is invalid/g, "jest nieprawidłowe"],
    [/ is a reserved name/g, " jest zarezerwowaną nazwą"],
    [/cannot be a date in the past/g, "nie może być datą z przeszłości"],
    [/must be before /g, "musi być przed "],
    [/Token already revoked/g, "Token został już unieważniony"],
    [/Member already exists/g, "Członek już istnieje"],
    [/ and (?=[A-Z])/g, " i "],
  ],
};

/** A response in the language of the instance, as far as GitLab would translate it. */
export function localized(reply: Reply, locale: Locale): Reply {
  if (locale === "en" || reply.status < 400) return reply;
  const body = reply.body as { readonly message?: unknown } | undefined;
  if (body?.message === undefined) return reply;
  return { ...reply, body: { ...body, message: translated(body.message, translations[locale]) } };
}

function translated(value: unknown, table: readonly Translation[]): unknown {
  if (typeof value === "string") {
    return table.reduce((text, [pattern, other]) => text.replace(pattern, other), value);
  }
  if (Array.isArray(value)) return value.map((item) => translated(item, table));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, translated(inner, table)]),
  );
}
