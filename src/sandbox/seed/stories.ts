import type { User } from "../state/rows";
import type { Build } from "./build";
import type { TokenDraft } from "./tokens";

/** The account of the story, and the names of its tokens. */
interface Account {
  readonly build: Build;
  readonly user: User;
  readonly purpose: string;
}

type Values = Partial<TokenDraft>;

/** A situation of an account that an audit may find. */
export interface Story {
  /** Its weight among all stories. */
  readonly weight: number;
  readonly tokens: (account: Account) => readonly TokenDraft[];
  readonly state?: "blocked" | "deactivated";
  readonly isBeingDeleted?: boolean;
  /** `none`: no memberships; `owner`: one membership, as Owner. */
  readonly members?: "none" | "owner";
}

const scopeSets = [
  ["api"],
  ["read_api"],
  ["read_repository", "write_repository"],
  ["read_registry", "write_registry"],
  ["read_repository"],
  ["api", "read_repository"],
] as const;

function token({ build, user, purpose }: Account, values: Values = {}): TokenDraft {
  const { random } = build;
  return {
    user,
    name: purpose,
    scopes: random.pick(scopeSets),
    age: random.between(20, 200),
    expiresIn: random.between(40, 160),
    usedAgo: random.next() * 3,
    ...values,
  };
}

/** Tokens as glsa marks them: one key for a declaration, counted generations. */
function marked(account: Account) {
  const { random } = account.build;
  const key = random.hex(20);
  const origin = random.hex(8);
  const scopes = random.pick(scopeSets);
  return (generation: number, values: Values, from = origin): TokenDraft => {
    const marker = `glsa:1:${key}:${generation}`;
    const sign = generation === 1 ? "+" : "-";
    const description = `For ${account.purpose}. ${sign}${from} ${marker}`;
    return token(account, { scopes, description, ...values, ...deliveredBy(values, marker) });
  };
}

function deliveredBy(values: Values, marker: string): Values {
  return values.isDelivered === true ? { marker } : {};
}

/** The last of several generations, whose earlier ones are revoked or expired. */
function rotated(account: Account): TokenDraft[] {
  const make = marked(account);
  const age = account.build.random.between(1, 50);
  const before = age + 60;
  const first = account.build.random.between(6, 20);
  return [
    make(first, { age: before, expiresIn: 30 - age, revoked: true, usedAgo: age + 1 }),
    make(first + 1, { age, expiresIn: 90 - age, usedAgo: 0.3, isDelivered: true }),
  ];
}

/** The new token is delivered, and the old one works until its overlap is over. */
function overlapping(account: Account): TokenDraft[] {
  const make = marked(account);
  return [
    make(13, { age: 80, expiresIn: 10, usedAgo: 1.5 }),
    make(14, { age: 2, expiresIn: 88, usedAgo: 0.1, isDelivered: true }),
  ];
}

/** A run was killed between creating the next token and delivering it. */
function interrupted(account: Account): TokenDraft[] {
  const make = marked(account);
  return [
    make(11, { age: 70, expiresIn: 20, usedAgo: 0.2, isDelivered: true }),
    make(12, { age: 4, expiresIn: 86, usedAgo: undefined }),
  ];
}

/** Two states have created the same declaration's first token. */
function declaredTwice(account: Account): TokenDraft[] {
  const make = marked(account);
  return [
    make(1, { age: 40, expiresIn: 50, usedAgo: 0.5, isDelivered: true }),
    make(1, { age: 33, expiresIn: 57 }, account.build.random.hex(8)),
  ];
}

/** A token for one run, left over from a killed one. */
function leftOverOfRun(account: Account): TokenDraft[] {
  const make = marked(account);
  return [
    make(0, { age: 9, expiresIn: -8, revoked: true, usedAgo: 9 }),
    make(0, { age: 2, expiresIn: 5, usedAgo: 2 }),
  ];
}

/** GitLab's own rotation: the old token is revoked, and the new one refers to it. */
function rotatedByGitLab(account: Account): TokenDraft[] {
  const values = { age: 100, expiresIn: 20, revoked: true, usedAgo: 38.2 };
  const previous = token(account, values);
  return [
    previous,
    { ...previous, age: 38, expiresIn: 60, revoked: false, usedAgo: 0.4, previous },
  ];
}

function severalOfOnePurpose(account: Account): TokenDraft[] {
  return [180, 120, 15].map((age) => token(account, { age, expiresIn: 365 - age }));
}

/** One token, with its particular attributes. */
const oneToken = (values: Values) => (account: Account) => [token(account, values)];

const addresses = ["10.0.0.7", "10.0.4.12", "172.16.9.30", "192.0.2.14", "198.51.100.23"];

/** Each occurs once if the estate is large enough, and then by weight. */
export const stories: Readonly<Record<string, Story>> = {
  rotated: { weight: 30, tokens: rotated },
  neverUsed: { weight: 6, tokens: oneToken({ age: 200, expiresIn: 160, usedAgo: undefined }) },
  stale: { weight: 8, tokens: oneToken({ age: 260, expiresIn: 100, usedAgo: 150 }) },
  neverExpiring: { weight: 6, tokens: oneToken({ age: 600, expiresIn: null }) },
  severalOfOnePurpose: { weight: 4, tokens: severalOfOnePurpose },
  blocked: { weight: 2, state: "blocked", tokens: oneToken({ usedAgo: 45, age: 90 }) },
  withoutAnything: { weight: 3, tokens: () => [], members: "none" },
  interrupted: { weight: 1, tokens: interrupted },
  overlapping: { weight: 4, tokens: overlapping },
  expiringSoon: { weight: 6, tokens: oneToken({ age: 300, expiresIn: 5 }) },
  expiringToday: { weight: 1, tokens: oneToken({ age: 90, expiresIn: 0 }) },
  expired: { weight: 5, tokens: oneToken({ age: 380, expiresIn: -20, usedAgo: 25 }) },
  revoked: { weight: 3, tokens: oneToken({ age: 120, revoked: true, usedAgo: 60 }) },
  new: { weight: 3, tokens: oneToken({ age: 2, expiresIn: 120, usedAgo: undefined }) },
  owner: { weight: 2, tokens: oneToken({ scopes: ["api"] }), members: "owner" },
  powerful: {
    weight: 2,
    tokens: oneToken({ scopes: ["api", "read_user", "create_runner", "k8s_proxy"] }),
  },
  withoutToken: { weight: 3, tokens: () => [] },
  withoutMembership: { weight: 2, tokens: oneToken({}), members: "none" },
  declaredTwice: { weight: 1, tokens: declaredTwice },
  leftOverOfRun: { weight: 2, tokens: leftOverOfRun },
  rotatedByGitLab: { weight: 6, tokens: rotatedByGitLab },
  manyAddresses: { weight: 2, tokens: oneToken({ addresses }) },
  deactivated: { weight: 1, state: "deactivated", tokens: oneToken({ usedAgo: 100, age: 150 }) },
  deletionPending: { weight: 1, state: "blocked", isBeingDeleted: true, tokens: oneToken({}) },
};
