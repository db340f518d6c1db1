import type { Construct } from "constructs";
import { deliveryValues, ownerValues, rotationValues, type Addresses } from "../../words";
import { asText, durationText } from "../late";
import { placeAt } from "../place";
import {
  GlsaAccessToken,
  DataGlsaServiceAccount,
  type GlsaAccessTokenDeliverTo,
  GlsaMembership,
  GlsaServiceAccount,
} from "../generated";
import type {
  AccountDeclaration,
  AccountObject,
  Backend,
  FoundAccount,
  LookupDeclaration,
  MembershipDeclaration,
  MembershipObject,
  TokenDeclaration,
  TokenObject,
} from "./backend";

/** glsa's own provider. It supports everything that can be declared. */
export class GlsaBackend implements Backend {
  account(construct: Construct, account: AccountDeclaration, addresses: Addresses): AccountObject {
    const glsa = new GlsaServiceAccount(construct, "Resource", {
      provider: account.provider,
      ...ownerValues(account.owner, asText),
      username: account.username,
      name: account.name,
      email: account.email,
      deletionProtection: account.deletionProtection,
      onDestroy: account.onDestroy,
      suspended: account.suspended,
      hardDelete: account.hardDelete,
      timeouts: account.timeouts,
    });
    placeAt(glsa, addresses, account);
    return glsa;
  }

  membership(
    construct: Construct,
    membership: MembershipDeclaration,
    addresses: Addresses,
  ): MembershipObject {
    const { account, group, project, role, expiresAt, removeMembershipsBelow } = membership;
    const glsa = new GlsaMembership(construct, "Resource", {
      provider: account.provider,
      serviceAccountId: account.id,
      group: asText(group),
      project: asText(project),
      role: role.name,
      customRoleId: role.customRoleId,
      expiresAt,
      removeMembershipsBelow,
    });
    placeAt(glsa, addresses, membership);
    return glsa;
  }

  token(construct: Construct, token: TokenDeclaration, addresses: Addresses): TokenObject {
    const { account, rotation, deliverTo, granularScopes } = token;
    const glsa = new GlsaAccessToken(construct, "Resource", {
      provider: account.provider,
      serviceAccountId: account.id,
      name: token.name,
      description: token.description ?? account.description,
      scopes: granularScopes ? undefined : token.scopes.map(({ name }) => name),
      granularScopes: granularScopes?.map((scope) => ({
        ...scope,
        permissions: [...scope.permissions],
        groupIds: scope.groupIds && [...scope.groupIds],
        projectIds: scope.projectIds && [...scope.projectIds],
      })),
      expiresAt: token.expiresAt,
      rotation: rotation && rotationValues(rotation, durationText),
      neverExpires: token.neverExpires,
      keepers: token.keepers,
      revokeNow: token.revokeNow,
      deliverTo:
        deliverTo.length === 0
          ? undefined
          : deliverTo.map((each) => deliveryValues<GlsaAccessTokenDeliverTo>(each, asText)),
      storeValue: token.storeValue,
    });
    placeAt(glsa, addresses, token);
    return glsa;
  }

  lookup(construct: Construct, { owner, username, provider }: LookupDeclaration): FoundAccount {
    return new DataGlsaServiceAccount(construct, "Resource", {
      provider,
      ...ownerValues(owner, asText),
      username,
    });
  }
}
