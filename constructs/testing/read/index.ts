import type { Declarations } from "../declarations";
import { accountsIn } from "./accounts";
import { deliveriesIn } from "./deliveries";
import { membershipsIn } from "./memberships";
import type { FoundResources } from "./resource";
import { tokensIn } from "./tokens";

/** The declarations that resources of glsa's provider and of the official one stand for. */
export function readDeclarations(resources: FoundResources): Declarations {
  return {
    accounts: accountsIn(resources),
    memberships: membershipsIn(resources),
    tokens: tokensIn(resources),
    deliveries: deliveriesIn(resources),
  };
}
