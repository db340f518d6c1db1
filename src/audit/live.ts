import type {
  GapKind,
  Picture,
  PicturedAccount,
  PicturedContainer,
  PicturedMembership,
  PicturedToken,
} from "../estate";
import { groupedBy, pathWord } from "../model";
import type { DeclaredContainer } from "../review";

/** A picture, with its objects found by what they belong to, and what may be concluded to be absent. */
export class LiveEstate {
  private readonly accounts: ReadonlyMap<number, PicturedAccount>;
  private readonly tokens: ReadonlyMap<number, PicturedToken>;
  private readonly tokensByUser: ReadonlyMap<number, readonly PicturedToken[]>;
  private readonly membershipsByUser: ReadonlyMap<number, readonly PicturedMembership[]>;
  private readonly containers = new Map<string, PicturedContainer>();

  constructor(readonly picture: Picture) {
    this.accounts = new Map(picture.accounts.map((each) => [each.userId, each]));
    this.tokens = new Map(picture.tokens.map((each) => [each.tokenId, each]));
    this.tokensByUser = groupedBy(picture.tokens, ({ userId }) => userId);
    this.membershipsByUser = groupedBy(picture.memberships, ({ userId }) => userId);
    for (const container of picture.containers) {
      this.containers.set(`${container.kind} ${container.id}`, container);
      this.containers.set(`${container.kind} /${pathWord(container.path)}`, container);
    }
  }

  account(userId: number): PicturedAccount | undefined {
    return this.accounts.get(userId);
  }

  token(tokenId: number): PicturedToken | undefined {
    return this.tokens.get(tokenId);
  }

  tokensOf(userId: number): readonly PicturedToken[] {
    return this.tokensByUser.get(userId) ?? [];
  }

  liveTokensOf(userId: number): readonly PicturedToken[] {
    return this.tokensOf(userId).filter(({ state }) => state === "active");
  }

  membershipsOf(userId: number): readonly PicturedMembership[] {
    return this.membershipsByUser.get(userId) ?? [];
  }

  container({ kind, id, path }: DeclaredContainer): PicturedContainer | undefined {
    return this.containers.get(
      id === undefined ? `${kind} /${pathWord(path ?? "")}` : `${kind} ${id}`,
    );
  }

  /**
   * Whether an account that is not in the picture certainly does not belong to that owner. Undefined is the instance.
   */
  knowsAccountsOf(owner: DeclaredContainer | undefined): boolean {
    const { scope } = this.picture;
    if (scope.kind === "instance") return !this.hides("accounts");
    if (owner === undefined) return false;
    const container = this.container(owner);
    return this.isInScope(container) && !this.hides("accounts", container);
  }

  /** Whether an object that is not in the picture of a group or project certainly does not exist there. */
  knows(kind: "memberships" | "variables", place: DeclaredContainer): boolean {
    const { scope } = this.picture;
    const container = this.container(place);
    if (container === undefined) {
      // A whole instance shows every group and project.
      return scope.kind === "instance" && !this.hides("containers") && !this.hides(kind);
    }
    return this.isInScope(container) && !this.hides(kind, container);
  }

  /** Whether an account without memberships in the picture certainly has none. */
  get knowsAllMemberships(): boolean {
    return this.picture.scope.kind === "instance" && !this.hidesAnywhere("memberships");
  }

  private isInScope(container: PicturedContainer | undefined): boolean {
    const { scope } = this.picture;
    if (container === undefined) return false;
    if (scope.kind === "instance") return true;
    if (scope.kind === "project") return container.kind === "project" && container.id === scope.id;
    const [path, root] = [pathWord(container.path), pathWord(scope.path)];
    return path === root || path.startsWith(`${root}/`);
  }

  /** Of a group or project, or of the scope as a whole. */
  private hides(kind: GapKind, where?: PicturedContainer): boolean {
    return this.picture.gaps.some(({ hides, container, isExpected }) => {
      if (!hides.includes(kind)) return false;
      // What a caller can never see is outside of the scope; what was left out on purpose is in it.
      if (container === null) return !isExpected || kind === "variables";
      return container.kind === where?.kind && container.id === where.id;
    });
  }

  private hidesAnywhere(kind: GapKind): boolean {
    return this.picture.gaps.some(({ hides }) => hides.includes(kind));
  }
}
