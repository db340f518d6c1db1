import type { Estate } from "./estate";
import type { AccountRow, FindingRow } from "./estate-data";

/** Whether a text contains every word of a query, in any order and letter case. */
export function matcher(query: string): (searchable: string) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (searchable) => words.every((word) => searchable.includes(word));
}

/** Computes the searchable text of each row once, when it is first needed. */
export function remembered<T extends object>(textOf: (row: T) => string): (row: T) => string {
  const texts = new WeakMap<T, string>();
  return (row) => {
    const known = texts.get(row);
    if (known !== undefined) return known;
    const text = textOf(row);
    texts.set(row, text);
    return text;
  };
}

/** Everything that identifies an account: itself, its tokens, its memberships and the destinations of its tokens. */
export function accountText(estate: Estate): (account: AccountRow) => string {
  return ({ id, username, name, email, owner }) =>
    joined([
      username,
      name,
      email,
      owner,
      String(id),
      ...estate.tokensOf(id).map((token) => token.name),
      ...estate.membershipsOf(id).map(({ container }) => estate.pathOf(container)),
      ...estate.variablesOf(id).map(({ key }) => key),
    ]);
}

export function findingText({ code, object, address, reason, container, declared }: FindingRow) {
  return joined([code, object, address, reason, container, declared]);
}

/** Line breaks keep a word from matching across two texts. */
export function joined(texts: readonly (string | null)[]): string {
  return texts
    .filter((text) => text !== null)
    .join("\n")
    .toLowerCase();
}
