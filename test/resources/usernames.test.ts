import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

const idOf = (states: ReadonlyMap<string, Record<string, unknown>>) =>
  states.get("account")?.["id"];

const DECLARED: readonly Declared[] = [
  {
    address: "account",
    type: "glsa_service_account",
    config: () => ({ group: "platform", username: "apps-bot", on_destroy: "delete" }),
  },
  {
    address: "token",
    type: "glsa_access_token",
    config: (states) => ({
      service_account_id: idOf(states),
      name: "ci",
      scopes: ["read_api"],
      rotation: { every: "30d" },
      store_value: true,
    }),
  },
  {
    address: "membership",
    type: "glsa_membership",
    config: (states) => ({
      service_account_id: idOf(states),
      project: "platform/charts",
      role: "developer",
    }),
  },
];

describe("messages name an account by its username beside its number", () => {
  let gitlab: TestGitLab;

  beforeEach(async () => {
    gitlab = await TestGitLab.start();
    await gitlab.platform();
  });

  afterEach(() => gitlab.close());

  const driver = (addresses: readonly string[]) =>
    new Driver(
      { base_url: gitlab.url, token: gitlab.token, stack: "names" },
      DECLARED.filter(({ address }) => addresses.includes(address)),
    );

  const failing = (route: string) => {
    const effect = { kind: "status", status: 403, body: { message: "403 Forbidden" } };
    return gitlab.control("POST", "faults", { faults: [{ route, times: 9, effect }] });
  };

  const summaries = ({ diagnostics }: Awaited<ReturnType<Driver["apply"]>>) =>
    diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary);

  test.each([
    [
      "token",
      "POST /groups/:id/service_accounts/:user_id/personal_access_tokens",
      /^Cannot create token "ci" of "apps-bot" \(group:\d+:\d+\)$/,
    ],
    [
      "membership",
      "POST /projects/:id/members",
      /^Cannot write the membership of user "apps-bot" \(\d+\) in project \d+$/,
    ],
  ])("where its %s cannot be made", async (address, route, message) => {
    await failing(route);
    const run = driver(["account", address]);
    expect(summaries(await run.apply())).toEqual([expect.stringMatching(message)]);
  });

  test("where it cannot be read", async () => {
    const run = driver(["account"]);
    expect(summaries(await run.apply())).toEqual([]);
    await failing("GET /groups/:id/service_accounts");
    expect(summaries(await run.apply())).toContainEqual(
      expect.stringMatching(/^Cannot read account "apps-bot" \(group:\d+:\d+\)$/),
    );
  });
});
