import { createHash } from "node:crypto";
import { pathWord } from "../../src/model";
import type { ContainerRef } from "./account-owner";
import type { Spell } from "./late";

/** A word that an engine's address takes unchanged. A slash is written as two underscores. */
const PLAIN = /^[A-Za-z0-9-]+(\/[A-Za-z0-9-]+)*$/;

/**
 * The name of an object in an engine, derived from the words that identify it. Equal words give equal names, and
 * different words different ones: if characters had to be replaced, the name includes a hash of the words.
 */
export function addressOf(words: readonly string[]): string {
  const readable = words
    .map((word) => word.replaceAll("/", "__").replace(/[^A-Za-z0-9_-]+/g, "-"))
    .join("_");
  const exact = words.every((word) => PLAIN.test(word));
  const address = exact ? readable : `${readable}_${hash(words)}`;
  return /^[A-Za-z_]/.test(address) ? address : `_${address}`;
}

/** The address of an object in an engine's state, and its address before a rename. */
export interface Addresses {
  readonly current: string;
  readonly former?: string;
}

interface AccountNames {
  readonly username: string;
  readonly formerUsername?: string;
  /** Distinguishes the GitLab instances of one program. Undefined for its only or main one. */
  readonly instance?: string;
}

/**
 * The addresses of an account (no words) or of an object that belongs to it (the words that identify it within the
 * account). They are derived from usernames, which are unique on an instance. So neither another place in the program
 * nor another spelling of the owner changes an address.
 */
export function addressesUnder(
  { username, formerUsername, instance }: AccountNames,
  words: readonly string[] = [],
  formerWords: readonly string[] = words,
): Addresses {
  const under = (name: string, inside: readonly string[]): string =>
    addressOf([...(instance === undefined ? [] : [instance]), pathWord(name), ...inside]);
  const current = under(username, words);
  const former = under(formerUsername ?? username, formerWords);
  return former === current ? { current } : { current, former };
}

/** The words that distinguish one place from another. */
export function edgeWords(
  place: { readonly group?: ContainerRef; readonly project?: ContainerRef },
  spell: Spell,
): readonly [kind: string, container: string] {
  const { group, project } = place;
  return project === undefined
    ? ["group", pathWord(spell(group ?? ""))]
    : ["project", pathWord(spell(project))];
}

function hash(words: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 8);
}
