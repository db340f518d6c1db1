import type { Identities } from "../../../src/prove/recording/identities";
import { startOf, type JsonObject, type Recording } from "../../../src/prove/recording/recording";
import type { Stage } from "../../../src/prove/recording/replay";
import { startSandbox, type SandboxControl } from "../../../src/sandbox";

const versions = { "17.11.7-ee": "17.11", "18.11.5-ee": "18.11" } as const;

function versionOf(recording: Recording): (typeof versions)[keyof typeof versions] {
  const version = Object.entries(versions).find(([full]) => full === recording.gitlab_version)?.[1];
  if (!version)
    throw new Error(`No release of the stand-in stands for ${recording.gitlab_version}`);
  return version;
}

/** Tokens that every recording may start with, all of the same expiry (README of the recordings). */
const tokens = [
  {
    label: "admin_user_root",
    owner: "admin-user",
    name: "Root token",
    scopes: ["admin_mode", "api", "sudo"],
  },
  {
    label: "admin_user_initial_token",
    owner: "admin-user",
    name: "Initial token",
    scopes: ["api"],
  },
  {
    label: "admin_user_auto_rotate_token_1",
    owner: "admin-user",
    name: "Auto rotate token 1",
    scopes: ["api"],
  },
  {
    label: "normal_user_initial_token",
    owner: "normal-user",
    name: "Initial token",
    scopes: ["api"],
  },
];
const tokensExpireAt = "2027-06-16";

export interface PreparedToken {
  readonly id: number;
  readonly value: string;
}

/** A stand-in in the state that the recordings assume before their first request. */
export class PreparedInstance implements Stage {
  readonly tokens = new Map<string, PreparedToken>();
  private readonly users = new Map<string, number>();

  private constructor(
    readonly url: string,
    private readonly rootToken: string,
    readonly control: SandboxControl,
    readonly close: () => Promise<void>,
  ) {}

  static async start(recording: Recording): Promise<PreparedInstance> {
    // No licence was installed on the recorded servers.
    const { url, token, control, close } = await startSandbox({
      version: versionOf(recording),
      tier: "free",
      now: startOf(recording),
    });
    const instance = new PreparedInstance(url, token, control, close);
    await instance.addUsers();
    await instance.addContainers();
    await instance.addTokens();
    return instance;
  }

  introduce({ file, tokens: recorded }: Recording, identities: Identities): void {
    for (const [alias, token] of Object.entries(recorded)) {
      if (token.kind !== "prepared") continue;
      const ours = this.tokens.get(token.label ?? "");
      if (!ours) throw new Error(`${file}: the prepared token "${token.label}" is unknown here`);
      identities.learnTokenValue(alias, ours.value);
      const owner = tokens.find(({ label }) => label === token.label)?.owner ?? "";
      identities.learnId("token", token.pat_id, ours.id);
      identities.learnId("user", token.user_id, this.users.get(owner));
    }
  }

  private async addUsers(): Promise<void> {
    const common = {
      skip_confirmation: true,
      can_create_group: false,
      projects_limit: 0,
      note: "",
    };
    const people = [
      { username: "admin-user", name: "Admin User", email: "admin@local.test", admin: true },
      { username: "normal-user", name: "Normal User", email: "normal@local.test" },
    ];
    for (const person of people) {
      const body = { ...common, ...person, password: "Correct-horse-7-staple" };
      this.users.set(person.username, await this.create("/users", body));
    }
  }

  private async addContainers(): Promise<void> {
    const example = await this.group("example", "An example group");
    await this.group("test", "A test group");
    const level1 = await this.group("level-1", "The top", "l1");
    const level2 = await this.group("level-2", "One level down", "l2", level1);
    await this.group("level-3", "Two levels down", "l3", level2);
    const accounts = await this.group("service-accounts", "Container group");
    await this.project("project", accounts, "Project hosting project-level service accounts");
    await this.project("example", example, "An example project");
    const owner = { user_id: this.users.get("normal-user"), access_level: 50 };
    await this.post(`/groups/${example}/members`, owner);
  }

  private async addTokens(): Promise<void> {
    for (const { label, owner, name, scopes } of tokens) {
      const body = { name, scopes, expires_at: tokensExpireAt };
      const path = `/users/${this.users.get(owner)}/personal_access_tokens`;
      const { id, token } = await this.post(path, body);
      this.tokens.set(label, { id: Number(id), value: String(token) });
    }
  }

  private group(path: string, description: string, name = path, parent?: number): Promise<number> {
    const body = { path, name, description, visibility: "private", parent_id: parent };
    return this.create("/groups", body);
  }

  private project(path: string, namespace: number, description: string): Promise<number> {
    const body = { path, name: path, description, visibility: "private", namespace_id: namespace };
    return this.create("/projects", body);
  }

  private async create(path: string, body: object): Promise<number> {
    return Number((await this.post(path, body))["id"]);
  }

  private async post(path: string, body: object): Promise<JsonObject> {
    const response = await fetch(`${this.url}/api/v4${path}`, {
      method: "POST",
      headers: { "private-token": this.rootToken, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Preparing POST ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as JsonObject;
  }
}
