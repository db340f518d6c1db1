import { inspect } from "node:util";
import type { Destination, NewValue } from "../../../src/destinations/destination";
import { DeliveryError } from "../../../src/destinations/errors";
import type { Mishap } from "../../support/gate";
import {
  AGAIN,
  deliveredBy,
  FIRST,
  newValue,
  OTHER_STACK,
  type Conforming,
  type DestinationUnderTest,
} from "./under-test";

const MISHAPS: readonly Mishap[] = ["error_before", "error_after", "cut_before", "cut_after"];
const isFull = process.env["GLSA_TIER"] === "all";

/** Each request meets with one mishap, and with all of them in `npm run test:all`. */
function mishapsAt(request: number): readonly Mishap[] {
  return isFull ? MISHAPS : MISHAPS.filter((_, at) => at === request % MISHAPS.length);
}

let names = 0;
const fresh = () => `place-${++names}`;

/** The promises that every kind of destination keeps. */
export function keepsThePromises({ start, limits = {}, forKeys = {} }: Conforming): void {
  let under: DestinationUnderTest;
  const shown: string[] = [];
  const values: NewValue[] = [];

  beforeAll(async () => {
    under = await start();
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, "write").mockImplementation((text) => {
        shown.push(String(text));
        return true;
      });
    }
  });

  afterEach(async () => {
    under.checkpoint?.heal();
    await under.allow?.();
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await under.close();
  });

  const made = (...from: Parameters<typeof newValue>) => {
    const value = newValue(...from);
    values.push(value);
    return value;
  };

  const deliver = async (destination: Destination, value: NewValue, claim = AGAIN) => {
    await destination.check(claim);
    return destination.deliver(value);
  };

  const kindOf = async (name: string, value: NewValue) =>
    (await (await under.place(name)).observe(deliveredBy(value))).kind;

  /** What it failed with, if it did; whatever a user would see of it is kept. */
  const failureOf = async (work: Promise<unknown>): Promise<DeliveryError | undefined> => {
    const failure: unknown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) return undefined;
    shown.push(inspect(failure, { depth: 6 }), String((failure as Error).stack));
    expect(failure).toBeInstanceOf(DeliveryError);
    const { remedy, destination } = failure as DeliveryError;
    expect(remedy).toMatch(/^[A-Z].*\.$/s);
    expect(destination).not.toBe("");
    return failure as DeliveryError;
  };

  /** The place holds `before`, and work is struck at each of its requests in turn. */
  async function strike(
    prepare: () => Promise<() => Promise<unknown>>,
    expectAfter: (failure: DeliveryError | undefined) => Promise<void>,
  ): Promise<void> {
    const { checkpoint } = under;
    if (checkpoint === undefined) return;
    for (let at = 1, isOver = false; !isOver; at++) {
      for (const mishap of mishapsAt(at)) {
        const work = await prepare();
        void checkpoint.strike(at, mishap);
        const failure = await failureOf(work());
        isOver = checkpoint.passed < at;
        checkpoint.heal();
        await expectAfter(failure);
      }
    }
  }

  test("a place's whole life: made, rotated, looked at, removed", async () => {
    const name = fresh();
    const [first, second] = [made(), made()];
    const neighbours = await under.neighbours?.(name);
    await deliver(await under.place(name), first, FIRST);
    expect(await under.held(name)).toBe(first.value);
    await deliver(await under.place(name), second);
    expect(await under.held(name)).toBe(second.value);
    if (limits.isBlind) expect(await kindOf(name, first)).toBe("not_comparable");
    else {
      expect(await kindOf(name, first)).toBe("value_changed");
      expect(await kindOf(name, second)).toBe("unchanged");
      await (await under.place(name)).remove(deliveredBy(first));
      expect(await under.held(name)).toBe(second.value);
    }
    await (await under.place(name)).applySettings();
    expect(await under.held(name)).toBe(second.value);
    await (await under.place(name)).remove(deliveredBy(second));
    expect(await under.held(name)).toBeUndefined();
    await (await under.place(name)).remove(deliveredBy(second));
    expect(await under.neighbours?.(name)).toEqual(neighbours);
    await deliver(await under.place(name), made(), FIRST);
  });

  test("what was delivered is put back, as long as nothing else wrote there", async () => {
    const name = fresh();
    const [first, second] = [made(), made()];
    const destination = await under.place(name);
    const undoFirst = await deliver(destination, first, FIRST);
    const undo = await deliver(destination, second);
    if (!destination.canRestore) return expect(undo).toBeUndefined();
    await undo?.();
    expect(await under.held(name)).toBe(first.value);
    expect(await kindOf(name, first)).toBe("unchanged");
    await undoFirst?.();
    expect(await under.held(name)).toBeUndefined();
  });

  test("a form with keys is delivered, recognised and removed like a value", async () => {
    const settings = { ...forKeys, format: "basic_auth" };
    const name = fresh();
    const [first, second] = [made(settings), made(settings)];
    for (const value of [first, second]) {
      await deliver(await under.place(name, settings), value, FIRST);
      const { kind } = await (await under.place(name, settings)).observe(deliveredBy(value));
      expect(kind).toBe(limits.isBlind ? "not_comparable" : "unchanged");
    }
    await (await under.place(name, settings)).remove(deliveredBy(second));
    const left = await (await under.place(name, settings)).observe(deliveredBy(second));
    expect(left.kind).not.toBe("unchanged");
  });

  test("one place has one address, in whatever spelling; two places have two", async () => {
    const [one, other] = [await under.place("one"), await under.place("other")];
    const namesOf = ({ address, aliases = [] }: Destination) => [address, ...aliases];
    expect(namesOf(one).some((name) => namesOf(other).includes(name))).toBe(false);
    const again = (await under.respelled?.("one")) ?? (await under.place("one"));
    expect(namesOf(again).some((name) => namesOf(one).includes(name))).toBe(true);
  });

  test("what something else wrote is refused unless it shall be overwritten", async () => {
    if (limits.isBlind) return;
    const name = fresh();
    await under.write(name, "somebody-elses-value");
    const destination = await under.place(name);
    expect(await failureOf(destination.check(FIRST))).toBeDefined();
    const foreseen = destination.foresee ?? destination.check;
    expect(await failureOf(foreseen.call(destination, FIRST))).toBeDefined();
    expect(await under.held(name)).toBe("somebody-elses-value");
    const value = made();
    await deliver(await under.place(name, { overwrite: true }), value, FIRST);
    expect(await under.held(name)).toBe(value.value);
  });

  test("another stack's value is refused; this stack's is known again after a kill", async () => {
    if (limits.isBlind) return;
    const name = fresh();
    const theirs = { ...FIRST, key: OTHER_STACK };
    await deliver(await under.place(name), made({}, OTHER_STACK), theirs);
    expect(await failureOf((await under.place(name)).check(FIRST))).toBeDefined();
    const own = fresh();
    await deliver(await under.place(own), made(), FIRST);
    await (await under.place(own)).check(FIRST);
  });

  test("a value that was changed or taken away by hand is seen, and not removed as if it were ours", async () => {
    if (limits.isBlind) return;
    const name = fresh();
    const value = made();
    await deliver(await under.place(name), value, FIRST);
    await under.write(name, "changed-by-hand");
    expect(await kindOf(name, value)).toBe("value_changed");
    await (await under.place(name)).remove(deliveredBy(value));
    expect(await under.held(name)).toBe("changed-by-hand");
    const gone = await kindOf(fresh(), value);
    expect(gone).toBe(limits.ignoresMissing ? "not_comparable" : "missing");
  });

  test("of an import nothing is said, and nothing removed", async () => {
    const name = fresh();
    await under.write(name, "there-before");
    const imported = { tokenId: 7, fingerprint: null };
    const destination = await under.place(name);
    expect((await destination.observe(imported)).kind).toBe("not_comparable");
    if (limits.isBlind) return;
    await destination.remove(imported);
    expect(await under.held(name)).toBe("there-before");
  });

  test("a refusal comes before a token is made, and changes nothing", async () => {
    for (const [what, deny] of Object.entries(under.denials ?? {})) {
      const name = fresh();
      await deny();
      const failure = await failureOf((await under.place(name)).check(FIRST));
      await under.allow?.();
      expect([what, failure === undefined]).toEqual([what, false]);
      expect(failure?.mayHoldValue).toBe(false);
      expect(await under.held(name)).toBeUndefined();
    }
  });

  test("where values cannot be read, own deliveries go on and are not taken for drift", async () => {
    if (under.hide === undefined) return;
    const name = fresh();
    const [first, second] = [made(), made()];
    await deliver(await under.place(name), first, FIRST);
    await under.hide();
    expect(["unchanged", "not_comparable"]).toContain(await kindOf(name, first));
    const destination = await under.place(name);
    const undo = await deliver(destination, second);
    expect(undo !== undefined).toBe(destination.canRestore);
    expect(["unchanged", "not_comparable"]).toContain(await kindOf(name, second));
    expect(await under.held(name)).toBe(second.value);
  });

  test("a delivery that is struck at any request says the truth, and the next one arrives", async () => {
    const name = fresh();
    let before = made();
    let value = before;
    await deliver(await under.place(name), before, FIRST);
    await strike(
      async () => {
        value = made();
        const destination = await under.place(name);
        return () => deliver(destination, value);
      },
      async (failure) => {
        const held = await under.held(name);
        if (failure === undefined) expect(held).toBe(value.value);
        else if (!failure.mayHoldValue) expect(held).toBe(before.value);
        else expect([before.value, value.value]).toContain(held);
        // As a run that knows nothing of this one: it was killed before it wrote its state.
        before = made();
        await deliver(await under.place(name), before, FIRST);
        expect(await under.held(name)).toBe(before.value);
        expect(await kindOf(name, before)).toBe(limits.isBlind ? "not_comparable" : "unchanged");
      },
    );
  });

  test("a first delivery that is struck at any request leaves a place that the next run knows", async () => {
    let name = fresh();
    let value = made();
    await strike(
      async () => {
        [name, value] = [fresh(), made()];
        const destination = await under.place(name);
        return () => deliver(destination, value, FIRST);
      },
      async (failure) => {
        const held = await under.held(name);
        if (failure?.mayHoldValue === false) expect(held).not.toBe(value.value);
        const next = made();
        await deliver(await under.place(name), next, FIRST);
        expect(await under.held(name)).toBe(next.value);
      },
    );
  });

  test("a look that is struck at any request takes nothing for drift", async () => {
    const name = fresh();
    const value = made();
    await deliver(await under.place(name), value, FIRST);
    const kinds: string[] = [];
    await strike(
      async () => {
        const destination = await under.place(name);
        return async () => kinds.push((await destination.observe(deliveredBy(value))).kind);
      },
      async () => expect(await under.held(name)).toBe(value.value),
    );
    expect(new Set(kinds)).toEqual(new Set(under.checkpoint === undefined ? [] : ["unchanged"]));
  });

  test("a removal that is struck at any request is done by the next one, and touches nothing else", async () => {
    let name = fresh();
    let value = made();
    await strike(
      async () => {
        [name, value] = [fresh(), made()];
        await deliver(await under.place(name), value, FIRST);
        const destination = await under.place(name);
        return () => destination.remove(deliveredBy(value));
      },
      async (failure) => {
        if (failure === undefined) expect(await under.held(name)).toBeUndefined();
        const neighbours = await under.neighbours?.(name);
        await (await under.place(name)).remove(deliveredBy(value));
        expect(await under.held(name)).toBeUndefined();
        expect(await under.neighbours?.(name)).toEqual(neighbours);
      },
    );
  });

  test("putting back that is struck at any request has happened, or says that it has not", async () => {
    const name = fresh();
    let [before, value] = [made(), made()];
    await deliver(await under.place(name), before, FIRST);
    if (!(await under.place(name)).canRestore) return;
    await strike(
      async () => {
        [before, value] = [made(), made()];
        const destination = await under.place(name);
        await deliver(destination, before);
        const undo = await deliver(destination, value);
        return () => undo?.() ?? Promise.resolve();
      },
      async (failure) => {
        const held = await under.held(name);
        if (failure === undefined) expect(held).toBe(before.value);
        else expect([before.value, value.value]).toContain(held);
      },
    );
  });

  test("over many nights with mishaps the consumer always reads a value of a token that lives", async () => {
    const name = fresh();
    const { checkpoint } = under;
    // Nothing strikes on this machine, so that a few nights show as much as many.
    const nights = checkpoint === undefined && !isFull ? 10 : 60;
    let living = [made()];
    await deliver(await under.place(name), living[0] as NewValue, FIRST);
    for (let night = 1; night <= nights; night++) {
      const value = made();
      const mishap = MISHAPS[night % MISHAPS.length] ?? "cut_after";
      if (night % 3 === 0) void checkpoint?.strike(1 + (night % 7), mishap);
      const failure = await failureOf(deliver(await under.place(name), value));
      checkpoint?.heal();
      if (failure === undefined) living = [value];
      else if (failure.mayHoldValue) living = [...living, value];
      expect(living.map((each) => each.value)).toContain(await under.held(name));
    }
    const last = made();
    await deliver(await under.place(name), last);
    expect(await under.held(name)).toBe(last.value);
  });

  test("no value stands in an error or in what is written out", () => {
    const text = shown.join("\n");
    for (const { value, entries } of values) {
      for (const secret of [value, entries?.["password"] ?? value]) {
        expect(text.includes(secret)).toBe(false);
      }
    }
  });
}
