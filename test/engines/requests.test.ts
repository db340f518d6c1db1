import { cleanUpWorkspaces, describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { inDays, TestGitLab } from "../support/gitlab";
import { stack } from "../support/glsa";

const ACCOUNTS = 200;
const CONTAINERS = 20;

let gitlab: TestGitLab;

beforeAll(async () => {
  gitlab = await TestGitLab.start();
});

afterAll(async () => {
  cleanUpWorkspaces();
  await gitlab.close();
});

/** 200 accounts, 200 tokens, 400 memberships; each token delivered to one of 20 containers of the tree. */
function declaration(): string {
  const indexes = Array.from({ length: ACCOUNTS }, (_, index) => index);
  return indexes
    .map(
      (index) => `
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
      ${place(index)}
      key = "TOKEN_${index}"
    }
  }
}
resource "glsa_membership" "a${index}_first" {
  service_account_id = glsa_service_account.a${index}.id
  ${place(index)}
  role = "developer"
}
resource "glsa_membership" "a${index}_second" {
  service_account_id = glsa_service_account.a${index}.id
  ${place(index + 7)}
  role = "reporter"
}
`,
    )
    .join("");
}

function place(index: number): string {
  const at = index % CONTAINERS;
  return at < 10 ? `group = "platform/g${at}"` : `project = "platform/p${at}"`;
}

async function makeTree(): Promise<number> {
  const platform = await gitlab.group("platform");
  for (let at = 0; at < CONTAINERS; at++) {
    await (at < 10 ? gitlab.group(`g${at}`, platform) : gitlab.project(`p${at}`, platform));
  }
  return platform;
}

interface SandboxState {
  readonly tokens: {
    next_id: number;
    readonly rows: { readonly id: number; readonly user_id: number }[];
  };
}

/** So many that they can only be loaded, not made one by one. */
async function addTokensOfHumans(count: number): Promise<void> {
  const state = await gitlab.control<SandboxState>("GET", "state");
  const [owner] = await gitlab.call<{ id: number }[]>("GET", "/users?username=group-owner");
  const pattern = state.tokens.rows.find(({ user_id: userId }) => userId === owner?.id);
  if (pattern === undefined) throw new Error("the group's owner has no token");
  for (let made = 0; made < count; made++) {
    state.tokens.rows.push({
      ...pattern,
      id: state.tokens.next_id++,
      digest: `human-${made}`,
    } as typeof pattern);
  }
  await gitlab.control("POST", "state", state);
}

describeEnginesInTurn("the plan of an unchanged stack of 800 objects", (engine) => {
  test("costs the pages of the lists, for an Owner, an administrator, and beside 50,000 tokens of humans", async () => {
    await gitlab.control("POST", "reset");
    const platform = await makeTree();
    const owner = await gitlab.groupOwner(platform);
    const work = stack(engine, gitlab, declaration(), { token: owner });
    succeeded(await work.apply({ args: ["-parallelism=40"] }));

    const planAs = async (token: string): Promise<number> => {
      await gitlab.forgetRequests();
      const plan = await work.plan({ env: { GITLAB_TOKEN: token } });
      expect(plan.exitCode).toBe(NO_CHANGES);
      return (await gitlab.requests()).total;
    };
    expect(await planAs(owner)).toBeLessThanOrEqual(2 + 200 + 20 + 20 + 6);
    expect(await planAs(gitlab.token)).toBeLessThanOrEqual(3 + 3 + 20 + 20 + 6);
    await addTokensOfHumans(50_000);
    expect(await planAs(gitlab.token)).toBeLessThanOrEqual(2 + 200 + 20 + 20 + 6);
  }, 400_000);
});
