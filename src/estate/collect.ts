import type { GitLab, GraphqlUser } from "../gitlab";
import { compareText, utcDate } from "../model";
import { foreignAccount, readAccounts, readShown, withShown, type AccountsById } from "./accounts";
import { Containers } from "./containers";
import { GapLog } from "./gap-log";
import { membershipsElsewhere, readMembers, withInherited, type MembersRead } from "./members";
import { findOwners } from "./owners";
import type {
  Picture,
  PicturedCaller,
  PicturedInstance,
  PicturedMembership,
  RequestCount,
} from "./picture";
import { SILENT, type Progress } from "./progress";
import { survey, type Survey, type SurveyOptions } from "./survey";
import { readSharedAccess } from "./shares";
import { readTokens } from "./tokens";
import { readVariables } from "./variables";

/** One pass over a live GitLab: what it will cost, and then the picture. */
export class Pass {
  private constructor(
    private readonly gitlab: GitLab,
    private readonly gaps: GapLog,
    private readonly survey: Survey,
    private readonly head: Pick<Picture, "instance" | "askedBy" | "startedAt" | "today">,
  ) {}

  /** Sends the first requests. Throws if nothing at all is visible. */
  static async begin(gitlab: GitLab, options: SurveyOptions): Promise<Pass> {
    const gaps = new GapLog(() => gitlab.client.transport.isSpent);
    const head = await headOf(gitlab);
    return new Pass(gitlab, gaps, await survey(gitlab, options, gaps), head);
  }

  get cost(): Survey["cost"] {
    return this.survey.cost;
  }

  get askedBy(): PicturedCaller {
    return this.head.askedBy;
  }

  /** The number of requests sent so far. */
  get sent(): number {
    return [...this.gitlab.client.transport.requests.values()].reduce((sum, each) => sum + each, 0);
  }

  /** The picture. After an end by a signal or a limit, its completed part, with the rest as gaps. */
  async picture(progress: Progress = SILENT): Promise<Picture> {
    progress.begin(this.cost.total);
    const seen = await this.look(progress);
    progress.end();
    const { scope } = this.survey;
    const gaps = this.gaps.all();
    return {
      ...this.head,
      scope,
      finishedAt: clockOf(this.gitlab).toISOString(),
      ...seen,
      gaps,
      isComplete: gaps.every(({ isExpected }) => isExpected),
      requests: requestCounts(this.gitlab),
    };
  }

  private async look(progress: Progress): Promise<Seen> {
    const { gitlab, gaps } = this;
    const { containers: looked, withVariables, isAdministrator, tokens: list, scope } = this.survey;
    const containers = new Containers(looked);
    progress.phase("accounts");
    const accounts = await readAccounts(this.survey, containers, gaps);
    progress.phase("members");
    const members = await readMembers(
      gitlab,
      looked,
      { userIds: new Set(accounts.keys()), withOthers: scope.kind !== "instance" },
      gaps,
    );
    const found = await this.lookAround(accounts, members, containers, progress);
    if (scope.kind === "instance") {
      await findOwners(gitlab, accounts, { memberships: found, containers }, gaps);
    }
    progress.phase("tokens");
    const tokens = await readTokens(gitlab, { accounts, list, isAdministrator }, gaps);
    progress.phase("variables");
    const variables = withVariables ? await readVariables(gitlab, looked, gaps) : [];
    const memberships = withInherited(found, containers);
    progress.phase("invited groups");
    const sharedAccess = this.survey.withShares
      ? await readSharedAccess(gitlab, scope, { looked, containers, memberships }, gaps)
      : [];
    this.tellExpected(accounts);
    return {
      accounts: [...accounts.values()].sort((left, right) =>
        compareText(left.username, right.username),
      ),
      tokens: tokens.sort(
        (left, right) => left.userId - right.userId || right.tokenId - left.tokenId,
      ),
      memberships,
      sharedAccess,
      variables,
      containers: [...containers.all].sort((left, right) => compareText(left.path, right.path)),
    };
  }

  /** Below a group or project: accounts of other owners that are members, and memberships elsewhere. */
  private async lookAround(
    accounts: AccountsById,
    { memberships, others }: MembersRead,
    containers: Containers,
    progress: Progress,
  ): Promise<MembersRead["memberships"]> {
    if (this.survey.scope.kind === "instance") return memberships;
    progress.phase("memberships elsewhere");
    const { gitlab, gaps } = this;
    const looked = new Containers(containers.all);
    let isComplete = true;
    const failed = (what: string) => (failure: unknown) => {
      isComplete = false;
      gaps.failed({ hides: ["memberships", "states", "accounts"], what }, failure);
    };
    const unknown = [...new Set(others.map(({ userId }) => userId))];
    const [own, strangers] = await Promise.all([
      readShown(
        gitlab,
        [...accounts.keys()],
        { memberships: true },
        failed("states and memberships elsewhere"),
      ),
      readShown(
        gitlab,
        unknown,
        { memberships: false },
        failed("which members are service accounts"),
      ),
    ]);
    withShown(accounts, own, isComplete);
    const foreign = [...strangers.values()].filter(({ type }) => type === "SERVICE_ACCOUNT");
    for (const user of foreign) accounts.set(user.id, foreignAccount(user));
    this.tellCut(own);
    return [
      ...memberships,
      ...others.filter(({ userId }) => accounts.has(userId)),
      ...[...own.values()].flatMap((user) => membershipsElsewhere(user, looked, containers)),
    ];
  }

  private tellCut(shown: ReadonlyMap<number, GraphqlUser>): void {
    for (const { id: userId, username, hasMore } of shown.values()) {
      if (!hasMore) continue;
      this.gaps.expected(
        { hides: ["memberships"], userId, what: "memberships" },
        `${username} has more memberships outside of the scope than GitLab shows at once.`,
        "Audit the groups in which they are, or the instance as an administrator.",
      );
    }
  }

  private tellExpected(accounts: AccountsById): void {
    const { isAdministrator, scope, withVariables, withShares } = this.survey;
    if (!withVariables) {
      this.gaps.expected(
        { hides: ["variables"], what: "variables" },
        "CI/CD variables were left out.",
        "Run it without --no-variables.",
      );
    }
    if (!withShares) {
      this.gaps.expected(
        { hides: ["memberships"], what: "memberships" },
        "Access that members of one group have because that group was invited (a share) was left out.",
        "Run it with --shares.",
      );
    }
    if (scope.kind === "instance" || isAdministrator) return;
    this.gaps.expected(
      { hides: ["memberships"], what: "memberships" },
      "Memberships in groups and projects that this token's user cannot see are not visible, and neither are groups that are invited to those.",
      "Audit the instance as an administrator to see them.",
    );
    const foreign = [...accounts.values()].filter(({ isForeign }) => isForeign).length;
    if (foreign === 0) return;
    this.gaps.expected(
      { hides: ["tokens"], what: "tokens" },
      `${foreign === 1 ? "One account" : `${foreign} accounts`} of other owners ${foreign === 1 ? "is a member" : "are members"} here, and GitLab shows ${foreign === 1 ? "its" : "their"} tokens only to those owners and to administrators.`,
      "Audit the owners' groups, or the instance as an administrator.",
    );
  }
}

type Seen = Pick<
  Picture,
  "accounts" | "tokens" | "memberships" | "sharedAccess" | "variables" | "containers"
> & {
  readonly memberships: readonly PicturedMembership[];
};

async function headOf(gitlab: GitLab) {
  const version = await gitlab.version();
  const startedAt = clockOf(gitlab);
  const [tier, askedBy] = await Promise.all([gitlab.tier(), callerOf(gitlab)]);
  const instance: PicturedInstance = {
    url: gitlab.client.server.replace(/\/api\/v4$/, ""),
    version,
    tier: tier ?? null,
  };
  return { instance, askedBy, startedAt: startedAt.toISOString(), today: utcDate(startedAt) };
}

async function callerOf(gitlab: GitLab): Promise<PicturedCaller> {
  const token = await gitlab.ownTokenDetails();
  const user = await gitlab.users.self();
  const { id: userId, username } = user;
  const isAdministrator = await gitlab.isAdministrator();
  const described =
    token === undefined
      ? null
      : { id: token.id, name: token.name, scopes: token.scopes, expiresAt: token.expires_at };
  return { userId, username, isAdministrator, token: described };
}

/** The server's clock, which is in every response. Without one, this machine's. */
function clockOf(gitlab: GitLab): Date {
  return gitlab.client.serverDate ?? new Date();
}

function requestCounts(gitlab: GitLab): RequestCount[] {
  return [...gitlab.client.transport.requests]
    .map(([name, count]) => {
      const [method = "", route = ""] = name.split(" ", 2);
      return { method, route, count };
    })
    .sort((left, right) => right.count - left.count || compareText(left.route, right.route));
}
