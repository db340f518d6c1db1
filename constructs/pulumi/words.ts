import * as words from "../words";
import type { LateWords } from "./inputs";

/** These objects carry late values without reading them, so their methods here take late values too. */
function withLateValues<S extends object>(word: S): LateWords<S> {
  return word as unknown as LateWords<S>;
}

/**
 * Where a service account lives. Changing it replaces the account. The same as in `glsa/cdktf`, but takes late values
 * too.
 */
export const AccountOwner = withLateValues(words.AccountOwner);
/** Where a service account lives. Changing it replaces the account. */
export type AccountOwner = words.AccountOwner;

/**
 * Where a token's value is delivered, outside the engine's state. The same as in `glsa/cdktf`, but takes late values
 * too.
 */
export const Delivery = withLateValues(words.Delivery);
/** Where a token's value is delivered, outside the engine's state. */
export type Delivery = words.Delivery;

/** A whole number of days, the unit of rotation. The same as in `glsa/cdktf`, but takes late values too. */
export const Duration = withLateValues(words.Duration);
/** A whole number of days, the unit of rotation. */
export type Duration = words.Duration;

/** What a member may do in a group or project. The same as in `glsa/cdktf`, but takes late values too. */
export const Role = withLateValues(words.Role);
/** What a member may do in a group or project. */
export type Role = words.Role;

/** When a token is replaced by the next. The same as in `glsa/cdktf`, but takes late values too. */
export const Rotation = withLateValues(words.Rotation);
/** When a token is replaced by the next. */
export type Rotation = words.Rotation;

export { Scope } from "../words";
