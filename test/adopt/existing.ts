import { inDays, type TestGitLab } from "../support/gitlab";

type Owner = "instance" | "groups" | "projects";

/** What somebody made by hand, of every shape that an adoption meets. */
export class Existing {
  private constructor(
    private readonly gitlab: TestGitLab,
    private readonly ids: {
      readonly platform: number;
      readonly apps: number;
      readonly charts: number;
    },
  ) {}

  static async make(gitlab: TestGitLab): Promise<Existing> {
    await gitlab.call("PUT", "/application/settings", {
      service_access_tokens_expiration_enforced: false,
    });
    const existing = new Existing(gitlab, await gitlab.platform());
    await existing.makeAll();
    return existing;
  }

  get platform(): number {
    return this.ids.platform;
  }

  private async makeAll(): Promise<void> {
    const { platform, apps, charts } = this.ids;
    await this.deployer();
    const auditor = await this.account("instance", 0, "auditor");
    await this.token("instance", 0, auditor, { name: "audit", scopes: ["read_api", "read_user"] });
    await this.join("groups", platform, auditor, 10);
    const inherits = await this.account("groups", platform, "in.herits");
    await this.join("groups", platform, inherits, 20);
    await this.join("projects", charts, inherits, 40);
    await this.join("groups", apps, await this.account("groups", apps, "apps_bot"), 30);
    const own = await this.account("projects", charts, "charts-bot");
    await this.token("projects", charts, own, {
      name: "ci",
      scopes: ["api"],
      expires_at: inDays(60),
    });
    const blocked = await this.account("groups", platform, "blocked");
    await this.token("groups", platform, blocked, {
      name: "ci",
      scopes: ["api"],
      expires_at: inDays(60),
    });
    await this.gitlab.call("POST", `/users/${blocked}/block`);
    const agent = await this.account("groups", platform, "ai-review-platform");
    await this.join("groups", apps, agent, 30);
  }

  /** Several tokens, two of them of one name, one revoked, and names that mean something in code. */
  private async deployer(): Promise<void> {
    const { platform, apps, charts } = this.ids;
    const { id: custom } = await this.gitlab.call<{ id: number }>("POST", "/member_roles", {
      name: "Reads vulnerabilities",
      base_access_level: 20,
      read_vulnerability: true,
    });
    const deployer = await this.account(
      "groups",
      platform,
      "platform-deployer",
      'Says "${hello}" %{ if } \\ 名前',
    );
    await this.join("groups", apps, deployer, 30, { expires_at: inDays(200) });
    await this.join("projects", charts, deployer, 20, { member_role_id: custom });
    const make = (fields: object) => this.token("groups", platform, deployer, fields);
    await make({ name: "ci", scopes: ["read_api"], expires_at: inDays(30) });
    await make({
      name: "ci",
      scopes: ["read_api"],
      expires_at: inDays(90),
      description: 'for "${jobs}"',
    });
    await make({ name: "$${deploy} 'now'", scopes: ["api", "read_registry"] });
    const revoked = await make({ name: "old", scopes: ["api"], expires_at: inDays(30) });
    await this.gitlab.call("DELETE", `/personal_access_tokens/${revoked}`);
  }

  private async account(
    owner: Owner,
    id: number,
    username: string,
    name = username,
  ): Promise<number> {
    const made = await this.gitlab.call<{ id: number }>("POST", accountsPath(owner, id), {
      username,
      name,
    });
    return made.id;
  }

  private async token(owner: Owner, id: number, userId: number, fields: object): Promise<number> {
    const path =
      owner === "instance"
        ? `/users/${userId}/personal_access_tokens`
        : `${accountsPath(owner, id)}/${userId}/personal_access_tokens`;
    return (await this.gitlab.call<{ id: number }>("POST", path, fields)).id;
  }

  private async join(
    kind: "groups" | "projects",
    id: number,
    userId: number,
    accessLevel: number,
    fields: object = {},
  ): Promise<void> {
    const body = { user_id: userId, access_level: accessLevel, ...fields };
    await this.gitlab.call("POST", `/${kind}/${id}/members`, body);
  }
}

function accountsPath(owner: Owner, id: number): string {
  return owner === "instance" ? "/service_accounts" : `/${owner}/${id}/service_accounts`;
}
