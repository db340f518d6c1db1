import { createHash } from "node:crypto";
import { pathWord } from "../../src/model";
import type { ContainerRef } from "./account-owner";
import type { Spell } from "./late";

/** A word that an engine's address takes as it is, where a slash is written as two underscores. */
const PLAIN = /^[A-Za-z0-9-]+(\/[A-Za-z0-9-]+)*$/;

/**
 * An engine's name for an object, made of the words that it is known by. Equal words give equal addresses, and
 * different words different ones: where characters had to be replaced, a hash of the words tells them apart.
 */
export function addressOf(words: readonly string[]): string {
  const readable = words
    .map((word) => word.replaceAll("/", "__").replace(/[^A-Za-z0-9_-]+/g, "-"))
    .join("_");
  const exact = words.every((word) => PLAIN.test(word));
  const address = exact ? readable : `${readable}_${hash(words)}`;
  return /^[A-Za-z_]/.test(address) ? address : `_${address}`;
}

/** Where an object stands in an engine's state, and where it stood before a rename. */
export interface Addresses {
  readonly current: string;
  readonly former?: string;
}

interface AccountNames {
  readonly username: string;
  readonly formerUsername?: string;
  /** Tells the GitLab instances of one program apart; undefined for its only or main one. */
  readonly instance?: string;
}

/**
 * The addresses of an account (no words) or of what belongs to it (the words it is known by within the account).
 * They are made of usernames, since these are unique on an instance: neither another place in the program nor another
 * spelling of the owner moves an identity.
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

/** The words that tell one place from another. */
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
