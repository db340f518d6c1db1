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
function configuration(content: string): string {
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
        password       = "${gitlab.root}"
        retry_max      = 0
      }
    }
    ${content}
  `;
}

async function initialized(engine: Engine, content: string) {
  const work = workspace(engine, { "main.tf": configuration(content) });
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
});
