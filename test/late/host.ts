import type { glsaProvider } from "../../src/resources";
import { withNulls } from "../../src/provider/contract";

export type Values = Record<string, unknown>;
export type Type = "glsa_service_account" | "glsa_access_token" | "glsa_membership";

/**
 * What became of a change: nothing was planned, the same was planned in place and then nothing was done, something was
 * changed, a replacement was planned at once, or only a later value asked for one.
 */
export type Outcome = "none" | "same" | "changed" | "replaced" | "late";

/** One object under one engine's calls. */
export interface Host {
  readonly state: Values;
  /** Plans what is known first, and then applies all of it. Throws what the engine would call a provider's bug. */
  change(first: Values, second: Values): Promise<Outcome>;
  destroy(): Promise<void>;
}

export function settingsOf(provider: ReturnType<typeof glsaProvider>, settings: Values): Values {
  return withNulls(provider.schema.attributes, settings);
}
