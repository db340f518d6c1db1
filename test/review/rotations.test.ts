import { otherThanRotations, readPlan } from "../../src/review";
import { recordedPlan, TODAY } from "./recorded";

interface PlanJson {
  readonly resource_changes: readonly {
    address: string;
    previous_address?: string;
    change: Record<string, unknown>;
  }[];
}

const review = (text: string) => readPlan(text, { today: TODAY });

/** The night's plan with something else about one of its tokens. */
function edited(edit: (change: PlanJson["resource_changes"][number]) => void): string {
  const plan = JSON.parse(recordedPlan("terraform-due")) as PlanJson;
  const token = plan.resource_changes.find(({ address }) => address === "glsa_access_token.ci");
  if (token !== undefined) edit(token);
  return JSON.stringify(plan);
}

test.each([
  [
    "terraform-due",
    [
      "glsa_access_token.ci",
      "glsa_access_token.mover",
      'glsa_access_token.team["blue"]',
      'glsa_access_token.team["red"]',
    ],
  ],
  [
    "terraform-revoked",
    ["glsa_access_token.mover", 'glsa_access_token.team["blue"]', 'glsa_access_token.team["red"]'],
  ],
  ["terraform-changed", []],
  ["terraform-gone", []],
  [
    "pulumi-due",
    [
      "urn:pulumi:dev::test::glsa:index:AccessToken::ci",
      "urn:pulumi:dev::test::glsa:index:AccessToken::mover",
    ],
  ],
])("rotations and revocations that come by themselves are the targets of %s", (name, targets) => {
  expect([...review(recordedPlan(name)).rotationTargets].sort()).toEqual(targets);
});

test("a night with nothing but rotations leaves nothing to a person", () => {
  for (const name of ["terraform-due", "terraform-revoked", "pulumi-due", "pulumi-revoked"]) {
    expect(otherThanRotations(review(recordedPlan(name)))).toEqual([]);
  }
});

test.each<[string, Parameters<typeof edited>[0]]>([
  [
    "scopes",
    ({ change }) => void (change["after"] = { ...(change["after"] as object), scopes: ["api"] }),
  ],
  [
    "keepers",
    ({ change }) => void (change["after"] = { ...(change["after"] as object), keepers: null }),
  ],
  ["its address", (token) => void (token.previous_address = "glsa_access_token.before")],
  ["an import", ({ change }) => void (change["importing"] = { id: "x" })],
  ["its replacement", ({ change }) => void (change["actions"] = ["delete", "create"])],
])("a due token with a change of %s is left to a person", (_, edit) => {
  const { rotationTargets } = review(edited(edit));
  expect(rotationTargets).not.toContain("glsa_access_token.ci");
  expect(rotationTargets).toHaveLength(3);
});

test("a changed description waits for the next token, and does not keep it from rotating", () => {
  const text = edited(
    ({ change }) => void (change["after"] = { ...(change["after"] as object), description: "new" }),
  );
  expect(review(text).rotationTargets).toContain("glsa_access_token.ci");
  expect(otherThanRotations(review(text))).toEqual([]);
});
