import { unpacked } from "./columns";
import type {
  AccountRow,
  ContainerRow,
  EstateData,
  Fact,
  FindingRow,
  GapRow,
  MembershipRow,
  RequestRow,
  SharedAccessRow,
  TokenRow,
  VariableRow,
} from "./estate-data";

/** The data of a page, with the lookups of its views. */
export class Estate {
  readonly today: string;
  readonly instanceUrl: string | null;
  readonly accounts: readonly AccountRow[];
  readonly tokens: readonly TokenRow[];
  readonly memberships: readonly MembershipRow[];
  readonly variables: readonly VariableRow[];
  readonly containers: readonly ContainerRow[];
  readonly findings: readonly FindingRow[];
  readonly gaps: readonly GapRow[];
  readonly requests: readonly RequestRow[];
  readonly facts: readonly Fact[];

  private readonly accountsById: ReadonlyMap<number, AccountRow>;
  private readonly containersByRef: ReadonlyMap<string, ContainerRow>;
  private readonly tokensByAccount: ReadonlyMap<number, readonly TokenRow[]>;
  private readonly membershipsByAccount: ReadonlyMap<number, readonly MembershipRow[]>;
  private readonly sharedAccessByAccount: ReadonlyMap<number, readonly SharedAccessRow[]>;
  private readonly findingsByAccount: ReadonlyMap<number, readonly FindingRow[]>;
  private readonly unseenMembers: ReadonlySet<string | null>;
  private readonly variablesByToken: ReadonlyMap<number, readonly VariableRow[]>;

  constructor(data: EstateData) {
    this.today = data.today;
    this.instanceUrl = data.instanceUrl;
    this.facts = data.facts;
    this.accounts = unpacked<AccountRow>(data.accounts);
    this.tokens = unpacked<TokenRow>(data.tokens);
    this.memberships = unpacked<MembershipRow>(data.memberships);
    this.variables = unpacked<VariableRow>(data.variables);
    this.containers = unpacked<ContainerRow>(data.containers);
    this.findings = unpacked<FindingRow>(data.findings);
    this.gaps = unpacked<GapRow>(data.gaps);
    this.requests = unpacked<RequestRow>(data.requests);
    this.accountsById = new Map(this.accounts.map((account) => [account.id, account]));
    this.containersByRef = new Map(this.containers.map((container) => [container.ref, container]));
    this.tokensByAccount = groupedBy(this.tokens, ({ userId }) => userId);
    this.membershipsByAccount = groupedBy(this.memberships, ({ userId }) => userId);
    this.sharedAccessByAccount = groupedBy(
      unpacked<SharedAccessRow>(data.sharedAccess),
      ({ userId }) => userId,
    );
    this.findingsByAccount = groupedBy(this.findings, ({ userId }) => userId ?? NO_ACCOUNT);
    this.unseenMembers = new Set(
      this.gaps
        .filter(({ hides }) => hides.includes("memberships"))
        .map(({ container }) => container),
    );
    this.variablesByToken = groupedBy(this.variables, ({ tokenId }) => tokenId);
  }

  account(id: number): AccountRow | undefined {
    return this.accountsById.get(id);
  }

  container(ref: string): ContainerRow | undefined {
    return this.containersByRef.get(ref);
  }

  pathOf(ref: string): string {
    return this.container(ref)?.path ?? ref;
  }

  tokensOf(userId: number): readonly TokenRow[] {
    return this.tokensByAccount.get(userId) ?? [];
  }

  membershipsOf(userId: number): readonly MembershipRow[] {
    return this.membershipsByAccount.get(userId) ?? [];
  }

  sharedAccessOf(userId: number): readonly SharedAccessRow[] {
    return this.sharedAccessByAccount.get(userId) ?? [];
  }

  findingsOf(userId: number): readonly FindingRow[] {
    return this.findingsByAccount.get(userId) ?? [];
  }

  /** The deliveries of the account's tokens. */
  variablesOf(userId: number): readonly VariableRow[] {
    return this.tokensOf(userId).flatMap(({ id }) => this.variablesByToken.get(id) ?? []);
  }

  /** Whether members of a container may be invisible. */
  hidesMembers(ref: string): boolean {
    return this.unseenMembers.has(ref);
  }

  gapsOf(userId: number): readonly GapRow[] {
    return this.gaps.filter((gap) => gap.userId === userId);
  }
}

const NO_ACCOUNT = -1;

export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
