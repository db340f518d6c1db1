import {
  output,
  type Input,
  type InvokeOptions,
  type Output,
  type ProviderResource,
  type Resource,
} from "@pulumi/pulumi";
import { scopeName } from "../../../src/model";
import { pulumiType, type OfficialObject } from "../../../src/official";
import {
  accountRefusals,
  addressOf,
  membershipRefusals,
  officialAccount,
  officialMembership,
  officialToken,
  officialVariable,
  ownerRefusals,
  tokenRefusals,
  variableWords,
  type CiVariableDelivery,
  type ContainerRef,
  type OfficialFront,
} from "../../words";
import type { Late } from "../inputs";
import { asText, isLate } from "../late";
import { Program } from "../program";
import { lookUp } from "../raw/look-up";
import { OfficialResource } from "../raw/official";
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

/** A declaration or value as the mapping takes it. The mapping does not read values that may come late. */
function plain<T>(value: unknown): T {
  return value as T;
}

const FRONT: OfficialFront = {
  isLate,
  text: (value) => plain(asText(value)),
  not: (value: Input<boolean>) =>
    isLate(value) ? plain(output(value).apply((known) => !known)) : !value,
  scopeNames: (scopes) => plain(scopeNames(scopes, scopeName)),
};

/** The official GitLab provider, by its resource types. Its SDK is never loaded. */
export class OfficialBackend implements Backend {
  readonly memberType = pulumiType("groupServiceAccount");

  readonly accountProblems = (account: AccountDeclaration) =>
    accountRefusals(plain<Parameters<typeof accountRefusals>[0]>(account), isLate);
  readonly lookupProblems = (lookup: LookupDeclaration) => ownerRefusals(lookup, isLate);
  readonly membershipProblems = (membership: MembershipDeclaration) =>
    membershipRefusals(membership, isLate);
  readonly tokenProblems = (token: TokenDeclaration) =>
    tokenRefusals(plain<Parameters<typeof tokenRefusals>[0]>(token), isLate);

  account(account: AccountDeclaration, place: Place): AccountObject {
    const written = plain<Parameters<typeof officialAccount>[0]>(account);
    const official = make(officialAccount(written, FRONT), place, "username");
    return { official, id: official.id, userId: official.serviceAccountId.apply(Number) };
  }

  membership(membership: MembershipDeclaration, place: Place): MembershipObject {
    const { account, group, project } = membership;
    const { parent, provider } = place.options;
    const written = plain<Parameters<typeof officialMembership>[0]>({
      ...membership,
      userId: account.userId,
      groupId: project === undefined ? groupNumber(group ?? "", { parent, provider }) : undefined,
    });
    const object = officialMembership(written, FRONT);
    const official = make(object, place, project === undefined ? "group" : "project");
    return { official, id: official.id };
  }

  token(token: TokenDeclaration, place: Place): TokenObject {
    const { account, deliverTo } = token;
    const written = plain<Parameters<typeof officialToken>[0]>({
      ...token,
      description: token.description ?? account.description,
      owner: account.owner,
      userId: account.userId,
    });
    const official = make(officialToken(written, FRONT), place, "name");
    for (const [index, { destination }] of deliverTo.entries()) {
      const { ciVariable } = destination;
      if (ciVariable !== undefined) deliver(official, ciVariable, index, place);
    }
    const { id, expiresAt: validUntil, token: value } = official;
    return { official, id, validUntil, value };
  }

  lookup(
    { username }: LookupDeclaration,
    options: { readonly parent: Resource; readonly provider?: ProviderResource },
  ): FoundAccount {
    const token = "gitlab:index/getUser:getUser";
    const found = lookUp<{ readonly id: string }>(token, { username }, options);
    return { id: found.id, userId: found.id.apply(Number) };
  }
}

function make(object: OfficialObject, { name, path, options }: Place, property: string) {
  Program.current().addObject(`${pulumiType(object.kind)} ${name}`, path, property);
  return new OfficialResource(name, object, options);
}

/** A late place cannot become part of a name. Such a variable is named after its token and its index there. */
function deliver(
  token: OfficialResource,
  variable: CiVariableDelivery,
  index: number,
  { name, options }: Place,
): void {
  const { project, group, key, environmentScope } = variable;
  const isNameless = [project, group, key, environmentScope].some(isLate);
  const words = isNameless ? [name, `variable-${index}`] : variableWords(variable, String);
  const { parent, provider } = options;
  const object = officialVariable(variable, plain(token.token), FRONT);
  new OfficialResource(addressOf(words), object, { parent, provider });
}

/** The number of a group. A path is looked up, late or not. */
function groupNumber(group: Late<ContainerRef>, options: InvokeOptions): number {
  const numberOf = (known: ContainerRef): Input<number> =>
    /^\d+$/.test(String(known)) ? Number(known) : lookedUp(String(known), options);
  return plain(isLate(group) ? output(group).apply(numberOf) : numberOf(group));
}

function lookedUp(path: string, options: InvokeOptions): Output<number> {
  const fullPath = path.replace(/^\/+|\/+$/g, "");
  const token = "gitlab:index/getGroup:getGroup";
  return lookUp<{ readonly groupId: number }>(token, { fullPath }, options).groupId;
}
