import { instanceKey } from "../../model";
import type { Tier } from "../../sandbox";
import { imitatedVersion, isTier } from "../recording/imitated";
import type { JsonObject } from "../recording/recording";
import { Refused } from "../refused";
import type { Look } from "./contents";
import { bodyOf } from "./target";

/** The instance, the group and the user, as far as they matter. */
export interface Subject {
  /** The instance's own version, such as `18.11.5-ee`. */
  readonly version: string;
  readonly tier: Tier;
  /** How the tier was determined. */
  readonly tierFrom: string;
  readonly isAdministrator: boolean;
  readonly user: {
    readonly id: number;
    readonly username: string;
    readonly name: string;
    readonly email: string;
  };
  readonly group: {
    readonly id: number;
    readonly path: string;
    readonly name: string;
    readonly visibility: string;
  };
}

export interface Wanted {
  readonly baseUrl: string;
  readonly group: string;
  readonly tier?: Tier | undefined;
  readonly allowGitLabCom: boolean;
}

/** Before the first request. */
export function refuseGitLabCom({ baseUrl, allowGitLabCom }: Wanted): void {
  const [host = ""] = instanceKey(baseUrl).split(":");
  if (allowGitLabCom || !/(^|\.)gitlab\.com$/.test(host)) return;
  throw new Refused(
    "gitlab.com is not a test instance: many people share it. Use one of your own, or repeat the command with --allow-gitlab-com.",
  );
}

/** Checks the instance and the group. Changes nothing. */
export async function lookAhead(look: Look, wanted: Wanted): Promise<Subject> {
  const metadata = await read(look, "metadata");
  const version = String(metadata["version"]);
  if (imitatedVersion(version) === undefined) {
    throw new Refused(`The instance is GitLab ${version}. glsa needs 17.11 or later.`);
  }
  const user = await read(look, "user");
  const group = await groupOf(look, wanted.group);
  const isAdministrator = (await look("application/settings")).status === 200;
  const isEnterprise = metadata["enterprise"] !== false;
  return {
    version,
    ...(await tierOf(look, { wanted: wanted.tier, groupId: group.id, isEnterprise })),
    isAdministrator,
    user: {
      id: Number(user["id"]),
      username: String(user["username"]),
      name: String(user["name"]),
      email: String(user["email"] ?? ""),
    },
    group,
  };
}

async function groupOf(look: Look, path: string): Promise<Subject["group"]> {
  const incoming = await look(`groups/${encodeURIComponent(path)}`, { with_projects: "false" });
  if (incoming.status === 404) {
    throw new Refused(
      `There is no group "${path}", or the token cannot see it. Create an empty top-level group for the proof first.`,
    );
  }
  const group = objectOf(incoming.status === 200 ? bodyOf(incoming) : "");
  if (group === undefined) {
    throw new Refused(`The group "${path}" cannot be read: GitLab returned ${incoming.status}.`);
  }
  if (group["parent_id"] !== null) {
    throw new Refused(
      `"${path}" is a subgroup. The proof needs a top-level group, since accounts of subgroups exist only since 18.11.`,
    );
  }
  if (typeof group["marked_for_deletion_on"] === "string") {
    throw new Refused(`The group "${path}" waits for its deletion. Create another one.`);
  }
  const shared = group["shared_with_groups"];
  if (Array.isArray(shared) && shared.length > 0) {
    throw new Refused(`The group "${path}" is shared with other groups. Use one that is not.`);
  }
  return {
    id: Number(group["id"]),
    path: String(group["full_path"]),
    name: String(group["name"]),
    visibility: String(group["visibility"]),
  };
}

interface TierQuestion {
  readonly wanted: Tier | undefined;
  readonly groupId: number;
  readonly isEnterprise: boolean;
}

/** GitLab returns its tier only to administrators; the keys of members depend on it for every caller. */
async function tierOf(
  look: Look,
  { wanted, groupId, isEnterprise }: TierQuestion,
): Promise<Pick<Subject, "tier" | "tierFrom">> {
  if (wanted !== undefined) return { tier: wanted, tierFrom: "--tier" };
  if (!isEnterprise) return { tier: "free", tierFrom: "the Community Edition" };
  const licence = await look("license");
  const plan = licence.status === 200 ? objectOf(bodyOf(licence))?.["plan"] : undefined;
  if (typeof plan === "string" && isTier(plan)) return { tier: plan, tierFrom: "its licence" };
  const members = bodyOf(await look(`groups/${groupId}/members/all`, { per_page: "1" }));
  const member = Array.isArray(members) ? objectOf(members[0] ?? "") : undefined;
  if (member === undefined) {
    throw new Refused(
      "The instance does not show its tier. Say it with --tier free, premium or ultimate.",
    );
  }
  const tierFrom = "the keys of a group's member";
  if ("member_role" in member) return { tier: "ultimate", tierFrom };
  return { tier: "group_saml_identity" in member ? "premium" : "free", tierFrom };
}

async function read(look: Look, path: string): Promise<JsonObject> {
  const incoming = await look(path);
  const body = objectOf(incoming.status === 200 ? bodyOf(incoming) : "");
  if (body !== undefined) return body;
  if (incoming.status === 401) {
    throw new Refused("GitLab does not accept the token in GITLAB_TOKEN.");
  }
  throw new Refused(
    `GET /${path} returned ${incoming.status}${incoming.status < 400 ? " and no JSON object" : ""}. Is the address that of a GitLab, and has the token the scope api?`,
  );
}

function objectOf(body: unknown): JsonObject | undefined {
  return typeof body === "object" && body !== null && !Array.isArray(body)
    ? (body as JsonObject)
    : undefined;
}
