import fc from "fast-check";
import { readPlan, type Change, type Review } from "../../src/review";
import { pulumiPreview, terraformPlan } from "./render";
import { differences, world } from "./world";

const TODAY = "2026-06-01";

/** What the property is about, in the words of `differences`. A rotation only follows from what is declared. */
const WORDS: { readonly [kind in Change["kind"]]?: string } = {
  "account-created": "appears",
  "token-created": "appears",
  "membership-added": "appears",
  "account-deleted": "goes",
  "token-removed": "goes",
  "membership-removed": "goes",
  "account-renamed": "renamed",
  "scope-gained": "gains",
  "scope-lost": "loses",
  "role-raised": "raised",
  "role-lowered": "lowered",
  "access-lengthened": "longer",
  "lifetime-lengthened": "longer",
  "access-shortened": "shorter",
  "lifetime-shortened": "shorter",
};

function told({ accounts }: Review): string[] {
  const all = accounts.flatMap(({ changes }) => changes);
  const isFollowing = ({ kind }: Change) => kind === "rotation";
  return all
    .filter((change) => !isFollowing(change))
    .map(({ kind, address, from, to }) => {
      const values = [from, to].flatMap((value) => (value === undefined ? [] : [plain(value)]));
      return [short(address), WORDS[kind] ?? kind, ...values].join(" ");
    });
}

function plain(words: string): string {
  return words.replace(/^expires on /, "").replace(/^(never expires|for ever)$/, "null");
}

function short(address: string): string {
  const [, kind = "", key = ""] =
    /(ServiceAccount|AccessToken|Membership|service_account|access_token|membership)(?:::|\.)account_(.*)$/.exec(
      address,
    ) ?? [];
  const name = /token/i.test(kind) ? "token" : /member/i.test(kind) ? "membership" : "account";
  return `${name}.${key.replace("_", ".")}`;
}

const trimmed = (lines: readonly string[]) => lines.map((line) => line.trim()).sort();

describe("every difference in accounts, scopes, roles and expiry is told exactly once, and nothing else is", () => {
  test.each([
    ["Terraform", terraformPlan],
    ["Pulumi", pulumiPreview],
  ])("in a plan of %s", (_, render) => {
    fc.assert(
      fc.property(world, world, (before, after) => {
        const review = readPlan(render(before, after), { today: TODAY });
        expect(trimmed(told(review))).toEqual(trimmed(differences(before, after)));
      }),
      { numRuns: 300 },
    );
  });

  test("and by both engines alike", () => {
    const plain = ({ accounts }: Review) =>
      accounts.map(({ account, changes }) => [
        account,
        changes.map(({ address: _, ...rest }) => rest),
      ]);
    fc.assert(
      fc.property(world, world, (before, after) => {
        const [terraform, pulumi] = [terraformPlan, pulumiPreview].map((render) =>
          readPlan(render(before, after), { today: TODAY }),
        );
        expect(pulumi && plain(pulumi)).toEqual(terraform && plain(terraform));
      }),
      { numRuns: 100 },
    );
  });
});
