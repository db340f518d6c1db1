import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import Ajv from "ajv";
import type { Finding } from "../../src/model/policy";
import { formatted, FORMATS, verdictOf } from "../../src/review/outputs";
import { readPlan } from "../../src/review";
import { CHANGE_KINDS, EFFECTS } from "../../src/review/review";
import { expectGolden } from "./golden-file";
import { change, emptyReview, sample } from "./sample";

const OPTIONS = { file: "plan.json" };

test("the sample holds every kind of change", () => {
  const kinds = sample.accounts.flatMap(({ changes }) => changes.map(({ kind }) => kind));
  expect(new Set(kinds)).toEqual(new Set(CHANGE_KINDS));
});

test.each(FORMATS)("%s shows every kind of change as the golden file does", (format) => {
  const text = formatted(sample, format, { ...OPTIONS, title: "platform" });
  expectGolden(`review.${format}.txt`, text);
});

describe("JSON", () => {
  const schema = JSON.parse(
    readFileSync(join(__dirname, "../../docs/review-schema.json"), "utf8"),
  ) as { definitions: { change: { properties: Record<"kind" | "effect", { enum: string[] }> } } };

  test("is what its schema says", () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    for (const review of [sample, emptyReview()]) {
      validate(JSON.parse(formatted(review, "json", OPTIONS)));
      expect(validate.errors).toBeNull();
    }
  });

  test("has a schema that names every kind and effect", () => {
    const { kind, effect } = schema.definitions.change.properties;
    expect(kind.enum).toEqual(CHANGE_KINDS);
    expect(effect.enum).toEqual(EFFECTS);
  });
});

describe("fingerprints of findings", () => {
  const printsOf = (findings: readonly Finding[]) =>
    (
      JSON.parse(formatted(emptyReview({ findings }), "code-quality", OPTIONS)) as {
        fingerprint: string;
      }[]
    ).map(({ fingerprint }) => fingerprint);
  const [finding] = sample.findings as [Finding];

  test("stay when only the detail differs", () => {
    expect(printsOf([{ ...finding, detail: "2 days left" }])).toEqual(printsOf([finding]));
  });

  test("differ for two findings of one rule on one object", () => {
    expect(new Set(printsOf([finding, finding])).size).toBe(2);
  });
});

describe("the same change of many accounts", () => {
  const raised = change("role-raised", "gains", "membership of platform/charts", {
    summary: "role raised",
    from: "developer",
    to: "maintainer",
  });
  const names = Array.from({ length: 117 }, (_, index) => `bot-${index}`);
  const review = emptyReview({
    accounts: names.map((account) => ({
      account,
      changes: [{ ...raised, address: `glsa_membership.${account}` }],
    })),
  });

  test.each(["text", "markdown"] as const)("is one row of %s, and each is named once", (format) => {
    const text = formatted(review, format, OPTIONS);
    expect(text.match(/117 accounts/g)).toHaveLength(2);
    expect(text.match(/role raised/g)).toHaveLength(1);
    for (const name of names) {
      expect(text.match(new RegExp(`glsa_membership\\.${name}\\b`, "g"))).toHaveLength(1);
    }
  });

  test("of two accounts is two rows", () => {
    const two = { ...review, accounts: review.accounts.slice(0, 2) };
    expect(formatted(two, "markdown", OPTIONS).match(/role raised/g)).toHaveLength(2);
  });
});

test("every change stands once in text and Markdown", () => {
  const marked = {
    ...sample,
    accounts: sample.accounts.map((account, at) => ({
      ...account,
      changes: account.changes.map((each, index) => ({
        ...each,
        summary: `mark ${at} ${index} end`,
      })),
    })),
  };
  for (const format of ["text", "markdown"] as const) {
    const text = formatted(marked, format, { ...OPTIONS, columns: 200 });
    for (const { summary } of marked.accounts.flatMap(({ changes }) => changes)) {
      expect(text.split(summary)).toHaveLength(2);
    }
  }
});

test.each([
  [{}, "nothing"],
  [{ accounts: [{ account: "a", changes: [change("rotation", "routine", "token")] }] }, "safe"],
  [{ others: { created: 1, changed: 0, deleted: 0 } }, "look"],
  [
    { accounts: [{ account: "a", changes: [change("account-deleted", "destroys", "account")] }] },
    "look",
  ],
  [{ notJudged: sample.notJudged }, "look"],
  [{ findings: sample.findings.slice(1) }, "look"],
  [{ findings: sample.findings }, "stopped"],
  [{ findings: sample.findings, errored: true }, "failed"],
] as const)("a review of %j is to a reader: %s", (values, kind) => {
  expect(verdictOf(emptyReview(values)).kind).toBe(kind);
});

describe("text", () => {
  const lines = (columns: number) => formatted(sample, "text", { ...OPTIONS, columns }).split("\n");

  test("wraps at the width it is given", () => {
    const tooLong = lines(60).filter((line) => line.length > 60);
    // Only what cannot be divided: one name behind its indentation.
    expect(tooLong.filter((line) => line.trim().includes(" "))).toEqual([]);
  });

  test("is the same with colour, but for the escapes", () => {
    const coloured = formatted(sample, "text", { ...OPTIONS, colour: true });
    expect(coloured).toContain("\u001b[31m");
    expect(stripVTControlCharacters(coloured)).toBe(formatted(sample, "text", OPTIONS));
  });
});

test.each(FORMATS)("%s says of an empty review that nothing changes", (format) => {
  expectGolden(`empty.${format}.txt`, formatted(emptyReview(), format, OPTIONS));
});

test.each(["terraform-changed", "terraform-gone", "tofu-created"])(
  "gitlab-terraform counts for %s what its engine counts",
  (name) => {
    const text = readFileSync(join(__dirname, "plans", `${name}.json`), "utf8");
    const { resource_changes } = JSON.parse(text) as {
      resource_changes: { change: { actions: string[] } }[];
    };
    const actions = resource_changes.flatMap(({ change }) => change.actions);
    const count = (wanted: string) => actions.filter((action) => action === wanted).length;
    const review = readPlan(text, { today: "2026-07-02" });
    expect(JSON.parse(formatted(review, "gitlab-terraform", OPTIONS))).toEqual({
      create: count("create"),
      update: count("update"),
      delete: count("delete"),
    });
  },
);
