import { withNulls } from "../../src/provider/contract";
import { glsaProvider } from "../../src/resources";
import { TestGitLab } from "../support/gitlab";

const provider = glsaProvider("0.0.0");

describe("an import that names a wrong owner says who owns the account", () => {
  let gitlab: TestGitLab;
  let ids: Awaited<ReturnType<TestGitLab["platform"]>>;
  /** By the owner that the account has. */
  let accounts: ReadonlyMap<string, number>;

  beforeAll(async () => {
    gitlab = await TestGitLab.start();
    ids = await gitlab.platform();
    const owners = [
      [`group:${ids.platform}`, `/groups/${ids.platform}`],
      [`group:${ids.apps}`, `/groups/${ids.apps}`],
      [`project:${ids.charts}`, `/projects/${ids.charts}`],
      ["instance", ""],
    ] as const;
    const made = owners.map(async ([owner, path], at) => {
      const body = { name: "Bot", username: `bot-${at}`, email: `bot-${at}@example.com` };
      const { id } = await gitlab.call<{ id: number }>("POST", `${path}/service_accounts`, body);
      return [owner, id] as const;
    });
    accounts = new Map(await Promise.all(made));
  });

  afterAll(() => gitlab.close());

  async function failureOf(id: string, token: string): Promise<string> {
    const settings = withNulls(provider.schema.attributes, { base_url: gitlab.url, token });
    const context = provider.configure(settings as never);
    const type = provider.resources["glsa_service_account"];
    if (type?.importState === undefined) throw new Error("there is no such type");
    try {
      const { state } = await type.importState(id, context);
      const full = withNulls(type.schema.attributes, state);
      await type.read({ state: full as never, private: null }, context);
      return "";
    } catch (failure) {
      return (failure as Error).message;
    } finally {
      await context.gitlab.close();
    }
  }

  /** Addresses that administrators gave tell nothing of an owner, and Owners see no addresses. */
  test.each(["an administrator", "a group's Owner"])("to %s", async (caller) => {
    const isOwner = caller !== "an administrator";
    const token = isOwner ? await gitlab.groupOwner(ids.platform) : gitlab.token;
    const wrong: string[] = [];
    for (const [owner, userId] of accounts) {
      if (owner === "instance") continue;
      for (const other of accounts.keys()) {
        if (other === owner) continue;
        const told = await failureOf(`${other}:${userId}`, token);
        const named = `is an account of ${owner.replace(":", " ")}: write ${owner}:${userId}.`;
        if (!told.includes(named)) wrong.push(`${other}:${userId}: ${told}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("and of an account that its caller cannot place it says no owner", async () => {
    const userId = accounts.get("instance") ?? 0;
    const told = await failureOf(`group:${ids.apps}:${userId}`, gitlab.token);
    expect(told).toContain("is not a service account of group");
    expect(told).not.toContain("is an account of");
  });
});
