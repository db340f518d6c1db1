import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import type { Delivered } from "../../src/destinations/destination";
import type * as Vault from "../../src/destinations/vault/implementation";
import {
  deliveredBy,
  newValue,
  testOnStandIn,
  useVault,
  type VaultUnderTest,
} from "./vault-under-test";

const vault = useVault();
const PATH = "ci/bot";

type Step = "deliver" | "deliver and put back" | "remove";

/** Another process: its destinations share nothing with those of this one. */
function inAnotherProcess(): typeof Vault {
  let loaded: typeof Vault | undefined;
  jest.isolateModules(() => {
    loaded = jest.requireActual<typeof Vault>("../../src/destinations/vault/implementation");
  });
  if (loaded === undefined) throw new Error("the module was not loaded");
  return loaded;
}

/** Somebody who delivers to one field, step by step, and knows what it must hold after each. */
class Deliverer {
  expected: string | undefined;
  private delivered: Delivered | undefined;
  private generation = 0;
  private readonly secret: Vault.VaultSecret;

  constructor(
    { VaultSecret }: typeof Vault,
    where: VaultUnderTest,
    mount: string,
    readonly field: string,
  ) {
    this.secret = new VaultSecret(
      { address: where.url, namespace: "", mount, path: PATH, field, overwrite: false },
      { VAULT_TOKEN: where.rootToken },
    );
  }

  async take(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.step(step);
  }

  private async step(step: Step): Promise<void> {
    if (step === "remove") {
      if (this.delivered === undefined) return;
      await this.secret.remove(this.delivered);
      this.delivered = undefined;
      this.expected = undefined;
      return;
    }
    const next = newValue(++this.generation);
    const restore = await this.secret.deliver(next);
    if (step === "deliver and put back") return restore?.();
    this.expected = next.value;
    this.delivered = deliveredBy(next);
  }
}

/** Somebody with a program of his own, who writes a third field as one should. */
async function write(value: string, mount: string): Promise<void> {
  for (;;) {
    const { status, data } = await vault().call("GET", `${mount}/data/${PATH}`);
    const { version = 0 } = (data["metadata"] ?? {}) as { version?: number };
    const present = status === 200 ? (data["data"] as object) : {};
    const body = { data: { ...present, theirs: value }, options: { cas: version } };
    if ((await vault().call("POST", `${mount}/data/${PATH}`, body)).status === 200) return;
  }
}

/** Serves the waiting requests one at a time in the order that the property chose. */
function serveInOrder(choices: readonly number[]): () => void {
  const waiting: (() => void)[] = [];
  let isOver = false;
  vault().standIn.beforeServing = () =>
    isOver ? undefined : new Promise<void>((resolve) => waiting.push(resolve));
  const serving = (async () => {
    for (let at = 0; !isOver; at++) {
      for (let patience = 0; patience < 3; patience++) await turn();
      const chosen = (choices[at % choices.length] ?? 0) % Math.max(waiting.length, 1);
      waiting.splice(chosen, 1)[0]?.();
    }
    for (const release of waiting) release();
  })();
  return () => {
    isOver = true;
    vault().standIn.beforeServing = undefined;
    void serving;
  };
}

const steps = fc.array(
  fc.constantFrom<Step>("deliver", "deliver", "deliver and put back", "remove"),
  { minLength: 1, maxLength: 3 },
);
const plan = fc.record({
  left: steps,
  right: steps,
  stranger: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 3 }),
  order: fc.array(fc.nat(7), { minLength: 1, maxLength: 40 }),
});

async function noFieldIsLost(
  { left, right, stranger }: { left: Step[]; right: Step[]; stranger: string[] },
  mount: string,
  processes: readonly (typeof Vault)[],
): Promise<void> {
  const [first, second] = processes;
  const deliverers = [
    new Deliverer(first!, vault(), mount, "left"),
    new Deliverer(second!, vault(), mount, "right"),
  ];
  const strangersWork = async () => {
    for (const value of stranger) await write(value, mount);
  };
  await Promise.all([deliverers[0]?.take(left), deliverers[1]?.take(right), strangersWork()]);
  const expected = Object.fromEntries(
    [
      ...deliverers.map(({ field, expected }) => [field, expected] as const),
      ["theirs", stranger.at(-1)] as const,
    ].filter(([, value]) => value !== undefined),
  );
  expect((await vault().fields(mount, PATH)) ?? {}).toEqual(expected);
  const noted = deliverers.filter(({ expected }) => expected !== undefined);
  const notes = Object.keys(await vault().customMetadata(mount, PATH)).sort();
  expect(notes).toEqual(noted.map(({ field }) => `glsa-field-${field}`));
}

describe("whoever writes to one secret at the same time", () => {
  const processes = [inAnotherProcess(), inAnotherProcess()];

  testOnStandIn("loses no field, whatever the order of the requests", async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (chosen) => {
        const mount = await vault().mount();
        const stop = serveInOrder(chosen.order);
        const work = noFieldIsLost(chosen, mount, processes).finally(stop);
        await work;
      }),
      { numRuns: 40 },
    );
  });

  test("loses no field, as it comes", async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (chosen) => {
        await noFieldIsLost(chosen, await vault().mount(), processes);
      }),
      { numRuns: 15 },
    );
  });

  test("loses no field among twenty of one process", async () => {
    const mount = await vault().mount();
    const fields = Array.from({ length: 20 }, (_, at) => `field-${at}`);
    const values = await Promise.all(
      fields.map(async (field, at) => {
        const value = newValue(at);
        await vault().secret({ mount, field }).deliver(value);
        return [field, value.value] as const;
      }),
    );
    expect(await vault().fields(mount, PATH)).toEqual(Object.fromEntries(values));
  });
});
