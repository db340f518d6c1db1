import type { Delivery, Rotation } from "../words";
import { asText, durationText } from "./late";
import type { GlsaAccessTokenRotation } from "./raw/access-token";
import type { GlsaAccessTokenDeliverTo } from "./raw/access-token-delivery";

/** A destination as Terraform gets it. */
export function deliveryConfig({ destination }: Delivery): GlsaAccessTokenDeliverTo {
  const { ciVariable } = destination;
  if (ciVariable === undefined) return { ...destination, ciVariable };
  const { project, group } = ciVariable;
  return { ciVariable: { ...ciVariable, project: asText(project), group: asText(group) } };
}

/** A rotation as Terraform gets it. */
export function rotationConfig(rotation: Rotation): GlsaAccessTokenRotation {
  const { every, overlap, lifetime, quietFor, holdAtMost } = rotation;
  return {
    every: durationText(every),
    overlap: overlap && durationText(overlap),
    lifetime: lifetime && durationText(lifetime),
    quietFor: quietFor && durationText(quietFor),
    holdAtMost: holdAtMost && durationText(holdAtMost),
  };
}
