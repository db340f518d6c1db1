import { output, type Input } from "@pulumi/pulumi";
import { Scope, type AccessTokenOptions, type Delivery, type Rotation } from "../words";
import type { Late } from "./inputs";
import { asText, durationText, isLate } from "./late";
import type { GlsaAccessTokenRotation } from "./raw/access-token";
import type { GlsaAccessTokenDeliverTo } from "./raw/access-token-delivery";

/** Scopes for the rules; a list that comes later is one late scope. */
export function scopesOf(scopes: Late<AccessTokenOptions["scopes"]>): Scope[] {
  const items = isLate(scopes) ? [scopes] : (scopes as readonly (Scope | Input<string>)[]);
  return items.map((each) => Scope.from(each as Scope | string));
}

/** Scopes as the provider gets them. */
export function scopeNames(scopes: readonly Scope[]): Input<string[]> {
  const names: Input<string | string[]>[] = scopes.map(({ name }) => name);
  return output(names).apply((resolved) => resolved.flat());
}

/** A destination as the provider gets it. */
export function deliveryArgs({ destination }: Delivery): GlsaAccessTokenDeliverTo {
  const { ciVariable } = destination;
  if (ciVariable === undefined) return { ...destination, ciVariable };
  const { project, group } = ciVariable;
  return { ciVariable: { ...ciVariable, project: asText(project), group: asText(group) } };
}

/** A rotation as the provider gets it. */
export function rotationArgs(rotation: Rotation): GlsaAccessTokenRotation {
  const { every, overlap, lifetime, quietFor, holdAtMost } = rotation;
  return {
    every: durationText(every),
    overlap: overlap && durationText(overlap),
    lifetime: lifetime && durationText(lifetime),
    quietFor: quietFor && durationText(quietFor),
    holdAtMost: holdAtMost && durationText(holdAtMost),
  };
}

/** Whether anything that tells one destination from another comes later. */
export function isLateLabel(values: readonly unknown[]): boolean {
  return values.some((value) => isLate(value) || (Array.isArray(value) && isLateLabel(value)));
}
