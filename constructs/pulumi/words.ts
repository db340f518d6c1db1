import * as words from "../words";
import type { LateWords } from "./inputs";

/** A word carries late values unread, so here its methods take them, too. */
function withLateValues<S extends object>(word: S): LateWords<S> {
  return word as unknown as LateWords<S>;
}

/** Where a service account lives. Changing it means another account. The same as of `glsa/cdktf`, and takes late values, too. */
export const AccountOwner = withLateValues(words.AccountOwner);
/** Where a service account lives. Changing it means another account. */
export type AccountOwner = words.AccountOwner;

/** Where a token's value goes, past the engine's state. The same as of `glsa/cdktf`, and takes late values, too. */
export const Delivery = withLateValues(words.Delivery);
/** Where a token's value goes, past the engine's state. */
export type Delivery = words.Delivery;

/** A whole number of days, in which rotation counts. The same as of `glsa/cdktf`, and takes late values, too. */
export const Duration = withLateValues(words.Duration);
/** A whole number of days, in which rotation counts. */
export type Duration = words.Duration;

/** What a member may do in a group or project. The same as of `glsa/cdktf`, and takes late values, too. */
export const Role = withLateValues(words.Role);
/** What a member may do in a group or project. */
export type Role = words.Role;

/** When a token gives way to the next. The same as of `glsa/cdktf`, and takes late values, too. */
export const Rotation = withLateValues(words.Rotation);
/** When a token gives way to the next. */
export type Rotation = words.Rotation;

export { Scope } from "../words";
