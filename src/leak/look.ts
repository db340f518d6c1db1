import { isGitLabError, type GitLab, type ReachedEntity, type TokenEntity } from "../gitlab";
import { fingerprint, readMarker, roleOfAccessLevel, type Owner } from "../model";
import type { Leaked } from "./leaked";
import { tokenByNumber } from "./token-by-number";
import type { DeclaredLeak, LeakedState, ReachedPlace, Sighting } from "./sighting";

/** Who is asked. Without `gitlab` the leaked value alone has to do. */
export interface Asked {
  /** With this run's own token. */
  readonly gitlab: GitLab | undefined;
  /** With the leaked one. */
  readonly withValue: (value: string) => GitLab;
}

/** Looks a leaked token up, in at most six requests. */
export async function look(
  { value, tokenId, foundAt }: Leaked,
  declared: readonly DeclaredLeak[],
  asked: Asked,
): Promise<Sighting> {
  const looking = new Looking(asked, declared);
  const own = value === undefined ? undefined : asked.withValue(value);
  const token =
    own === undefined
      ? await looking.byNumber(tokenId ?? 0)
      : await looking.orNothing("the token itself", () => own.tokens.self());
  const declaration = looking.declarationOf(token?.id ?? tokenId, value);
  const id = token?.id ?? tokenId ?? declaration?.token.tokenId;
  const userId = token?.user_id ?? declaration?.token.userId;
  const isAlive = token !== undefined && stateOf(token) === "active";
  return {
    tokenId: id ?? null,
    userId: userId ?? null,
    username: userId === undefined ? null : await looking.username(userId, own, isAlive),
    name: token?.name ?? declaration?.token.name ?? null,
    scopes: token?.scopes ?? declaration?.token.scopes ?? null,
    state: token !== undefined ? stateOf(token) : value === undefined ? "unknown" : "dead",
    createdAt: token?.created_at ?? null,
    expiresAt: token?.expires_at ?? declaration?.token.expiresAt ?? null,
    lastUsedAt: token?.last_used_at ?? null,
    lastUsedIps: token?.last_used_ips ?? null,
    isMarked: readMarker(token?.description ?? null) !== undefined,
    declared: declaration ?? null,
    reach: own !== undefined && isAlive ? await looking.reach(own) : null,
    others: userId === undefined ? null : await looking.others(userId, id, declaration),
    foundAt,
    unseen: looking.unseen,
  };
}

class Looking {
  readonly unseen: string[] = [];

  constructor(
    private readonly asked: Asked,
    private readonly declared: readonly DeclaredLeak[],
  ) {}

  /** What a refusal hides is told; only an answer that the token is dead says nothing more. */
  async orNothing<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (failure) {
      if (isGitLabError(failure, "unauthorized", "token_ended")) return undefined;
      if (!isGitLabError(failure, "forbidden", "insufficient_scope", "not_found", "bad_request")) {
        throw failure;
      }
      this.unseen.push(`GitLab does not show ${what} (${failure.message}).`);
      return undefined;
    }
  }

  declarationOf(tokenId: number | undefined, value: string | undefined): DeclaredLeak | undefined {
    const mark = value === undefined ? undefined : fingerprint(value);
    return this.declared.find(
      ({ token }) =>
        (tokenId !== undefined && [token.tokenId, ...token.others].includes(tokenId)) ||
        (mark !== undefined && token.fingerprint === mark),
    );
  }

  async byNumber(tokenId: number): Promise<TokenEntity | undefined> {
    const { gitlab } = this.asked;
    if (gitlab === undefined) return undefined;
    const holder = this.declarationOf(tokenId, undefined)?.token;
    return this.orNothing(`token ${tokenId}`, () => tokenByNumber(gitlab, tokenId, holder));
  }

  async username(
    userId: number,
    own: GitLab | undefined,
    isAlive: boolean,
  ): Promise<string | null> {
    const gitlab = this.asked.gitlab ?? (isAlive ? own : undefined);
    if (gitlab === undefined) return null;
    const user = await this.orNothing("whose it is", () => gitlab.users.get(userId));
    return user?.username ?? null;
  }

  async reach(own: GitLab): Promise<ReachedPlace[] | null> {
    const reached = await this.orNothing("what it reaches", () => own.tokens.reach());
    if (reached === undefined) return null;
    return [
      ...(reached.groups ?? []).map((group) => placeOf("group", group)),
      ...(reached.projects ?? []).map((project) => placeOf("project", project)),
    ];
  }

  async others(userId: number, tokenId: number | undefined, declaration: DeclaredLeak | undefined) {
    const { gitlab } = this.asked;
    if (gitlab === undefined) {
      this.unseen.push(
        "Other tokens of the account are shown to GITLAB_TOKEN alone, which is not set.",
      );
      return null;
    }
    // An Owner asks by way of the account's owner, an administrator by the user alone.
    const owner: Owner = declaration?.token.owner ?? { kind: "instance" };
    const all = await this.orNothing("other tokens of the account", () =>
      gitlab.tokens.listOfAccount({ owner, userId }, { state: "active" }),
    );
    return (
      all
        ?.filter(({ id, active }) => active && id !== tokenId)
        .map(({ id, name }) => ({ tokenId: id, name })) ?? null
    );
  }
}

function stateOf({ revoked, active }: TokenEntity): LeakedState {
  if (revoked) return "revoked";
  return active ? "active" : "expired";
}

function placeOf(kind: ReachedPlace["kind"], entity: ReachedEntity): ReachedPlace {
  const levels = entity.access_levels ?? null;
  const all = typeof levels === "object" && levels !== null ? Object.values(levels) : [levels];
  const level = Math.max(0, ...all.map((each) => each ?? 0));
  const path = entity.path_with_namespace ?? pathIn(entity.web_url) ?? entity.name;
  return { kind, path, role: roleOfAccessLevel(level) ?? null };
}

/** Of a group only the address tells the path. */
function pathIn(url: string | undefined): string | undefined {
  return /\/groups\/(.+)$/.exec(url ?? "")?.[1];
}
