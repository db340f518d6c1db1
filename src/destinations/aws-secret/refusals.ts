import { StoreError } from "../stored/store-error";
import type { SecretFacts } from "./secrets-manager";

/** Refuses a secret to which something else writes, or nothing can. */
export function refuseUnusable(facts: SecretFacts): void {
  if (facts.managedBy !== undefined) {
    throw new StoreError(`the service ${facts.managedBy} manages the secret`, {
      remedy: "Choose another name.",
    });
  }
  if (facts.isRotatedByAws) {
    throw new StoreError("AWS itself rotates the secret, so that two would write to it", {
      remedy:
        "Choose another secret, or end that rotation with aws secretsmanager cancel-rotate-secret.",
    });
  }
  if (facts.isBeingDeleted) {
    throw new StoreError("the secret is about to be deleted", {
      remedy: "Choose another name, or keep it with aws secretsmanager restore-secret.",
    });
  }
  if (facts.primaryRegion !== undefined) {
    throw new StoreError("the secret is a replica, and replicas cannot be written", {
      remedy: `Write region = "${facts.primaryRegion}", where its primary is.`,
    });
  }
}
