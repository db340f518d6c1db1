import type { AdoptedAccount, AdoptedToken } from "./adoption";

/** Each language's name for the subject of a question. */
export interface QuestionWords {
  readonly deliverTo: string;
  readonly expiresAt: string;
  readonly neverExpires: string;
}

/** A question that only a person can answer, as a comment on the token. */
export function tokenQuestion(token: AdoptedToken, words: QuestionWords): string {
  const { lastUsedOn, expiresAt } = token;
  const use = lastUsedOn === null ? "It was never used" : `It was last used on ${lastUsedOn}`;
  const end = expiresAt === null ? words.neverExpires : words.expiresAt;
  return `TODO: where does the value go? ${use}. Write ${words.deliverTo}, and a rotation for ${end}.`;
}

/** What a reader of the account's code must know. Undefined for an active one. */
export function inactiveComment({ inactive }: AdoptedAccount): string | undefined {
  return inactive === null ? undefined : `It is ${inactive}: its tokens do not work.`;
}
