import type { Input, ProviderResource, Resource } from "@pulumi/pulumi";
import { deliveryValues, ownerValues, rotationValues } from "../../words";
import { asText, durationText } from "../late";
import { Program } from "../program";
import {
  GlsaAccessToken,
  type GlsaAccessTokenDeliverTo,
  getServiceAccount,
  GlsaMembership,
  GlsaServiceAccount,
} from "../generated";
import { scopeNames } from "../token-args";
import type {
  AccountDeclaration,
  AccountObject,
  Backend,
  FoundAccount,
  LookupDeclaration,
  MembershipDeclaration,
  MembershipObject,
  Place,
  TokenDeclaration,
  TokenObject,
} from "./backend";

/** glsa's own provider. It supports everything that can be declared. */
export class GlsaBackend implements Backend {
  readonly memberType = GlsaServiceAccount.type;

  account(account: AccountDeclaration, { name, path, options }: Place): AccountObject {
    Program.current().addObject(`${GlsaServiceAccount.type} ${name}`, path, "username");
    const glsa = new GlsaServiceAccount(
      name,
      {
        ...ownerValues<Input<string>>(account.owner, asText),
        username: account.username,
        name: account.name,
        email: account.email,
        deletionProtection: account.deletionProtection,
        onDestroy: account.onDestroy,
        suspended: account.suspended,
        hardDelete: account.hardDelete,
        timeouts: account.timeouts,
      },
      options,
    );
    return { glsa, id: glsa.id, userId: glsa.userId, status: glsa.status };
  }

  membership(membership: MembershipDeclaration, { name, path, options }: Place): MembershipObject {
    const { account, group, project, role, expiresAt, removeMembershipsBelow } = membership;
    const property = project === undefined ? "group" : "project";
    Program.current().addObject(`${GlsaMembership.type} ${name}`, path, property);
    const glsa = new GlsaMembership(
      name,
      {
        serviceAccountId: account.id,
        group: asText(group),
        project: asText(project),
        role: role.name,
        customRoleId: role.customRoleId,
        expiresAt,
        removeMembershipsBelow,
      },
      options,
    );
    return { glsa, id: glsa.id, status: glsa.status };
  }

  token(token: TokenDeclaration, { name, path, options }: Place): TokenObject {
    Program.current().addObject(`${GlsaAccessToken.type} ${name}`, path, "name");
    const { account, rotation, deliverTo, granularScopes } = token;
    const glsa = new GlsaAccessToken(
      name,
      {
        serviceAccountId: account.id,
        name: token.name,
        description: token.description ?? account.description,
        scopes: granularScopes === undefined ? scopeNames(token.scopes) : undefined,
        granularScopes,
        expiresAt: token.expiresAt,
        rotation: rotation && rotationValues(rotation, durationText),
        neverExpires: token.neverExpires,
        keepers: token.keepers && { ...token.keepers },
        revokeNow: token.revokeNow,
        deliverTo: deliverTo.length === 0 ? undefined : deliverTo.map(deliveryArgs),
        storeValue: token.storeValue,
      },
      options,
    );
    const { id, tokenId, validUntil, rotatesAt, status, value } = glsa;
    return { glsa, id, tokenId, validUntil, rotatesAt, status, value };
  }

  lookup(
    { owner, username }: LookupDeclaration,
    options: { readonly parent: Resource; readonly provider?: ProviderResource },
  ): FoundAccount {
    const found = getServiceAccount(
      { ...ownerValues<Input<string>>(owner, asText), username },
      options,
    );
    return { id: found.id, userId: found.userId };
  }
}

function deliveryArgs(delivery: TokenDeclaration["deliverTo"][number]): GlsaAccessTokenDeliverTo {
  return deliveryValues(delivery, asText);
}
