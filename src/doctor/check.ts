import type { Finding } from "./finding";
import type { Setup } from "./setup";

/** In the order in which causes come before their effects. */
export const CHECK_NAMES = [
  "runtime",
  "config",
  "proxy",
  "certificates",
  "engine",
  "provider",
  "lock-file",
  "token",
  "gitlab",
  "clock",
  "rate-limit",
  "own-token",
  "version",
  "state",
  "state-lock",
  "rights",
  "own-rotation",
  "destinations",
] as const;

export type CheckName = (typeof CHECK_NAMES)[number];

/** One subject that can be well or not. It changes nothing. */
export interface Check {
  readonly name: CheckName;
  /** Checks without which this one says nothing: where one of them finds a fault, this one is left out. */
  readonly needs: readonly CheckName[];
  readonly examine: (setup: Setup) => Promise<readonly Finding[]> | readonly Finding[];
}
