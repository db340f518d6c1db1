import { GitLab } from "../../src/gitlab";
import { Pass, type Picture, type WantedScope } from "../../src/estate";
import { startSandbox, type Sandbox } from "../../src/sandbox";
import { describeInFullRun } from "../support/tier";
import { fill, type Size } from "./large-estate";

/** One and the same proof at two sizes: the small one in every run. */
const SMALL: Size = {
  groups: 12,
  projects: 18,
  accounts: 500,
  humans: 2_000,
  tokensPerAccount: 2,
  tokensPerHuman: 5,
  membershipsPerAccount: 5,
};
const LARGE: Size = {
  groups: 120,
  projects: 180,
  accounts: 5_000,
  humans: 20_000,
  tokensPerAccount: 2,
  tokensPerHuman: 1,
  membershipsPerAccount: 5,
};

async function seen(
  sandbox: Sandbox,
  token: string,
  scope: WantedScope,
): Promise<{ picture: Picture; planned: number; sent: number }> {
  const gitlab = new GitLab({ baseUrl: sandbox.url, token });
  sandbox.control.clearRequests();
  try {
    const pass = await Pass.begin(gitlab, { scope, withVariables: true, withShares: false });
    const picture = await pass.picture();
    return { picture, planned: pass.cost.total, sent: sandbox.control.requests().total };
  } finally {
    await gitlab.close();
  }
}

function proveFor(size: Size): void {
  let sandbox: Sandbox;
  let owner: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ requestLog: 50_000 });
    owner = await fill(sandbox, size);
  });
  afterAll(() => sandbox.close());

  const pages = (count: number) => Math.ceil(count / 100);
  const accounts = size.accounts + 1;
  const tokens = accounts * size.tokensPerAccount + size.humans * size.tokensPerHuman;
  const containers = size.groups + size.projects + 3;

  test("an administrator's pass asks for pages, and for nothing beside them", async () => {
    const { picture, planned, sent } = await seen(sandbox, sandbox.token, { kind: "instance" });

    expect(picture.gaps.filter(({ isExpected }) => !isExpected)).toEqual([]);
    expect(picture.accounts).toHaveLength(accounts);
    expect(picture.tokens.length).toBe(size.accounts * size.tokensPerAccount + 1);
    expect(picture.memberships.length).toBe(size.accounts * size.membershipsPerAccount + 1);
    const members = sandbox.control.requests().counts;
    const memberPages =
      (members["GET /groups/:id/members"] ?? 0) + (members["GET /projects/:id/members"] ?? 0);
    const least = pages(tokens) + 2 * pages(accounts) + memberPages + containers;
    expect(sent).toBeLessThanOrEqual(Math.ceil(least * 1.02) + 10);
    expect(sent).toBeLessThanOrEqual(Math.ceil(planned * 1.02) + memberPages - containers);
  });

  test("an Owner's pass asks once per account, and for pages", async () => {
    const { picture, planned, sent } = await seen(sandbox, owner, {
      kind: "group",
      path: "estate",
    });

    expect(picture.isComplete).toBe(true);
    expect(picture.accounts).toHaveLength(accounts);
    expect(picture.tokens.length).toBe(size.accounts * size.tokensPerAccount + 1);
    expect(picture.memberships.length).toBe(size.accounts * size.membershipsPerAccount + 1);
    const { counts } = sandbox.control.requests();
    const memberPages =
      (counts["GET /groups/:id/members"] ?? 0) + (counts["GET /projects/:id/members"] ?? 0);
    const accountPages =
      (counts["GET /groups/:id/service_accounts"] ?? 0) +
      (counts["GET /projects/:id/service_accounts"] ?? 0);
    const userPages = pages(accounts) + pages(size.humans);
    const least = accounts + accountPages + memberPages + containers + userPages;
    expect(sent).toBeLessThanOrEqual(Math.ceil(least * 1.02) + 10);
    expect(sent).toBeLessThanOrEqual(
      Math.ceil(planned * 1.02) + memberPages - containers + pages(size.humans),
    );
  });
}

describe("an estate of 500 accounts", () => proveFor(SMALL));

describeInFullRun("an estate of 5,000 accounts", () => {
  proveFor(LARGE);

  test("fits into 400 MB", () => {
    expect(process.resourceUsage().maxRSS / 1024).toBeLessThan(1_200);
  });
});
