import { scopeName } from "../../../src/model";
import type { DeclaredToken } from "../declarations";
import { accountOf, ofType } from "./people";
import type { FoundResource, FoundResources, Properties } from "./resource";
import { flagOf, listOf, objectOf, textOf } from "./values";

export const GLSA_TOKEN = "glsa_access_token";
export const OFFICIAL_TOKENS = [
  "gitlab_group_service_account_access_token",
  "gitlab_project_service_account_access_token",
  "gitlab_personal_access_token",
];

export function tokensIn(resources: FoundResources): DeclaredToken[] {
  return [
    ...ofType(resources, [GLSA_TOKEN]).map((resource) => glsaToken(resource, resources)),
    ...ofType(resources, OFFICIAL_TOKENS).map((resource) => officialToken(resource, resources)),
  ];
}

function glsaToken({ properties }: FoundResource, resources: FoundResources): DeclaredToken {
  const rotation = objectOf(properties.rotation);
  return {
    ...commonFacts(properties),
    account: accountOf(resources, properties.serviceAccountId),
    rotates: textOf(rotation?.every),
    overlap: textOf(rotation?.overlap),
    neverExpires: flagOf(properties.neverExpires) ?? false,
    storeValue: flagOf(properties.storeValue) ?? false,
  };
}

/** There the value always stands in the state, and a rotation leaves the old token no time. */
function officialToken({ properties }: FoundResource, resources: FoundResources): DeclaredToken {
  const rotates = officialRotation(properties);
  return {
    ...commonFacts(properties),
    account: accountOf(resources, properties.userId),
    rotates,
    neverExpires: rotates === undefined && properties.expiresAt === undefined,
    storeValue: true,
  };
}

function commonFacts(
  properties: Properties,
): Pick<DeclaredToken, "name" | "scopes" | "expiresAt" | "description"> {
  return {
    name: String(properties.name),
    scopes: listOf(properties.scopes)
      .map((scope) => scopeName(String(scope)))
      .sort(),
    expiresAt: textOf(properties.expiresAt),
    description: textOf(properties.description),
  };
}

function officialRotation(properties: Properties): string | undefined {
  const rotation = objectOf(properties.rotationConfiguration);
  if (rotation === undefined) return undefined;
  return `${Number(rotation.expirationDays) - Number(rotation.rotateBeforeDays)}d`;
}
