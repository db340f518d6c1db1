import type { ContainerRef } from "./account-owner";
import type { CiVariableDelivery, Delivery, DeliveryDestination } from "./delivery";
import type { Duration } from "./duration";
import type { Rotation } from "./rotation";

type DurationName = "overlap" | "lifetime" | "quietFor" | "holdAtMost";

/** A rotation as glsa's provider gets it: every duration as text. */
export function rotationValues<T>(
  { every, overlap, lifetime, quietFor, holdAtMost }: Rotation,
  asText: (duration: Duration) => T,
): { readonly every: T } & { readonly [K in DurationName]?: T } {
  return {
    every: asText(every),
    overlap: overlap && asText(overlap),
    lifetime: lifetime && asText(lifetime),
    quietFor: quietFor && asText(quietFor),
    holdAtMost: holdAtMost && asText(holdAtMost),
  };
}

/** A CI/CD variable whose project or group is a text. */
type CiVariableValues<T> = Omit<CiVariableDelivery, "project" | "group"> & {
  readonly project?: T;
  readonly group?: T;
};

/** A destination as glsa's provider gets it: projects and groups as text. */
export function deliveryValues<T>(
  { destination }: Delivery,
  asText: (container: ContainerRef | undefined) => T | undefined,
): Omit<DeliveryDestination, "ciVariable"> & { readonly ciVariable?: CiVariableValues<T> } {
  const { ciVariable, ...others } = destination;
  if (ciVariable === undefined) return { ...others };
  const { project, group } = ciVariable;
  return { ciVariable: { ...ciVariable, project: asText(project), group: asText(group) } };
}
