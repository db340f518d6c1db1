import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describeEnginesInTurn, NO_CHANGES, succeeded, type Workspace } from "../support/engine";
import { inDays } from "../support/gitlab";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const ACCOUNTS = 50;

const platform = usePlatform();

const declared = Array.from(
  { length: ACCOUNTS },
  (_, index) => `
resource "glsa_service_account" "a${index}" {
  group    = "platform"
  username = "bot-${index}"
}
resource "glsa_access_token" "a${index}" {
  service_account_id = glsa_service_account.a${index}.id
  name       = "ci"
  scopes     = ["read_user"]
  expires_at = "${inDays(90)}"
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "TOKEN_${index}"
    }
  }
}
resource "glsa_membership" "a${index}" {
  service_account_id = glsa_service_account.a${index}.id
  project            = "platform/charts"
  role               = "developer"
}
`,
).join("");

/** Kills the engine when the server has made some of the accounts. */
async function killHalfWay(work: Workspace): Promise<void> {
  const run = work.start(["apply", "-auto-approve", "-input=false"]);
  while ((await platform.gitlab.accounts(platform.ids.platform)).length < ACCOUNTS / 2)
    await sleep(50);
  run.kill();
  await run.finished;
}

async function expectNoProviderLeft(work: Workspace): Promise<void> {
  for (let waited = 0; waited < 6000 && work.providerProcesses().length > 0; waited += 200)
    await sleep(200);
  expect(work.providerProcesses()).toEqual([]);
}

async function expectConverged(work: Workspace): Promise<void> {
  succeeded(await work.apply());
  const accounts = await platform.gitlab.accounts(platform.ids.platform);
  expect(accounts).toHaveLength(ACCOUNTS);
  expect(await platform.gitlab.members("projects", platform.ids.charts)).toHaveLength(ACCOUNTS);
  expect((await work.plan()).exitCode).toBe(NO_CHANGES);
}

describeEnginesInTurn("an engine killed in the middle of creating 50 accounts", (engine) => {
  test("leaves no provider process behind, and the next apply converges (local state)", async () => {
    const work = stack(engine, platform.gitlab, declared);
    await platform.gitlab.control("POST", "latency", { ms: 20 });
    await killHalfWay(work);
    await expectNoProviderLeft(work);
    await platform.gitlab.control("POST", "latency", { ms: 0 });
    await expectConverged(work);
  }, 180_000);

  test("and with remote state, which lags behind, the next apply converges too", async () => {
    const backend = await stateServer();
    const work = stack(engine, platform.gitlab, declared);
    work.write({
      "backend.tf": `terraform {\n  backend "http" {\n    address = "${backend.url}/state"\n  }\n}\n`,
    });
    await work.init();
    await platform.gitlab.control("POST", "latency", { ms: 20 });
    await killHalfWay(work);
    await expectNoProviderLeft(work);
    await platform.gitlab.control("POST", "latency", { ms: 0 });
    await expectConverged(work);
    await backend.close();
  }, 180_000);
});

/** The least that Terraform's http backend needs: a place to get and put one state. */
async function stateServer(): Promise<{ url: string; close(): Promise<void> }> {
  let state = "";
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.method === "POST") state = body;
      response.writeHead(request.method === "GET" && state === "" ? 404 : 200);
      response.end(request.method === "GET" ? state : "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
