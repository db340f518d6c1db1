import { engines, NO_CHANGES, succeeded, type Workspace } from "../support/engine";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const RESOURCES = `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_membership" "bot" {
  service_account_id = glsa_service_account.bot.id
  project            = "platform/charts"
  role               = "developer"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name        = "ci"
  scopes      = ["read_user"]
  rotation {
    every = "30d"
  }
  store_value = true
}
`;

function identities(work: Workspace): Record<string, unknown> {
  const resources = work.stateRaw()?.resources ?? [];
  return Object.fromEntries(
    resources.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.identity]),
  );
}

function importBlock(to: string, identity: unknown): string {
  const lines = Object.entries(identity as object)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return `import {\n  to = ${to}\n  identity = {\n    ${lines.join("\n    ")}\n  }\n}\n`;
}

// Terraform of the versions that have no identity reads none: every other test on it shows that.
const engine = engines().find(({ name }) => name === "tofu");
const describeWithTofu = engine === undefined ? describe.skip : describe;

describeWithTofu("identity on an engine that has it", () => {
  const on = (hcl: string) => stack(engine!, platform.gitlab, hcl);

  test("stays as it is through three rotations, and an import by it plans nothing but imports", async () => {
    const { gitlab, ids } = platform;
    const work = on(RESOURCES);
    succeeded(await work.apply());
    const before = identities(work);
    const [bot] = await gitlab.accounts(ids.platform);
    const account = `group:${ids.platform}:${bot?.id}`;
    expect(before).toEqual({
      "glsa_service_account.bot": { id: account },
      "glsa_membership.bot": { id: `project:${ids.charts}:${bot?.id}` },
      "glsa_access_token.ci": {
        service_account_id: account,
        key: expect.stringMatching(/./),
        token_id: null,
      },
    });
    for (let night = 0; night < 3; night++) {
      await gitlab.control("POST", "clock", { advance: "P30D" });
      succeeded(await work.apply());
    }
    expect(identities(work)).toEqual(before);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    const imports = Object.entries(before).map(([to, identity]) => importBlock(to, identity));
    const other = on(RESOURCES + imports.join(""));
    const plan = await other.plan();
    const actions = (await plan.json()).resource_changes?.map(({ change }) => change.actions);
    expect(actions).toHaveLength(3);
    expect(actions?.flat()).not.toContain("create");
    expect(actions?.flat()).not.toContain("delete");
    succeeded(await other.apply());
    expect(identities(other)).toEqual(before);
  });

  test("of a token that something else made is the number that it was imported by, also once it was rotated", async () => {
    const { gitlab, ids } = platform;
    const { id } = await gitlab.call<{ id: number }>(
      "POST",
      `/groups/${ids.platform}/service_accounts`,
      { name: "bot", username: "bot" },
    );
    const account = `group:${ids.platform}:${id}`;
    const path = `/groups/${ids.platform}/service_accounts/${id}/personal_access_tokens`;
    const fields = { name: "ci", scopes: ["read_user"], expires_at: undefined };
    const made = await gitlab.call<{ id: number }>("POST", path, fields);
    const identity = { service_account_id: account, key: null, token_id: made.id };
    const declared = RESOURCES.replace(/resource "glsa_membership"[^}]*}\n/, "");
    const work = on(
      declared +
        importBlock("glsa_service_account.bot", { id: account }) +
        importBlock("glsa_access_token.ci", identity),
    );
    succeeded(await work.apply());
    expect(identities(work)["glsa_access_token.ci"]).toEqual(identity);
    work.write({ "main.tf": declared.replace('"30d" }', '"20d" }\n  keepers = { a = "b" }') });
    succeeded(await work.apply());
    succeeded(await work.apply());
    expect(identities(work)["glsa_access_token.ci"]).toEqual(identity);
    const { values } = (await work.resource("glsa_access_token.ci")) ?? {};
    expect(values?.["token_id"]).not.toBe(made.id);
  });

  test("is refused by name where it is incomplete or leads nowhere", async () => {
    const { gitlab, ids } = platform;
    const work = on(RESOURCES);
    succeeded(await work.apply());
    const [bot] = await gitlab.accounts(ids.platform);
    const account = `group:${ids.platform}:${bot?.id}`;
    for (const [identity, summary] of [
      [{ service_account_id: account }, "The identity names no token"],
      [{ service_account_id: account, key: "12345678-x" }, "No live token of"],
      [{ service_account_id: "bot", token_id: 1 }, "is not the id of a service account"],
    ] as const) {
      const other = on(RESOURCES + importBlock("glsa_access_token.ci", identity));
      const { stdout, stderr } = await other.plan();
      expect(stdout + stderr).toContain(summary);
    }
  });
});
