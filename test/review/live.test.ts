import { readPlan, type Review } from "../../src/review";
import { describeEachEngine, succeeded } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { describePulumi, pulumiStack, cleanUpPulumi } from "../support/pulumi";

const platform = usePlatform();
afterEach(cleanUpPulumi);

const told = ({ engine, accounts }: Review) => ({
  engine,
  accounts: accounts.map(({ account, changes }) => ({
    account,
    changes: changes.map(({ kind, object, to }) => [kind, object, to]),
  })),
});

const CREATED = [
  {
    account: "bot",
    changes: [
      ["account-created", "account", undefined],
      ["membership-added", "membership of platform/apps", "developer"],
      ["token-created", 'token "ci"', "read_api"],
    ],
  },
];

describeEachEngine("a plan of today's engine", (engine) => {
  test("is read as the recorded ones are", async () => {
    const work = stack(
      engine,
      platform.gitlab,
      `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_membership" "apps" {
  service_account_id = glsa_service_account.bot.id
  group = "platform/apps"
  role  = "developer"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name = "ci"
  scopes = ["read_api"]
  rotation {
    every = "30d"
  }
  store_value = true
}
`,
    );
    const plan = await (await work.plan()).json();
    const review = readPlan(JSON.stringify(plan), { today: "2026-06-01" });
    const name = engine.name === "tofu" ? "opentofu" : "terraform";
    expect(told(review)).toEqual({ engine: name, accounts: CREATED });
  });
});

describePulumi("a preview of today's engine", (engine) => {
  test("is read as the recorded ones are", async () => {
    const work = await pulumiStack(
      engine,
      platform.gitlab,
      `
const bot = account("bot", { group: "platform", username: "bot" });
membership("apps", { serviceAccountId: bot.id, group: "platform/apps", role: "developer" });
token("ci", { serviceAccountId: bot.id, name: "ci", scopes: ["read_api"], rotation: { every: "30d" }, storeValue: true });
`,
    );
    const { stdout } = succeeded(await work.run(["preview", "--json"]));
    expect(told(readPlan(stdout, { today: "2026-06-01" }))).toEqual({
      engine: "pulumi",
      accounts: CREATED,
    });
    const env = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "1" };
    const stream = await work.run(["preview", "--json"], env);
    expect(() => readPlan(stream.stdout, { today: "2026-06-01" })).toThrow(
      "Pulumi's stream of events",
    );
  });
});
