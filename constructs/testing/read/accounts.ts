import type { DeclaredAccount } from "../declarations";
import { ACCOUNT_TYPES, ofType, ownerOf } from "./people";
import type { FoundResource, FoundResources } from "./resource";
import { flagOf, objectOf, textOf } from "./values";

export function accountsIn(resources: FoundResources): DeclaredAccount[] {
  return ofType(resources, ACCOUNT_TYPES).map((resource) => accountIn(resource, resources));
}

function accountIn({ properties }: FoundResource, resources: FoundResources): DeclaredAccount {
  const username = String(properties.username);
  const { preventDestroy } = objectOf(properties.lifecycle) ?? {};
  return {
    username,
    owner: ownerOf(resources, properties),
    name: textOf(properties.name) ?? username,
    email: textOf(properties.email),
    deletionProtection: flagOf(properties.deletionProtection) ?? flagOf(preventDestroy) ?? false,
    onDestroy: textOf(properties.onDestroy) ?? "delete",
  };
}
