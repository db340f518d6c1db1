import fc from "fast-check";
import { readPlan } from "../../src/review";
import { recordedPlan, TODAY } from "./recorded";

type Path = readonly (string | number)[];
interface ChangeJson {
  readonly address: string;
  readonly type: string;
  readonly change: Record<"before" | "after" | "before_sensitive" | "after_sensitive", unknown>;
}
interface PlanJson {
  readonly resource_changes: readonly ChangeJson[];
  readonly prior_state?: unknown;
}

/** Texts in the attributes of a plan's changes; ids are no attribute that anybody can mark. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value === "string") return path.at(-1) === "id" ? [] : [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    leaves(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** A tree that marks one place, as engines do. */
function mark(path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  if (typeof key === "string") return { [key]: mark(rest) };
  return [...Array<boolean>(key).fill(false), mark(rest)];
}

function plant(value: unknown, [key, ...rest]: Path, planted: string): unknown {
  if (key === undefined) return planted;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = plant(copy[key], rest, planted);
  return copy;
}

const plans = ["terraform-changed", "terraform-created", "terraform-gone", "terraform-due"];
const places = plans.flatMap((name) => {
  const plan = JSON.parse(recordedPlan(name)) as PlanJson;
  return plan.resource_changes.flatMap(({ change }, at) =>
    (["before", "after"] as const).flatMap((side) =>
      leaves(change[side]).map((path) => ({ name, at, side, path })),
    ),
  );
});

test("a value that is marked as sensitive is nowhere in the review, whatever attribute it stands in", () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), ({ name, at, side, path }) => {
      const planted = "glpat-planted-where-nobody-looks";
      const plan = JSON.parse(recordedPlan(name)) as PlanJson;
      const changes = plan.resource_changes.map((each, index) => {
        if (index !== at) return each;
        const marks = { [`${side}_sensitive`]: mark(path) };
        return {
          ...each,
          change: { ...each.change, [side]: plant(each.change[side], path, planted), ...marks },
        };
      });
      const text = JSON.stringify({ ...plan, resource_changes: changes });
      expect(JSON.stringify(readPlan(text, { today: TODAY }))).not.toContain(planted);
    }),
    { numRuns: 400 },
  );
});

test("what Pulumi marks as secret is nowhere in the review", () => {
  const planted = "glpat-planted-where-nobody-looks";
  const secret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: planted,
  };
  const preview = JSON.parse(recordedPlan("pulumi-changed")) as {
    steps: Record<string, unknown>[];
  };
  let count = 0;
  for (const step of preview.steps) {
    for (const state of ["oldState", "newState"]) {
      for (const kind of ["inputs", "outputs"]) {
        const values = (step[state] as Record<string, Record<string, unknown>> | undefined)?.[kind];
        for (const name of Object.keys(values ?? {})) {
          const before = values?.[name];
          if (values !== undefined) values[name] = secret;
          expect(JSON.stringify(readPlan(JSON.stringify(preview), { today: TODAY }))).not.toContain(
            planted,
          );
          if (values !== undefined) values[name] = before;
          count += 1;
        }
      }
    }
  }
  expect(count).toBeGreaterThan(100);
});

test("any attribute may be unknown", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...places.filter(({ side }) => side === "after")),
      ({ name, at, path }) => {
        const plan = JSON.parse(recordedPlan(name)) as PlanJson;
        const changes = plan.resource_changes.map((each, index) =>
          index === at ? { ...each, change: { ...each.change, after_unknown: mark(path) } } : each,
        );
        const review = readPlan(JSON.stringify({ ...plan, resource_changes: changes }), {
          today: TODAY,
        });
        expect(review.accounts.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 200 },
  );
});
