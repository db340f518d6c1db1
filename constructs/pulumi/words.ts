import * as words from "../words";
import type { LateWords } from "./inputs";

/** A word carries late values unread, so here its methods take them, too. */
function withLateValues<S extends object>(word: S): LateWords<S> {
  return word as unknown as LateWords<S>;
}

export const AccountOwner = withLateValues(words.AccountOwner);
export type AccountOwner = words.AccountOwner;

export const Delivery = withLateValues(words.Delivery);
export type Delivery = words.Delivery;

export const Duration = withLateValues(words.Duration);
export type Duration = words.Duration;

export const Role = withLateValues(words.Role);
export type Role = words.Role;

export const Rotation = withLateValues(words.Rotation);
export type Rotation = words.Rotation;

export { Scope } from "../words";
