import { isGitLabError, GitLab } from "../../src/gitlab";
import {
  ACCESS_LEVELS,
  type AccountId,
  type Container,
  type Owner,
  type RoleName,
} from "../../src/model";
import { ownToken } from "../../src/doctor/checks/own-token";
import { askFor } from "../../src/doctor/rights/ask";
import { RIGHTS, type RightName } from "../../src/doctor/rights/table";
import { Setup, type Purpose } from "../../src/doctor";
import { usePlatform } from "../support/platform";
import { inDays } from "../support/gitlab";

jest.setTimeout(60_000);

const platform = usePlatform();

/** What a run does for each feature, by the client that it does it with. */
const RUNS: Readonly<Record<RightName, Readonly<Record<Purpose, Run>>>> = {
  "group accounts": { plan: readAccounts, apply: writeAccounts },
  "project accounts": { plan: readAccounts, apply: writeAccounts },
  "instance accounts": { plan: readAccounts, apply: writeAccounts },
  "group memberships": { plan: readMembers, apply: writeMembers("developer") },
  "project memberships": { plan: readMembers, apply: writeMembers("developer") },
  "project owners": { plan: readMembers, apply: writeMembers("owner") },
  "group variables": { plan: readVariables, apply: writeVariables },
  "project variables": { plan: readVariables, apply: writeVariables },
};

type Run = (gitlab: GitLab, where: Owner, bot: AccountId) => Promise<void>;

async function readAccounts(gitlab: GitLab, owner: Owner): Promise<void> {
  for (const { id } of await gitlab.accounts.list(owner)) {
    await gitlab.tokens.listOfAccount({ owner, userId: id });
  }
}

async function writeAccounts(gitlab: GitLab, owner: Owner): Promise<void> {
  await readAccounts(gitlab, owner);
  const { id } = await gitlab.accounts.create(owner, {
    username: `made-${Date.now()}`,
    name: "Made",
  });
  const account = { owner, userId: id };
  await gitlab.accounts.update(account, { name: "Changed" });
  const token = { name: "ci", scopes: ["read_api"], expires_at: inDays(30), description: "" };
  const made = await gitlab.tokens.create(account, token);
  await gitlab.tokens.revoke(account, made.id);
  await gitlab.accounts.delete(account, { hardDelete: false });
}

async function readMembers(gitlab: GitLab, where: Owner): Promise<void> {
  await gitlab.members.page(where as Container, 1);
}

function writeMembers(role: RoleName): Run {
  return async (gitlab, where, bot) => {
    await readMembers(gitlab, where);
    const container = where as Container;
    const fields = { access_level: ACCESS_LEVELS[role], expires_at: null, member_role_id: null };
    await gitlab.members.add(container, bot.userId, fields);
    await gitlab.members.update(container, bot.userId, { ...fields, access_level: 20 });
    await gitlab.members.remove(container, bot.userId, { below: false });
  };
}

async function readVariables(gitlab: GitLab, where: Owner): Promise<void> {
  await gitlab.variables.page(where, 1);
}

async function writeVariables(gitlab: GitLab, container: Owner): Promise<void> {
  await readVariables(gitlab, container);
  const address = { container, key: "CI_TOKEN", environmentScope: "*" };
  const fields = {
    value: "of-no-worth-1",
    protected: false,
    masked: false,
    raw: true,
    description: "",
  };
  await gitlab.variables.create(address, fields, { hidden: false });
  await gitlab.variables.update(address, { value: "of-no-worth-2" });
  await gitlab.variables.delete(address);
}

/** The roles of a place's members, the lowest first. */
const ROLES: readonly (RoleName | "none")[] = [
  "none",
  "guest",
  "reporter",
  "developer",
  "maintainer",
  "owner",
];

const LESS_SCOPE: Readonly<Record<Purpose, string>> = { plan: "read_user", apply: "read_api" };
const SCOPE: Readonly<Record<Purpose, string>> = { plan: "read_api", apply: "api" };

const CASES = (Object.keys(RIGHTS) as RightName[]).flatMap((name) =>
  (["plan", "apply"] as const).map((purpose) => ({ name, purpose })),
);

test.each(CASES)(
  "$name, to $purpose: the rights of the table are enough, and one less is not",
  async (one) => {
    const { name, purpose } = one;
    const { where, role } = RIGHTS[name];
    const least = role[purpose];
    const scope = SCOPE[purpose];
    const bot = await anAccount();
    const place = placeOf(where);
    await accountIn(place);
    const holds = async (given: string, scopes: readonly string[], isEnough: boolean) => {
      const token = await runner(given, place, scopes);
      expect({ given, scopes, works: await works(token, one, place, bot) }).toEqual({
        given,
        scopes,
        works: isEnough,
      });
      expect({ given, scopes, told: await isTold(token, one, place) }).toEqual({
        given,
        scopes,
        told: isEnough,
      });
    };
    const isAdministrator = least === "administrator";
    const less = isAdministrator ? "none" : (ROLES[ROLES.indexOf(least) - 1] ?? "none");
    await holds(least, isAdministrator ? [scope, "admin_mode"] : [scope], true);
    await holds(less, [scope], false);
    await holds(least, [LESS_SCOPE[purpose]], false);
  },
);

function placeOf(kind: Owner["kind"]): Owner {
  const { apps, charts } = platform.ids;
  if (kind === "instance") return { kind };
  return { kind, id: kind === "group" ? apps : charts };
}

/** One that is there already. */
async function accountIn(place: Owner): Promise<void> {
  const prefix = place.kind === "instance" ? "" : `/${place.kind}s/${place.id}`;
  await platform.gitlab.call("POST", `${prefix}/service_accounts`, {});
}

/** Of the group above, so that the runner's rights are those of the place alone. */
async function anAccount(): Promise<AccountId> {
  const { gitlab, ids } = platform;
  const settings = { allow_top_level_group_owners_to_create_service_accounts: true };
  await gitlab.call("PUT", "/application/settings", settings);
  const owner = { kind: "group", id: ids.platform } as const;
  const made = await gitlab.call<{ id: number }>(
    "POST",
    `/groups/${ids.platform}/service_accounts`,
    {},
  );
  return { owner, userId: made.id };
}

let users = 0;

/** A token of a user who has this role in the place, and no other right. */
async function runner(role: string, place: Owner, scopes: readonly string[]): Promise<string> {
  const { gitlab } = platform;
  users += 1;
  const { id } = await gitlab.call<{ id: number }>("POST", "/users", {
    username: `runner-${users}`,
    name: "Runner",
    email: `runner-${users}@example.com`,
    password: "Correct-horse-7-staple",
    skip_confirmation: true,
    admin: role === "administrator",
  });
  if (place.kind !== "instance" && role !== "none") {
    const body = { user_id: id, access_level: ACCESS_LEVELS[role as RoleName] };
    await gitlab.call("POST", `/${place.kind}s/${place.id}/members`, body);
  }
  const body = { name: "run", scopes, expires_at: inDays(30) };
  const made = await gitlab.call<{ token: string }>(
    "POST",
    `/users/${id}/personal_access_tokens`,
    body,
  );
  return made.token;
}

type Case = (typeof CASES)[number];

async function works(
  token: string,
  { name, purpose }: Case,
  place: Owner,
  bot: AccountId,
): Promise<boolean> {
  const gitlab = new GitLab({ baseUrl: platform.gitlab.url, token });
  try {
    await RUNS[name][purpose](gitlab, place, bot);
    return true;
  } catch (cause) {
    if (!isGitLabError(cause)) throw cause;
    return false;
  } finally {
    await gitlab.close();
  }
}

/** What the doctor says of the same. */
async function isTold(token: string, { name, purpose }: Case, place: Owner): Promise<boolean> {
  const setup = setupFor(token, purpose);
  const container = place.kind === "instance" ? undefined : { ...place, path: undefined };
  try {
    const own = await ownToken.examine(setup);
    if (own.some(({ status }) => status === "fault")) return false;
    return (await askFor({ name, container }, setup)) === undefined;
  } finally {
    await setup.close();
  }
}

function setupFor(token: string, purpose: Purpose): Setup {
  return new Setup({
    folder: ".",
    engine: undefined,
    stack: undefined,
    purpose,
    withInit: false,
    plans: [],
    containers: [],
    baseUrl: platform.gitlab.url,
    caFile: undefined,
    environment: { GITLAB_TOKEN: token },
    mirrorsOf: () => [],
    version: "0",
    runtime: { node: process.versions.node, isExecutable: false },
  });
}
