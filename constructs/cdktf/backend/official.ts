import { Op, TerraformStack, Token, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { pathWord, scopeName } from "../../../src/model";
import {
  accountRefusals,
  addressOf,
  membershipRefusals,
  officialAccount,
  officialMembership,
  officialToken,
  officialVariable,
  ownerRefusals,
  projectAccountRefusals,
  tokenRefusals,
  variableWords,
  type Addresses,
  type CiVariableDelivery,
  type ContainerRef,
  type DeclarationProblem,
  type OfficialFront,
} from "../../words";
import type { TakeOverOptions } from "../take-over-options";
import { asText, isLate, spell } from "../late";
import { placeAt } from "../place";
import { OfficialDataSource, OfficialResource } from "../raw/official";
import { StackChecks } from "../stack-checks";
import type {
  AccountDeclaration,
  AccountFacts,
  AccountObject,
  Backend,
  FoundAccount,
  LookupDeclaration,
  MembershipDeclaration,
  MembershipObject,
  TokenDeclaration,
  TokenObject,
} from "./backend";

const FRONT: OfficialFront = {
  isLate,
  text: asText,
  not: (value) => (isLate(value) ? (Op.not(value) as unknown as boolean) : !value),
  scopeNames: (scopes) => scopes.map(({ name }) => (isLate(name) ? name : scopeName(name))),
};

/** Combined with what the constructs know of an account, a membership or a token. */
class ReadableResource extends OfficialResource {
  get id(): string {
    return this.getStringAttribute("id");
  }

  get userId(): number {
    return this.getNumberAttribute("service_account_id");
  }

  get validUntil(): string {
    return this.getStringAttribute("expires_at");
  }

  get value(): string {
    return this.getStringAttribute("token");
  }
}

/** The official GitLab provider. Its package is never loaded: its resources are synthesized from their attributes. */
export class OfficialBackend implements Backend {
  /** @param bindings the provider that states the version of the bindings; undefined if none is found */
  constructor(private readonly bindings: TerraformProvider | undefined) {}

  readonly membershipProblems = (membership: MembershipDeclaration) =>
    membershipRefusals(membership, isLate);
  readonly tokenProblems = (token: TokenDeclaration) => tokenRefusals(token, isLate);

  accountProblems(account: AccountDeclaration): DeclarationProblem[] {
    return [...accountRefusals(account, isLate), ...this.ageProblems(account)];
  }

  lookupProblems(lookup: LookupDeclaration): DeclarationProblem[] {
    return [...ownerRefusals(lookup, isLate), ...this.ageProblems(lookup)];
  }

  account(construct: Construct, account: AccountDeclaration, addresses: Addresses): AccountObject {
    const { provider, deletionProtection } = account;
    const official = new ReadableResource(construct, "Resource", officialAccount(account, FRONT), {
      provider,
      lifecycle: deletionProtection === true ? { preventDestroy: true } : undefined,
    });
    register(official, addresses, account);
    return official;
  }

  membership(
    construct: Construct,
    membership: MembershipDeclaration,
    addresses: Addresses,
  ): MembershipObject {
    const { account, group, project } = membership;
    const { provider, userId } = account;
    const groupId =
      project === undefined ? groupNumber(construct, account, group ?? "") : undefined;
    const object = officialMembership({ ...membership, userId, groupId }, FRONT);
    const official = new ReadableResource(construct, "Resource", object, { provider });
    register(official, addresses, membership);
    return official;
  }

  token(construct: Construct, token: TokenDeclaration, addresses: Addresses): TokenObject {
    const { account, deliverTo } = token;
    const { owner, userId, provider } = account;
    const description = token.description ?? account.description;
    const object = officialToken({ ...token, description, owner, userId }, FRONT);
    // Everything whose change creates another token, so that its value is delivered before the old one is revoked.
    const lifecycle = { createBeforeDestroy: true };
    const official = new ReadableResource(construct, "Resource", object, { provider, lifecycle });
    register(official, addresses, token);
    for (const { destination } of deliverTo) {
      if (destination.ciVariable) deliver(construct, official, destination.ciVariable, provider);
    }
    return official;
  }

  lookup(construct: Construct, { username, provider }: LookupDeclaration): FoundAccount {
    const found = new OfficialDataSource(construct, "Resource", "user", { username }, { provider });
    return {
      get id() {
        return found.getStringAttribute("id");
      },
      get userId() {
        return found.getNumberAttribute("id");
      },
    };
  }

  private ageProblems(account: AccountDeclaration | LookupDeclaration): DeclarationProblem[] {
    const provider = account.provider ?? this.bindings;
    return projectAccountRefusals(account, provider?.terraformGeneratorMetadata?.providerVersion);
  }
}

function register(
  resource: OfficialResource,
  addresses: Addresses,
  imported: TakeOverOptions,
): void {
  placeAt(resource, addresses, imported);
  StackChecks.of(resource).addOfficialResource(resource);
}

function deliver(
  construct: Construct,
  token: OfficialResource,
  variable: CiVariableDelivery,
  provider: TerraformProvider | undefined,
): void {
  const words = variableWords(variable, (value) => spell(construct, value));
  const object = officialVariable(variable, token.getStringAttribute("token"), FRONT);
  const id = addressOf(["variable", ...words]);
  const resource = new OfficialResource(construct, id, object, { provider });
  placeAt(resource, { current: addressOf([...instanceWords(provider), ...words]) }, {});
}

/**
 * The number of a group. A path is looked up, once per stack. A value that Terraform knows only later must be a number,
 * as in `group.id`.
 */
function groupNumber(
  construct: Construct,
  { provider }: AccountFacts,
  group: ContainerRef,
): number {
  if (typeof group === "number") return group;
  if (isLate(group)) return Token.asNumber(group);
  if (/^\d+$/.test(group)) return Number(group);
  const stack = TerraformStack.of(construct);
  const address = addressOf([...instanceWords(provider), pathWord(group)]);
  const id = `official-group-${address}`;
  const known = stack.node.tryFindChild(id);
  if (known instanceof OfficialDataSource) return known.getNumberAttribute("group_id");
  const fullPath = group.replace(/^\/+|\/+$/g, "");
  const found = new OfficialDataSource(stack, id, "group", { fullPath }, { provider });
  found.overrideLogicalId(address);
  return found.getNumberAttribute("group_id");
}

function instanceWords(provider: TerraformProvider | undefined): string[] {
  return provider?.alias === undefined ? [] : [provider.alias];
}
