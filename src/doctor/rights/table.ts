import type { Container, Feature, RoleName } from "../../model";
import type { Purpose } from "../setup";

/** Scopes of the run's token of which one is enough. */
export const SCOPES: Readonly<Record<Purpose, readonly string[]>> = {
  plan: ["read_api", "api"],
  apply: ["api"],
};

/** How a right is proved without a change: by a list that only who has it may read, or by the caller's own role. */
type Question = "accounts" | "variables" | "role";

/** The least that the user of a run's token needs for one feature. */
export interface Right {
  /** In the words of the documentation. */
  readonly what: string;
  readonly where: Container["kind"] | "instance";
  /** The lowest role; at the instance it is an administrator. */
  readonly role: Readonly<Record<Purpose, RoleName | "administrator">>;
  readonly question: Question;
  readonly since?: Feature;
}

const administrator = { plan: "administrator", apply: "administrator" } as const;
const owner = { plan: "owner", apply: "owner" } as const;
const maintainer = { plan: "maintainer", apply: "maintainer" } as const;

/** docs/doctor.md lists it, and a test holds each row against the stand-in. */
export const RIGHTS = {
  "group accounts": {
    what: "service accounts of a group, and their tokens",
    where: "group",
    role: owner,
    question: "accounts",
  },
  "project accounts": {
    what: "service accounts of a project, and their tokens",
    where: "project",
    role: maintainer,
    question: "accounts",
    since: "service accounts of a project",
  },
  "instance accounts": {
    what: "service accounts of the instance, and their tokens",
    where: "instance",
    role: administrator,
    question: "accounts",
  },
  "group memberships": {
    what: "memberships in a group",
    where: "group",
    role: { plan: "guest", apply: "owner" },
    question: "role",
  },
  "project memberships": {
    what: "memberships in a project",
    where: "project",
    role: { plan: "guest", apply: "maintainer" },
    question: "role",
  },
  "project owners": {
    what: "memberships in a project with the role `owner`",
    where: "project",
    role: { plan: "guest", apply: "owner" },
    question: "role",
  },
  "group variables": {
    what: "delivery to CI/CD variables of a group",
    where: "group",
    role: owner,
    question: "variables",
  },
  "project variables": {
    what: "delivery to CI/CD variables of a project",
    where: "project",
    role: maintainer,
    question: "variables",
  },
} as const satisfies Readonly<Record<string, Right>>;

export type RightName = keyof typeof RIGHTS;
