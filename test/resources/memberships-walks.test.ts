import fc from "fast-check";
import type timers from "node:timers/promises";
import { Driver } from "../support/driver";
import { Checkpoint, Gate } from "../support/gate";
import { TestGitLab } from "../support/gitlab";

// Waits between attempts say nothing about what happens after them.
jest.mock("node:timers/promises", () => {
  const real = jest.requireActual<typeof timers>("node:timers/promises");
  const setTimeout: typeof real.setTimeout = (milliseconds = 0, value, options) =>
    real.setTimeout(milliseconds / 50, value, options);
  return { ...real, setTimeout };
});

const ROLES = { guest: 10, reporter: 20, developer: 30, maintainer: 40 } as const;
type Role = keyof typeof ROLES;

/** From the top down: a role above is inherited by all that follow in its line. */
const PLACES = ["platform", "platform/apps", "platform/charts", "other"] as const;
type Place = (typeof PLACES)[number];
type Roles = Partial<Record<Place, Role>>;

let gitlab: TestGitLab;
let gate: Gate;
let owner: string;
const checkpoint = new Checkpoint(() => Promise.resolve());
const ids = new Map<Place, { kind: "group" | "project"; id: number }>();

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  const { platform, apps, charts } = await gitlab.platform();
  const other = await gitlab.group("other");
  ids.set("platform", { kind: "group", id: platform });
  ids.set("platform/apps", { kind: "group", id: apps });
  ids.set("platform/charts", { kind: "project", id: charts });
  ids.set("other", { kind: "group", id: other });
  owner = await gitlab.groupOwner(platform);
  const { id } = (await gitlab.members("groups", platform)).find(
    ({ username }) => username === "group-owner",
  ) ?? { id: 0 };
  await gitlab.call("POST", `/groups/${other}/members`, { user_id: id, access_level: 50 });
  gate = await Gate.before(gitlab.url, checkpoint);
});

afterAll(async () => {
  await gate.close();
  await gitlab.close();
});

const anyRoles: fc.Arbitrary<Roles> = fc.record(
  Object.fromEntries(
    PLACES.map((place) => [place, fc.constantFrom(...(Object.keys(ROLES) as Role[]))]),
  ),
  { requiredKeys: [], noNullPrototype: true },
);

/** A role below an inherited one is nothing that GitLab takes. */
function isPossible(roles: Roles): boolean {
  const { platform } = roles;
  return (["platform/apps", "platform/charts"] as const).every((place) => {
    const { [place]: below } = roles;
    return platform === undefined || below === undefined || ROLES[below] >= ROLES[platform];
  });
}

const path = (place: Place) => {
  const { kind, id } = ids.get(place) ?? { kind: "group", id: 0 };
  return `/${kind}s/${id}/members`;
};

async function account(username: string): Promise<number> {
  const { id } = ids.get("platform") ?? { id: 0 };
  const made = await gitlab.call<{ id: number }>("POST", `/groups/${id}/service_accounts`, {
    username,
    name: username,
  });
  return made.id;
}

async function join(userId: number, roles: Roles): Promise<void> {
  for (const place of PLACES) {
    const { [place]: role } = roles;
    if (role === undefined) continue;
    await gitlab.call("POST", path(place), { user_id: userId, access_level: ROLES[role] });
  }
}

async function rolesOf(userId: number): Promise<Roles> {
  const names = new Map(Object.entries(ROLES).map(([name, level]) => [level, name as Role]));
  const found: Roles = {};
  for (const place of PLACES) {
    const members = await gitlab.call<{ id: number; access_level: number }[]>("GET", path(place));
    const member = members.find(({ id }) => id === userId);
    const role = member && names.get(member.access_level as 10);
    if (role !== undefined) found[place] = role;
  }
  return found;
}

let declared: Roles = {};

function blocks(kind: "group" | "project") {
  const own = PLACES.filter((place) => ids.get(place)?.kind === kind && declared[place]);
  if (own.length === 0) return null;
  const block = (place: Place) => ({
    path: place,
    role: declared[place],
    custom_role_id: null,
    expires_at: null,
  });
  return Object.fromEntries(own.map((place) => [`in ${place}`, block(place)]));
}

interface Walk {
  readonly userId: number;
  readonly token: string;
  readonly exclusive: boolean;
  readonly live: Roles;
  /** Undefined where the run that dies is the one that makes the object. */
  readonly first: Roles | undefined;
  readonly second: Roles;
}

function driverOf({ userId, token, exclusive }: Walk): Driver {
  const config = () => ({
    ...{ service_account_id: null, user_id: userId, exclusive, id: null },
    group: blocks("group"),
    project: blocks("project"),
  });
  return new Driver({ base_url: gate.url, token, stack: "test" }, [
    { address: "all", type: "glsa_memberships", config: config as never },
  ]);
}

async function reset({ userId, live }: Walk): Promise<void> {
  for (const place of PLACES)
    await gitlab.ask("DELETE", `${path(place)}/${userId}?skip_subresources=true`);
  await join(userId, live);
}

const errorsOf = ({ diagnostics }: Awaited<ReturnType<Driver["apply"]>>) =>
  diagnostics.filter(({ severity }) => severity === "error");

/** Whether the run died at a request. */
async function diesAt(at: number, walk: Walk): Promise<boolean> {
  await reset(walk);
  const driver = driverOf(walk);
  if (walk.first !== undefined) {
    declared = walk.first;
    expect(errorsOf(await driver.apply())).toEqual([]);
  }
  declared = walk.second;
  const saved = driver.snapshot();
  const death = checkpoint.strike(at, "dies_after");
  const run = driver.apply();
  const isDead = await Promise.race([death.then(() => true), run.then(() => false)]);
  // What the engine had not written when the provider died is lost.
  if (isDead) driver.restore(saved);
  checkpoint.heal();
  expect(errorsOf(await driver.apply())).toEqual([]);
  const found = await rolesOf(walk.userId);
  if (walk.exclusive) expect(found).toEqual(declared);
  else expect(found).toMatchObject(declared);
  expect([...(await driver.plan()).actions.values()]).toEqual(["none"]);
  driver.stop();
  return isDead;
}

const WALKS = process.env["GLSA_TIER"] === "all" ? 40 : 2;

const anyWalk = fc
  .record({
    live: anyRoles.filter(isPossible),
    first: fc.option(anyRoles.filter(isPossible), { nil: undefined }),
    second: anyRoles.filter(isPossible),
    exclusive: fc.boolean(),
  })
  // What is not removed would be inherited by what is declared.
  .filter(
    ({ live, first = {}, second, exclusive }) =>
      exclusive ||
      (isPossible({ ...live, ...first }) && isPossible({ ...live, ...first, ...second })),
  );

describe.each(["administrator", "Owner"] as const)("memberships of an account, as %s,", (as) => {
  let count = 0;

  test("are what is declared and, where exclusive, nothing else, whichever request a run died at", async () => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async (walk) => {
        const name = `${as.toLowerCase()}-${(count += 1)}`;
        const [userId, bystander] = [await account(name), await account(`${name}-by`)];
        await join(bystander, walk.live);
        const token = as === "Owner" ? owner : gitlab.token;
        for (let at = 1; await diesAt(at, { ...walk, userId, token }); at++);
        expect(await rolesOf(bystander)).toEqual(walk.live);
      }),
      { numRuns: WALKS, endOnFailure: true },
    );
  }, 600_000);
});
