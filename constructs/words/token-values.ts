import type { AccountOwner, ContainerRef } from "./account-owner";
import type { Duration } from "./duration";
import type { Rotation } from "./rotation";

type DurationName = "overlap" | "lifetime" | "quietFor" | "maxHold";

/** A rotation as glsa's provider expects it: every duration as a string. */
export function rotationValues<T>(
  { every, overlap, lifetime, quietFor, maxHold, spread }: Rotation,
  asText: (duration: Duration) => T,
): { readonly every: T } & { readonly [K in DurationName]?: T } & {
  readonly spread?: true;
} {
  return {
    every: asText(every),
    overlap: overlap && asText(overlap),
    lifetime: lifetime && asText(lifetime),
    quietFor: quietFor && asText(quietFor),
    maxHold: maxHold && asText(maxHold),
    ...(spread && { spread: true }),
  };
}

/** An owner as glsa's provider expects it. */
export function ownerValues<T>(
  { kind, container }: AccountOwner,
  asText: (container: ContainerRef) => T,
): { readonly group?: T; readonly project?: T; readonly instance?: boolean } {
  return container === undefined ? { instance: true } : { [kind]: asText(container) };
}
