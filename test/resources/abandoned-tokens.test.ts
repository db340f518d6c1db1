import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatMarker, markerKey, markerOrigin } from "../../src/model";
import { propose, UNKNOWN } from "../../src/provider/contract";
import { glsaProvider } from "../../src/resources";
import { SharedLedger } from "../../src/run";
import { TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let folder: string;
let processes: number;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  folder = mkdtempSync(join(tmpdir(), "glsa-run-"));
  processes = 0;
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await gitlab.close();
});

/** A provider process of its own, of the same run. */
function newProvider() {
  const self = { pid: 900_000_000 + processes++, start: "1" };
  const ledger = new SharedLedger(folder, () => true, self);
  const run = () => ledger;
  return glsaProvider("0.0.0", run, run);
}

type Values = Record<string, unknown>;

function blank(attributes: Values, values: Values) {
  return { ...Object.fromEntries(Object.keys(attributes).map((name) => [name, null])), ...values };
}

/** Validates a configuration, then plans its account in another process; the codes of what that says. */
async function codesOfPlan(names: readonly unknown[]): Promise<{ codes: unknown[]; text: string }> {
  const ids = await gitlab.platform();
  const path = `/groups/${ids.platform}/service_accounts`;
  const bot = await gitlab.call<{ id: number; username: string; name: string; email: string }>(
    "POST",
    path,
    { username: "bot", name: "bot" },
  );
  const id = `group:${ids.platform}:${bot.id}`;
  const leave = (stack: string, name: string, isMarked: boolean) => {
    const key = markerKey({ accountId: id, stack, tokenName: name });
    const origin = markerOrigin("default", []);
    const description = isMarked
      ? formatMarker({ key, generation: 1, origin, isFirst: true })
      : "by hand";
    const body = { name, scopes: ["read_user"], description };
    return gitlab.call("POST", `${path}/${bot.id}/personal_access_tokens`, body);
  };
  await leave("test", "ci", true);
  await leave("other", "theirs", true);
  await leave("test", "human", false);

  const validating = newProvider().resources;
  const account = validating["glsa_service_account"];
  const token = validating["glsa_access_token"];
  if (account === undefined || token === undefined) throw new Error("a type is missing");
  const written = { group: "platform", username: "bot" };
  const config = blank(account.schema.attributes, written) as never;
  account.validate?.(config);
  for (const name of names)
    token.validate?.(
      blank(token.schema.attributes, {
        name,
        service_account_id: UNKNOWN,
        scopes: ["read_user"],
      }) as never,
    );

  const planning = newProvider();
  const settings = { base_url: gitlab.url, token: gitlab.token, stack: "test" };
  const context = planning.configure(blank(planning.schema.attributes, settings) as never, {
    stateName: () => "default",
  });
  const type = planning.resources["glsa_service_account"];
  const prior = blank(account.schema.attributes, {
    ...written,
    name: bot.name,
    email: bot.email,
    id,
    user_id: bot.id,
    status: "active",
    deletion_protection: false,
    on_destroy: "delete",
    hard_delete: false,
  }) as never;
  const proposed = propose(account.schema, config, prior);
  const plan = await type?.plan?.({ config, prior, private: null, proposed }, context);
  const found = plan?.diagnostics ?? [];
  return { codes: found.map(({ code }) => code), text: found.map(({ detail }) => detail).join() };
}

describe("a live token of an interrupted first creation", () => {
  test.each([
    ["removed", []],
    ["renamed", ["deploy"]],
  ])("is told in the plan of its account once its declaration was %s", async (_what, names) => {
    const { codes, text } = await codesOfPlan(names);
    expect(codes).toEqual(["abandoned-tokens"]);
    expect(text).toMatch(/token \d+ "ci", created at 20/);
    expect(text).not.toMatch(/theirs|human/);
  });

  test.each([
    ["is still declared", ["ci"]],
    ["may be declared under a name that is known later", ["deploy", UNKNOWN]],
  ])("is not told where it %s", async (_what, names) => {
    expect((await codesOfPlan(names)).codes).toEqual([]);
  });
});
