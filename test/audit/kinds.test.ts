import { auditOf, CODES } from "../../src/audit";
import { policyOf } from "../../src/model/policy";
import { picture, picturedToken } from "../estate/pictures";
import { account, codes, declaresAll, membership, platform, token, whole } from "./audited";
import { SCENES } from "./scenes";
import { state } from "./states";

test("every kind has a scene", () => {
  expect(Object.keys(SCENES).sort()).toEqual([...CODES].sort());
});

describe.each(Object.entries(SCENES))("%s", (code, { found, near }) => {
  test.each(found.map((scene, index) => [index + 1, scene] as const))(
    "is found (scene %i)",
    (_, scene) => expect(codes(scene)).toContain(code),
  );
  test.each(near.map((scene, index) => [index + 1, scene] as const))(
    "is not found nearly so (scene %i)",
    (_, scene) => expect(codes(scene)).not.toContain(code),
  );
});

test("an estate that code declares whole has no finding", () => {
  expect(codes({})).toEqual([]);
});

test("of a state of another instance nothing is said to be missing", () => {
  const other = state({ accounts: [{ userId: 90 }, { userId: 91 }, { userId: 92 }] }, "other.json");
  expect(codes({ options: { states: [declaresAll, other] } })).toEqual(["other-instance"]);
});

test("without a state nothing is said of code", () => {
  const seen = picture({ accounts: [account], tokens: [token], memberships: [membership] });
  const { findings, notJudged } = auditOf(seen, { states: [] });
  expect(findings).toEqual([]);
  expect(notJudged[0]?.codes).toContain("undeclared-account");
});

test("an exception of the policy, an ignore pattern and a baseline each take a finding out, and say so", () => {
  const seen = picture({
    ...whole,
    containers: [platform],
    tokens: [
      picturedToken(81, 7, {
        scopes: ["sudo"],
        expiresAt: null,
        lastUsedAt: null,
        createdAt: "2026-01-01T00:00:00Z",
      }),
    ],
  });
  const policy = policyOf({
    exceptions: [
      {
        rule: "forbidden-scope",
        object: "account-7/token-81",
        reason: "root",
        until: "2027-04-01",
      },
    ],
  });
  const ignore = [
    { code: "never-used-*", object: "ACCOUNT-*/*", reason: "spare", until: "2027-03-01" },
  ];
  const first = auditOf(seen, { states: [declaresAll], policy, ignore });
  const open = first.findings.filter(({ status }) => status === "open");
  expect(open.map(({ code }) => code)).toEqual(["never-expiring-token"]);
  const fingerprints = new Set(open.map(({ fingerprint }) => fingerprint));
  const baseline = {
    instance: seen.instance.url,
    fingerprints: new Set([...fingerprints, "gone"]),
  };
  const second = auditOf(seen, { states: [declaresAll], policy, ignore, baseline });
  expect(second.findings.map(({ code, status }) => [code, status])).toEqual([
    ["forbidden-scope", "excepted"],
    ["never-used-token", "ignored"],
    ["never-expiring-token", "accepted"],
  ]);
  expect(second.goneFromBaseline).toBe(1);
});
