import type { SandboxState } from "../../../src/sandbox";
import type { FuzzTarget } from "./target";

/** Who may send a request. */
export const callers = [
  "administrator",
  "owner",
  "maintainer",
  "developer",
  "account",
  "stranger",
  "reader",
  "revoked",
  "anonymous",
  "job",
  "strangersJob",
  "deployToken",
] as const;
export type CallerName = (typeof callers)[number];

/** Callers who must never change what is not their own; the reader is an Owner with a read_api token. */
export const powerless = [
  "developer",
  "account",
  "stranger",
  "reader",
  "revoked",
  "anonymous",
  "job",
  "strangersJob",
  "deployToken",
] as const satisfies readonly CallerName[];

/** Callers to whom nothing private may be shown. The one who gets past the door comes more often. */
export const outsiders = [
  "stranger",
  "stranger",
  "stranger",
  "stranger",
  "revoked",
  "anonymous",
  "strangersJob",
  "deployToken",
] as const satisfies readonly CallerName[];

/** Words that stand nowhere but in the private group and what belongs to it, or in a private project. */
export const secrets = {
  groupName: "Hollow Mountain",
  groupDescription: "the vault under it",
  projectName: "Silent Forge",
  projectDescription: "where it was made",
  privateProjectInOpenGroup: "Quiet Room",
  variableKey: "FORGE_TOKEN",
  variableValue: "molten-secret-value",
  tokenName: "token of the forge",
  accessTokenName: "bellows",
  stateContent: "output of the furnace",
  releaseDescription: "first sword that holds",
  packageContent: "drawing of the anvil",
} as const;

export interface World {
  readonly state: SandboxState;
  readonly tokens: Readonly<Record<CallerName, string | undefined>>;
  readonly userIds: Readonly<Partial<Record<CallerName, number>>>;
  /** Values that make sense in a path, by what they name. */
  readonly references: Readonly<Record<ReferenceKind, readonly string[]>>;
}

/** References within a project, by the place in a path that they fill. */
const named = {
  key: [secrets.variableKey],
  name: ["main"],
  serial: ["1"],
  tag_name: ["v1"],
  package_name: ["tool"],
  package_version: ["1.0"],
  file_name: ["tool.txt"],
} as const;

export type ReferenceKind = "group" | "project" | "user" | "token" | keyof typeof named;

interface Created {
  readonly id: number;
  readonly token: string;
}

/** A private group with everything that can be in one, a public group, and users of all kinds. */
export async function createWorld(gitlab: FuzzTarget): Promise<World> {
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${gitlab.url}/api/v4${path}`, {
      method,
      headers: { "PRIVATE-TOKEN": gitlab.token, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as Created;
  };
  const tokenFor = (user: number, scopes: readonly string[] = ["api"]) =>
    ask("POST", `/users/${user}/personal_access_tokens`, { name: "own", scopes });
  const human = (username: string) =>
    ask("POST", "/users", {
      username,
      name: username,
      email: `${username}@example.com`,
      force_random_password: true,
    });

  const group = await ask("POST", "/groups", {
    name: secrets.groupName,
    path: "hollow",
    description: secrets.groupDescription,
  });
  const project = await ask("POST", "/projects", {
    name: secrets.projectName,
    path: "forge",
    namespace_id: group.id,
    description: secrets.projectDescription,
  });
  const open = await ask("POST", "/groups", { name: "Open", path: "open", visibility: "public" });
  const quiet = { name: secrets.privateProjectInOpenGroup, path: "quiet", namespace_id: open.id };
  const room = await ask("POST", "/projects", quiet);
  const { variableKey: key, variableValue: value } = secrets;
  await ask("POST", `/groups/${group.id}/variables`, { key, value });
  await ask("POST", `/projects/${project.id}/variables`, { key, value, masked: true });
  const stateFile = { serial: 1, resources: [secrets.stateContent] };
  await ask("POST", `/projects/${project.id}/terraform/state/main`, stateFile);

  const forge = `/projects/${project.id}`;
  const description = secrets.releaseDescription;
  await ask("POST", `${forge}/releases`, { tag_name: "v1", description });
  const drawing = { drawing: secrets.packageContent };
  await ask("PUT", `${forge}/packages/generic/tool/1.0/tool.txt`, drawing);

  const account = await ask("POST", `/groups/${group.id}/service_accounts`, { username: "smith" });
  const projectAccount = await ask("POST", `/projects/${project.id}/service_accounts`, {});
  const accountToken = await ask(
    "POST",
    `/groups/${group.id}/service_accounts/${account.id}/personal_access_tokens`,
    { name: secrets.tokenName, scopes: ["api"] },
  );
  const accessToken = await ask("POST", `/projects/${project.id}/access_tokens`, {
    name: secrets.accessTokenName,
    scopes: ["api"],
  });

  const roles = { owner: 50, maintainer: 40, developer: 30 } as const;
  const tokens: Record<string, string> = {};
  const userIds: Partial<Record<CallerName, number>> = { administrator: 1, account: account.id };
  for (const [name, access_level] of Object.entries(roles)) {
    const { id } = await human(name);
    await ask("POST", `/groups/${group.id}/members`, { user_id: id, access_level });
    tokens[name] = (await tokenFor(id)).token;
    userIds[name as keyof typeof roles] = id;
  }
  await ask("POST", `/groups/${group.id}/members`, { user_id: account.id, access_level: 30 });
  const stranger = await human("stranger");
  const stall = await ask("POST", "/projects", { name: "stall", sudo: "stranger" });
  const deployToken = await ask("POST", `/projects/${stall.id}/deploy_tokens`, {
    name: "d",
    scopes: ["read_repository", "read_package_registry", "read_registry"],
  });
  const revoked = await tokenFor(userIds.owner ?? 0);
  await ask("DELETE", `/personal_access_tokens/${revoked.id}`);
  const reader = await tokenFor(userIds.owner ?? 0, ["read_api", "read_user"]);

  const job = await gitlab.startJob(project.id, "developer");
  const strangersJob = await gitlab.startJob(stall.id, "stranger");

  return {
    state: await gitlab.state(),
    tokens: {
      administrator: gitlab.token,
      owner: tokens["owner"],
      maintainer: tokens["maintainer"],
      developer: tokens["developer"],
      account: accountToken.token,
      stranger: (await tokenFor(stranger.id)).token,
      reader: reader.token,
      revoked: revoked.token,
      anonymous: undefined,
      job: job.token,
      strangersJob: strangersJob.token,
      deployToken: deployToken.token,
    },
    userIds: {
      ...userIds,
      stranger: stranger.id,
      strangersJob: stranger.id,
      job: userIds.developer,
      reader: userIds.owner,
    },
    references: {
      group: [String(group.id), String(open.id), "hollow", "open"],
      project: [String(project.id), "hollow%2Fforge", String(room.id), "open%2Fquiet"],
      user: [account, projectAccount, stranger, { id: 1 }].map(({ id }) => String(id)),
      token: [accountToken, accessToken, revoked].map(({ id }) => String(id)),
      ...named,
    },
  };
}
