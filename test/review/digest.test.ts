import fc from "fast-check";
import { readPlan, type Review } from "../../src/review";
import {
  compare,
  digestOfReview,
  expectationOfDigest,
  expectationOfJson,
} from "../../src/review/digest";
import { expectationOf } from "../../src/review/digest/expectation";
import { formatted } from "../../src/review/outputs";
import { example, plan, rotation, stranger, type ResourceChange } from "../cli/plans";
import { recordedPlan, recordedPlans } from "./recorded";
import { pulumiPreview, terraformPlan } from "./render";
import { change, emptyReview, sample } from "./sample";
import { differences, world } from "./world";

const read = (text: string, today = "2026-06-01") => readPlan(text, { today });
const json = (review: Review) => formatted(review, "json", { file: "plan.json" });

describe("a digest", () => {
  test.each([
    ["Terraform", terraformPlan],
    ["Pulumi", pulumiPreview],
  ])("differs for plans of %s that differ, and for no others", (_, render) => {
    fc.assert(
      fc.property(world, world, world, (before, after, other) => {
        const [one, two] = [after, other].map((to) => read(render(before, to)));
        const isSame =
          JSON.stringify(differences(before, after).sort()) ===
          JSON.stringify(differences(before, other).sort());
        expect(digestOfReview(one!) === digestOfReview(two!)).toBe(isSame);
      }),
      { numRuns: 100 },
    );
  });

  test("does not depend on the order of a plan, nor on the day it is read", () => {
    fc.assert(
      fc.property(world, world, fc.infiniteStream(fc.nat()), (before, after, numbers) => {
        const document = JSON.parse(terraformPlan(before, after)) as { resource_changes: object[] };
        const resource_changes = document.resource_changes
          .map((each) => [numbers.next().value, each] as const)
          .sort(([a], [b]) => Number(a) - Number(b))
          .map(([, each]) => each);
        const shuffled = JSON.stringify({ ...document, resource_changes });
        expect(digestOfReview(read(shuffled, "2029-01-01"))).toBe(
          digestOfReview(read(JSON.stringify(document))),
        );
      }),
    );
  });

  test("is the same with what became due, whenever it was due and whatever the dates then are", () => {
    const moved: ResourceChange = {
      ...rotation,
      before: { ...rotation.before, rotates_at: "2026-08-01", valid_until: "2026-08-11" },
      after: { ...rotation.after, generation: 9, rotation_reason: "due since 2026-08-01" },
    };
    const without = example.filter((each) => each !== rotation);
    const digests = [[...without], [...without, rotation], [moved, ...without]].map((changes) =>
      digestOfReview(read(plan(changes))),
    );
    expect(new Set(digests).size).toBe(1);
  });

  test("of an edited token is the same once it is due as well", () => {
    const edit = (reason: string, code: string): ResourceChange => ({
      ...rotation,
      after: {
        ...rotation.after,
        scopes: ["api"],
        rotation_reason: reason,
        rotation_reasons: [{ code, message: reason }],
      },
    });
    const [early, late] = [
      edit("scopes changed", "scopes-changed"),
      edit("due since 2026-07-01", "due"),
    ].map((each) => digestOfReview(read(plan([each]))));
    expect(late).toBe(early);
    expect(early).not.toBe(digestOfReview(read(plan([rotation]))));
  });

  test.each(recordedPlans().filter((name) => /due|revoked/.test(name)))(
    "of a quiet night (%s) is that of nothing",
    (name) => {
      expect(digestOfReview(read(recordedPlan(name)))).toBe(digestOfReview(emptyReview()));
    },
  );

  test("differs where any one change of any kind is left out, and where any word of it differs", () => {
    const whole = digestOfReview(sample);
    const isPassing = ({ effect, kind }: { effect: string; kind: string }) =>
      effect === "routine" && kind !== "address-changed";
    for (const account of sample.accounts) {
      for (const each of account.changes) {
        const withChanges = (changes: typeof account.changes) =>
          digestOfReview({
            ...sample,
            accounts: sample.accounts.map((one) => (one === account ? { ...one, changes } : one)),
          });
        const left = withChanges(account.changes.filter((one) => one !== each));
        const edited = withChanges(
          account.changes.map((one) => (one === each ? { ...one, object: "another" } : one)),
        );
        expect([left === whole, edited === whole]).toEqual([isPassing(each), isPassing(each)]);
      }
    }
  });

  test("counts resources that are not about service accounts", () => {
    const [one, two] = [[stranger], [stranger, { ...stranger, name: "second" }]].map((changes) =>
      digestOfReview(read(plan(changes))),
    );
    expect(one).not.toBe(two);
  });
});

describe("a plan that is compared with what was reviewed", () => {
  test("may do less, and what it does beyond is named", () => {
    fc.assert(
      fc.property(world, world, fc.nat(), (before, after, at) => {
        const review = read(terraformPlan(before, after));
        const all = review.accounts.flatMap(({ changes }) => changes);
        fc.pre(all.some(({ kind }) => kind !== "rotation"));
        const less: Review = {
          ...review,
          accounts: review.accounts.filter((_, index) => index !== at % review.accounts.length),
        };
        expect(compare(less, expectationOf(review))).toMatchObject({ agrees: true, beyond: [] });
        const { agrees, beyond } = compare(review, expectationOf(less));
        const gone = review.accounts[at % review.accounts.length]?.changes ?? [];
        expect(gone).toEqual(expect.arrayContaining([...beyond]));
        expect(agrees).toBe(beyond.length === 0);
      }),
    );
  });

  test("is told what became due since", () => {
    const before = read(plan(example.filter((each) => each !== rotation)));
    const comparison = compare(read(plan(example)), expectationOf(before));
    expect(comparison.agrees).toBe(true);
    expect(comparison.dueSince).toMatchObject([{ kind: "rotation" }]);
    expect(compare(read(plan(example)), expectationOf(read(plan(example)))).dueSince).toEqual([]);
  });

  test("is compared with a review as JSON as with the review itself", () => {
    for (const name of recordedPlans()) {
      const review = read(recordedPlan(name));
      expect(expectationOfJson(json(review))).toEqual(expectationOf(review));
    }
  });

  test("is one of two that look alike where names try to pass for each other", () => {
    const of = (object: string, summary: string) =>
      emptyReview({
        accounts: [
          { account: "bot", changes: [change("setting-changed", "changes", object, { summary })] },
        ],
      });
    expect(digestOfReview(of('a","b', "c"))).not.toBe(digestOfReview(of("a", 'b","c')));
  });

  test.each(["v1:", "v1:xyz", "v2:0123456789012345678901234567890123456789", ""])(
    "has no digest %j",
    (text) => {
      expect(() => expectationOfDigest(text)).toThrow("[unreadable-expectation]");
    },
  );

  test.each([
    "",
    "[]",
    "{}",
    '{"accounts":[],"others":{"created":1e99}}',
    '{"accounts":[1],"others":{}}',
  ])("has no review %j", (text) => {
    expect(() => expectationOfJson(text)).toThrow("[unreadable-expectation]");
  });
});
