import "../support/quick-pauses";
import type { Mishap } from "../support/gate";
import { World, type DeliveryName } from "./world";

// A provider that has died holds no lock any more.
jest.mock("../../src/destinations/vault/edit", () => ({
  ...jest.requireActual<object>("../../src/destinations/vault/edit"),
  exclusively: (_path: string, work: () => Promise<unknown>) => work(),
}));

const OPERATIONS = ["create", "rotation", "revocation", "destroy"] as const;
type Operation = (typeof OPERATIONS)[number];

const DEATHS: readonly Mishap[] = ["dies_before", "dies_after"];
const FAILURES: readonly Mishap[] = [
  "error_before",
  "error_after",
  "cut_before",
  "cut_after",
  "limited",
];

const isFull = process.env["GLSA_TIER"] === "all";

/**
 * A death before a request leaves what one after the request before it leaves, unless something happens on this machine
 * in between. All of them are tried with `npm run test:all`.
 */
function deathsFor(delivery: DeliveryName): readonly Mishap[] {
  const isRemote = ["ci_variable", "hidden ci_variable", "vault"].includes(delivery);
  return isRemote && !isFull ? ["dies_after"] : DEATHS;
}

/** Each request fails in one way, and each in all ways with `npm run test:all`. */
function failuresAt(request: number): readonly Mishap[] {
  return isFull ? FAILURES : FAILURES.filter((_, at) => at === request % FAILURES.length);
}

let world: World;

/** Brings a world to the moment before an operation. */
async function before(operation: Operation, delivery: DeliveryName): Promise<World> {
  const built = await World.build(delivery);
  if (operation === "create") return built;
  await applied(built);
  if (operation === "destroy") return built;
  await built.advance("P30D");
  if (operation === "rotation") return built;
  await applied(built);
  await built.advance("P5D");
  return built;
}

async function applied({ driver }: World): Promise<void> {
  expect((await driver.apply()).diagnostics).toEqual([]);
}

function run(operation: Operation) {
  return operation === "destroy" ? world.driver.destroy() : world.driver.apply();
}

async function requestsOf(operation: Operation, delivery: DeliveryName): Promise<number> {
  const trial = await before(operation, delivery);
  trial.checkpoint.heal();
  await (operation === "destroy" ? trial.driver.destroy() : trial.driver.apply());
  const { passed } = trial.checkpoint;
  await trial.close();
  return passed;
}

/** After at most two more runs everything is as if nothing had happened. */
async function expectConverged(operation: Operation): Promise<void> {
  await run(operation);
  await run(operation);
  if (operation === "destroy") return expectGone();
  expect(await world.accounts()).toEqual(["bot"]);
  const { token } = world;
  const previous = (token["previous"] as { token_id: number }[]).map((entry) => entry.token_id);
  const live = (await world.liveTokens()).map(({ id }) => id);
  expect(live.sort()).toEqual([token["token_id"] as number, ...previous].sort());
  for (const value of await world.delivered()) expect(await world.gitlab.whoIs(value)).toBe("bot");
  expect([...(await world.driver.plan()).actions.values()]).toEqual(["none", "none"]);
}

async function expectGone(): Promise<void> {
  expect(await world.accounts()).toEqual([]);
  expect(await world.liveTokens()).toEqual([]);
  expect(await world.delivered()).toEqual([]);
}

/** Strikes at every request of a token's life. Each test file takes its part, so that they run side by side. */
export function describeCrashes(deliveries: readonly DeliveryName[]): void {
  beforeAll(() => {
    jest.spyOn(Math, "random").mockReturnValue(0);
  });

  describe.each(deliveries)("a token delivered to %s", (delivery) => {
    describe.each(OPERATIONS)("during %s", (operation) => {
      test("survives the provider's death before and after each request", async () => {
        const requests = await requestsOf(operation, delivery);
        expect(requests).toBeGreaterThan(3);
        for (let at = 1; at <= requests; at++) {
          for (const death of deathsFor(delivery)) await survive(operation, delivery, at, death);
        }
      }, 600_000);

      test("survives errors and cut connections at each request", async () => {
        const requests = await requestsOf(operation, delivery);
        for (let at = 1; at <= requests; at++) {
          for (const failure of failuresAt(at)) await survive(operation, delivery, at, failure);
        }
      }, 600_000);
    });
  });
}

async function survive(
  operation: Operation,
  delivery: DeliveryName,
  at: number,
  mishap: Mishap,
): Promise<void> {
  world = await before(operation, delivery);
  try {
    world.isConsumed = operation === "rotation" || operation === "revocation";
    const saved = world.driver.snapshot();
    const death = world.checkpoint.strike(at, mishap);
    const isDead = await Promise.race([death.then(() => true), run(operation).then(() => false)]);
    // What the engine had not written when the provider died is lost.
    if (isDead) world.driver.restore(saved);
    world.revive();
    await expectConverged(operation);
    expect(world.outages).toEqual([]);
  } catch (cause) {
    const where = `${operation}, ${mishap} at request ${at}: ${world.checkpoint.log.slice(-30).join("\n")}`;
    throw new Error(`${where}\n${String(cause)}`, { cause });
  } finally {
    await world.close();
  }
}
