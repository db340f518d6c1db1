import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

const NAMES = ["oldest", "older", "middle", "newer", "newest"];

let gitlab: TestGitLab;
let callers: Readonly<Record<string, string>>;
let group: number;
let stacks = 0;

beforeAll(async () => {
  gitlab = await (await TestGitLab.start()).lasting();
  group = (await gitlab.platform()).platform;
  callers = { administrator: gitlab.token, Owner: await gitlab.groupOwner(group) };
});

afterAll(() => gitlab.close());

const pass = (days: number) => gitlab.control("POST", "clock", { advance: `P${days}D` });

interface Rotation {
  readonly every?: string;
  readonly spread?: boolean;
}

/** Tokens of two accounts, made on days of their own. */
class Estate {
  readonly driver: Driver;
  readonly extra = new Map<string, object>();
  private accounts: string[] = [];
  private rotation: Rotation = { every: "12d" };

  constructor(caller: string) {
    const token = callers[caller] ?? "";
    const stack = `stack-${(stacks += 1)}`;
    this.driver = new Driver({ base_url: gitlab.url, token, stack }, []);
  }

  async make(daysBetween = 1): Promise<this> {
    for (const name of ["one", "two"]) {
      const username = `${name}-${stacks}`;
      const path = `/groups/${group}/service_accounts`;
      const { id } = await gitlab.call<{ id: number }>("POST", path, { username });
      this.accounts.push(`group:${group}:${id}`);
    }
    for (let count = 1; count <= NAMES.length; count++) {
      this.declare(count);
      await this.driver.apply();
      await pass(daysBetween);
    }
    return this;
  }

  declare(count = NAMES.length, rotation = this.rotation): void {
    this.rotation = rotation;
    // The newest is planned first.
    this.driver.declared = NAMES.slice(0, count)
      .reverse()
      .map((name) => this.token(name));
  }

  private token(name: string): Declared {
    return {
      address: name,
      type: "glsa_access_token",
      config: () => ({
        service_account_id: this.accounts[NAMES.indexOf(name) % 2],
        name,
        scopes: ["read_api"],
        store_value: true,
        rotation: { overlap: "1d", ...this.rotation },
        ...this.extra.get(name),
      }),
    };
  }

  limit(count: number): void {
    this.driver.settings = { ...this.driver.settings, policy: { max_rotations: count } };
  }

  /** Who rotates, and who waits. */
  async night(): Promise<{ rotated: string[]; waiting: string[] }> {
    const generation = (name: string) => this.driver.values(name)?.["generation"];
    const before = new Map(NAMES.map((name) => [name, generation(name)]));
    const { diagnostics } = await this.driver.apply();
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const rotated = NAMES.filter((name) => generation(name) !== before.get(name));
    const waits = diagnostics.filter(({ code }) => code === "due-token-waits");
    const waiting = NAMES.filter((name) =>
      waits.some(({ detail }) => detail.includes(`"${name}"`)),
    );
    expect(waits).toHaveLength(waiting.length);
    return { rotated, waiting };
  }
}

for (const caller of ["administrator", "Owner"]) {
  test(`one run rotates no more than max_rotations, those due the longest first, and names the rest (${caller})`, async () => {
    const estate = await new Estate(caller).make();
    estate.limit(2);
    await pass(12);
    expect(await estate.night()).toEqual({
      rotated: ["oldest", "older"],
      waiting: ["middle", "newer", "newest"],
    });
    expect(await estate.night()).toEqual({ rotated: ["middle", "newer"], waiting: ["newest"] });
    expect(await estate.night()).toEqual({ rotated: ["newest"], waiting: [] });
    expect(await estate.night()).toEqual({ rotated: [], waiting: [] });
  });
}

test("what waits rotates in time for a whole overlap, whatever the limit says", async () => {
  const estate = await new Estate("administrator").make(0);
  estate.limit(0);
  // Due after 12 days, with 7 days of slack and an overlap of one.
  await pass(17);
  expect((await estate.night()).waiting).toEqual(NAMES);
  await pass(1);
  expect(await estate.night()).toEqual({ rotated: NAMES, waiting: [] });
});

test("an edited or leaked token rotates at once and takes nobody's turn", async () => {
  const estate = await new Estate("administrator").make(0);
  estate.limit(1);
  await pass(12);
  estate.extra.set("oldest", { keepers: { reason: "edited" } });
  estate.extra.set("older", { revoke_now: [estate.driver.values("older")?.["token_id"]] });
  const { rotated, waiting } = await estate.night();
  expect(rotated).toEqual(expect.arrayContaining(["oldest", "older"]));
  expect(rotated.length + waiting.length).toBe(NAMES.length);
  expect(rotated.length).toBeLessThanOrEqual(3);
});

test("a shorter schedule makes tokens due in the next run, as many as it may rotate", async () => {
  const estate = await new Estate("administrator").make(0);
  estate.limit(2);
  await pass(5);
  estate.declare(NAMES.length, { every: "3d" });
  expect((await estate.night()).waiting).toEqual(NAMES);
  expect((await estate.night()).rotated).toHaveLength(2);
});

test("the order holds for tokens with days of their own, too", async () => {
  const estate = new Estate("administrator");
  estate.declare(0, { every: "12d", spread: true });
  await estate.make(0);
  const due = (name: string) => String(estate.driver.values(name)?.["rotates_at"]);
  const order = [...NAMES].sort((left, right) => (due(left) < due(right) ? -1 : 1));
  estate.limit(1);
  await pass(12);
  const [first = ""] = (await estate.night()).rotated;
  expect(due(order[0] ?? "") >= due(order[1] ?? "") || first === order[0]).toBe(true);
});
