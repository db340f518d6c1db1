import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  cleanUpWorkspaces,
  describeEachEngine,
  NO_CHANGES,
  succeeded,
  workspace,
  type Engine,
} from "../support/engine";
import { TestInstance } from "./client";

let gitlab: TestInstance;
let project: number;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  project = await gitlab.project("site", await gitlab.group("platform"));
});
afterEach(cleanUpWorkspaces);

const statePath = () => `/projects/${project}/terraform/state/production`;

/** A configuration whose state is kept by the stand-in, as GitLab's documentation sets it up. */
function configuration(content: string, token = gitlab.root): string {
  const address = `${gitlab.url}/api/v4${statePath()}`;
  return `
    terraform {
      backend "http" {
        address        = "${address}"
        lock_address   = "${address}/lock"
        unlock_address = "${address}/lock"
        lock_method    = "POST"
        unlock_method  = "DELETE"
        username       = "whoever"
        password       = "${token}"
        retry_max      = 0
      }
    }
    ${content}
  `;
}

async function initialized(engine: Engine, content: string, token?: string) {
  const work = workspace(engine, { "main.tf": configuration(content, token) });
  await work.init();
  return work;
}

const thing = (input: string) => `resource "terraform_data" "thing" { input = "${input}" }`;

/** Creating this takes until a file says that it may go on. */
const slowThing = `
  resource "terraform_data" "thing" {
    provisioner "local-exec" { command = "echo underway; until [ -e go ]; do sleep 0.05; done" }
  }
`;

interface StoredState {
  readonly serial: number;
  readonly resources: readonly { readonly name: string }[];
}

describeEachEngine("the engine's own http backend", (engine) => {
  test("stores, reads, changes and unlocks its state", async () => {
    const work = await initialized(engine, thing("first"));
    succeeded(await work.apply());
    const first = await gitlab.get<StoredState>("GET", statePath());
    expect(first.resources.map(({ name }) => name)).toEqual(["thing"]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    const other = await initialized(engine, thing("second"));
    succeeded(await other.apply());
    const second = await gitlab.get<StoredState>("GET", statePath());
    expect(second.serial).toBeGreaterThan(first.serial);
    succeeded(await other.destroy());
    expect((await gitlab.get<StoredState>("GET", statePath())).resources).toEqual([]);
  });

  test("lets one of two concurrent applies in, and tells the other who holds the lock", async () => {
    const [first, second] = [await initialized(engine, slowThing), await initialized(engine, "")];
    const running = first.start(["apply", "-input=false", "-auto-approve"]);
    await running.printed("underway");
    const refused = await second.apply();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("Error acquiring the state lock");
    expect(refused.stderr).toMatch(/Who:\s+root/);
    writeFileSync(join(first.folder, "go"), "");
    succeeded(await running.finished);
    succeeded(await second.apply());
  });

  test("breaks a lock that somebody left behind", async () => {
    const work = await initialized(engine, thing("kept"));
    const lock = { ID: "2f1c4c5e-0000-4000-8000-000000000000", Operation: "OperationTypeApply" };
    await gitlab.get("POST", `${statePath()}/lock`, lock);
    expect((await work.apply()).exitCode).toBe(1);
    succeeded(await work.run(["force-unlock", "-force", lock.ID]));
    succeeded(await work.apply());
  });

  test("lets one account's token plan and another's apply, and no revoked one do either", async () => {
    const account = async (access_level: number) => {
      const user_id = await gitlab.account("");
      await gitlab.get("POST", `/projects/${project}/members`, { user_id, access_level });
      return (await gitlab.userToken(user_id)).token;
    };
    const [reads, writes] = [await account(30), await account(40)];
    const applier = await initialized(engine, thing("first"), writes);
    succeeded(await applier.apply());
    const unlocked = ["plan", "-input=false", "-lock=false", "-detailed-exitcode"];
    const planner = await initialized(engine, thing("first"), reads);
    expect((await planner.run(unlocked)).exitCode).toBe(NO_CHANGES);
    const refused = await planner.apply();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("HTTP remote state endpoint invalid auth");
    const { status } = await gitlab.ask(
      "DELETE",
      "/personal_access_tokens/self",
      undefined,
      writes,
    );
    expect(status).toBe(204);
    const late = await applier.apply();
    expect(late.stderr).toContain("HTTP remote state endpoint requires auth");
  });
});
