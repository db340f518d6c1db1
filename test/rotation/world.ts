import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Driver, type Declared } from "../support/driver";
import { Checkpoint, Gate } from "../support/gate";
import { TestGitLab } from "../support/gitlab";
import { TestVault } from "../support/vault";

/** Where a token's value can go, each as tests declare it. */
export type DeliveryName =
  "ci_variable" | "hidden ci_variable" | "file" | "vault" | "command" | "several";

type Values = Record<string, unknown>;

export interface LiveToken {
  readonly id: number;
  readonly description: string | null;
}

/** A GitLab, a Vault and a folder, a declaration of one account with one token, and somebody who uses the token. */
export class World {
  /** Whether the consumer looks on: every value that is delivered must work. */
  isConsumed = false;
  /** Everything that ever failed the consumer. */
  readonly outages: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "glsa-world-"));
  readonly checkpoint = new Checkpoint(() => this.look());
  private readonly gates: Gate[] = [];

  private constructor(
    readonly gitlab: TestGitLab,
    private readonly vault: TestVault,
    private readonly delivery: DeliveryName,
    readonly driver: Driver,
  ) {}

  static async build(
    delivery: DeliveryName,
    token: Values = { rotation: { every: "30d" } },
    options: Parameters<typeof TestGitLab.start>[0] = {},
  ): Promise<World> {
    const gitlab = await (await TestGitLab.start(options)).lasting();
    await gitlab.platform();
    await gitlab.control("POST", "deletion", { delay: "PT0S" });
    const vault = await TestVault.start();
    process.env["VAULT_TOKEN"] = vault.rootToken;
    await mountSecrets(vault);
    const settings: Values = { token: gitlab.token, stack: "test" };
    const driver = new Driver(settings, []);
    const world = new World(gitlab, vault, delivery, driver);
    world.declare(token);
    settings["base_url"] = await world.openGate(gitlab.url);
    process.env["VAULT_ADDR"] = await world.openGate(vault.url);
    world.revive();
    return world;
  }

  /** Declares the token anew. */
  declare(token: Values): void {
    this.driver.declared = declarations(() => ({ deliver_to: this.destinations(), ...token }));
  }

  get token(): Values {
    return this.driver.values("token") ?? {};
  }

  /** The servers can be reached again, at the same addresses. */
  revive(): void {
    this.checkpoint.heal();
  }

  advance(duration: string): Promise<void> {
    return this.gitlab.control("POST", "clock", { advance: duration });
  }

  /** Tokens of the account that work, with or without a marker. */
  async liveTokens(): Promise<LiveToken[]> {
    const userId = Number(String(this.driver.values("account")?.["id"] ?? "").split(":")[2] ?? 0);
    return userId === 0 ? [] : this.gitlab.call("GET", tokensOf(userId));
  }

  async accounts(): Promise<string[]> {
    const users = await this.gitlab.call<{ username: string; state: string }[]>(
      "GET",
      "/users?per_page=100&username=bot",
    );
    return users.filter(({ state }) => state === "active").map(({ username }) => username);
  }

  /** What the consumer would use at this moment, from every place that it could read it. */
  async delivered(): Promise<string[]> {
    const values: string[] = [];
    for (const destination of this.destinations()) {
      const value = await this.valueAt(destination);
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  async close(): Promise<void> {
    this.driver.stop();
    for (const gate of this.gates) await gate.close();
    await this.gitlab.close();
    await this.vault.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async openGate(target: string): Promise<string> {
    const gate = await Gate.before(target, this.checkpoint);
    this.gates.push(gate);
    return gate.url;
  }

  private async look(): Promise<void> {
    if (!this.isConsumed) return;
    const values = await this.delivered();
    if (values.length < this.destinations().length) this.outages.push("a value is missing");
    for (const value of values) {
      if ((await this.gitlab.whoIs(value)) !== "bot") {
        this.outages.push(`a delivered value does not work, at ${this.checkpoint.log.at(-1)}`);
      }
    }
  }

  private destinations(): Values[] {
    const variable = { project: "platform/charts", key: "BOT_TOKEN" };
    const file = { file: { path: join(this.folder, "token") } };
    const vault = { vault: { path: "ci/bot" } };
    const target = join(this.folder, "by-command");
    const program = `cat > ${target}.draft && mv ${target}.draft ${target}`;
    switch (this.delivery) {
      case "ci_variable":
        return [{ ci_variable: variable }];
      case "hidden ci_variable":
        return [{ ci_variable: { ...variable, hidden: true } }];
      case "file":
        return [file];
      case "vault":
        return [vault];
      case "command":
        return [{ command: { argv: ["sh", "-c", program], remove_argv: ["rm", "-f", target] } }];
      case "several":
        return [{ ci_variable: { ...variable, hidden: true } }, file, vault];
    }
  }

  private async valueAt(destination: Values): Promise<string | undefined> {
    const [kind] = Object.keys(destination);
    if (kind === "ci_variable") return this.variable();
    if (kind === "vault") return this.secret();
    const path = join(this.folder, kind === "file" ? "token" : "by-command");
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  }

  /** Jobs see a hidden variable's value; the API does not show it. */
  private async variable(): Promise<string | undefined> {
    const { variables } = await this.gitlab.control<{
      variables: { rows: { key: string; value: string }[] };
    }>("GET", "state");
    return variables.rows.find(({ key }) => key === "BOT_TOKEN")?.value;
  }

  private async secret(): Promise<string | undefined> {
    return (await this.readSecret("ci/bot"))["token"];
  }

  /** The fields of a secret in Vault; none where there is no secret. */
  async readSecret(path: string): Promise<Record<string, string>> {
    const response = await fetch(`${this.vault.url}/v1/secret/data/${path}`, {
      headers: { "x-vault-token": this.vault.rootToken },
    });
    if (!response.ok) return {};
    const { data } = (await response.json()) as { data: { data: Record<string, string> } };
    return data.data;
  }

  /** Replaces them by hand. */
  async writeSecret(path: string, data: Record<string, string>): Promise<void> {
    await fetch(`${this.vault.url}/v1/secret/data/${path}`, {
      method: "POST",
      headers: { "x-vault-token": this.vault.rootToken, "content-type": "application/json" },
      body: JSON.stringify({ data }),
    });
  }
}

function declarations(token: () => Values): Declared[] {
  return [
    {
      address: "account",
      type: "glsa_service_account",
      config: () => ({ group: "platform", username: "bot" }),
    },
    {
      address: "token",
      type: "glsa_access_token",
      config: (states) => ({
        service_account_id: states.get("account")?.["id"],
        name: "ci",
        scopes: ["read_api", "read_user"],
        ...token(),
      }),
    },
  ];
}

async function mountSecrets({ url, rootToken }: TestVault): Promise<void> {
  const response = await fetch(`${url}/v1/sys/mounts/secret`, {
    method: "POST",
    headers: { "x-vault-token": rootToken, "content-type": "application/json" },
    body: JSON.stringify({ type: "kv", options: { version: "2" } }),
  });
  if (!response.ok) throw new Error(`mounting failed: ${response.status}`);
}

function tokensOf(userId: number): string {
  return `/personal_access_tokens?user_id=${userId}&state=active&per_page=100`;
}
