import fc from "fast-check";
import { rotationReasonInWords, isDeclaredReason, type RotationReason } from "../../src/model";
import { formatExplanation, parseExplanation } from "../../src/provider/contract";
import { readPlan } from "../../src/review";
import { recordedPlan, TODAY } from "./recorded";

/** Names as people choose them, and as they read like the provider's own words. */
const name = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "deploy; prod",
    "due since x",
    'x" changed',
    "token 7 is in revoke_now",
    'a; keeper "b',
    "held since 2026-07-01; its overlap is over; the next apply revokes it",
    'y" ("x" now); generation becomes 9',
    "\nData: {}",
    "expires_at",
    "[secret]",
  ),
);
const told = name.map((text) => `file "${text}" is missing`);
const tokenId = fc.integer({ min: 1, max: 999 });
const date = fc.constantFrom("2026-07-01", "2026-08-11");

const reason: fc.Arbitrary<RotationReason> = fc.oneof(
  fc.record({ code: fc.constant("due" as const), since: date, lateDays: fc.nat(9) }),
  fc.record({ code: fc.constant("name-changed" as const), from: name }),
  fc.record({ code: fc.constant("keeper-changed" as const), keeper: name }),
  fc.record({ code: fc.constant("scopes-changed" as const), changes: fc.array(name) }),
  fc.record({ code: fc.constant("expiry-changed" as const), from: fc.option(date) }),
  fc.record({ code: fc.constant("destination-changed" as const), found: told }),
  fc.record({ code: fc.constant("delivery-failed" as const), failure: told }),
  fc.record({ code: fc.constant("found-revoked" as const), tokenId }),
  fc.record({ code: fc.constant("interrupted-run" as const), tokenId }),
  fc.record({ code: fc.constant("revoke-now" as const), tokenId }),
  fc.constantFrom<RotationReason>({ code: "destination-added" }, { code: "value-stored" }),
);

interface PlanJson {
  readonly resource_changes: { address: string; change: { after: Record<string, unknown> } }[];
}
interface PreviewJson {
  readonly steps: { urn: string }[];
  diagnostics: { urn: string; message: string; severity: string }[];
}

const CI = "glsa_access_token.ci";
const [terraform, pulumi] = ["terraform-due", "pulumi-due"].map(recordedPlan);

function planned(reasons: readonly RotationReason[]) {
  const told = reasons.map((each) => ({ code: each.code, message: rotationReasonInWords(each) }));
  return {
    rotation_reason: told.map(({ message }) => message).join("; "),
    rotation_reasons: told,
  };
}

function onTerraform(reasons: readonly RotationReason[]): string {
  const plan = JSON.parse(terraform ?? "") as PlanJson;
  const found = plan.resource_changes.find(({ address }) => address === CI);
  if (found !== undefined) Object.assign(found.change.after, planned(reasons));
  return JSON.stringify(plan);
}

function onPulumi(reasons: readonly RotationReason[]): string {
  const preview = JSON.parse(pulumi ?? "") as PreviewJson;
  const values = Object.entries({ generation: 2, ...planned(reasons) });
  preview.diagnostics = preview.diagnostics.map((each) => ({
    ...each,
    message: `${formatExplanation(`Planned: ${reasons.length} reasons.`, {
      code: "planned",
      values: values.map(([attribute, value]) => ({ path: [attribute], value })),
    })}\n`,
  }));
  return JSON.stringify(preview);
}

/** What a review says of the reasons: the summary, and what comes beside it. */
function saidOf(text: string) {
  const rotation = readPlan(text, { today: TODAY })
    .accounts.flatMap(({ changes }) => changes)
    .find(({ kind, address }) => kind === "rotation" && /(\.|::)ci$/.test(address));
  return [
    rotation?.summary,
    ...(rotation?.details ?? []).filter((detail) => detail.startsWith("Also: ")),
  ];
}

test.each([
  ["Terraform's plan", onTerraform],
  ["Pulumi's preview", onPulumi],
])("a review of %s tells each reason that nobody declared, word for word", (_, render) => {
  fc.assert(
    fc.property(fc.array(reason, { maxLength: 4 }), (reasons) => {
      const [first, ...others] = reasons
        .filter(({ code }) => !isDeclaredReason(code))
        .map(rotationReasonInWords);
      expect(saidOf(render(reasons))).toEqual([
        first === undefined ? "a new token is made for what changed" : `rotates: ${first}`,
        ...others.map((other) => `Also: ${other}.`),
      ]);
    }),
    { numRuns: 60 },
  );
});

test("what a provider explains is read as it was told, whatever the sentence says", () => {
  const step = fc.oneof(
    name.filter((text) => text !== ""),
    fc.nat(20),
  );
  const explanation = fc.record({
    code: fc.constantFrom("found-changed" as const, "planned" as const),
    values: fc.array(fc.record({ path: fc.array(step, { minLength: 1 }), value: fc.jsonValue() })),
  });
  fc.assert(
    fc.property(name, explanation, (sentence, data) => {
      const message = formatExplanation(sentence, data);
      expect(JSON.stringify(parseExplanation(`${message}\n`))).toBe(JSON.stringify(data));
    }),
  );
});

test.each(["", "Found changed: size is 7 and not 0.1.", "\nData: {", '\nData: {"code":"other"}'])(
  "a message without an explanation has none: %j",
  (message) => expect(parseExplanation(message)).toBeUndefined(),
);

test("a plan of an earlier version tells its one sentence whole", () => {
  const text = onTerraform([{ code: "name-changed", from: "deploy; prod" }]);
  expect(saidOf(text.replaceAll('"rotation_reasons":', '"unknown_to_it":'))).toEqual([
    'rotates: name changed from "deploy; prod"',
  ]);
});
