import { distinct, leakedInReport } from "../../src/leak";

const VALUE = "glpat-4aBcDeFgHiJkLmNoPqRs";
const OWN_PREFIX = "acme-4aBcDeFgHiJkLmNoPqRs";

const gitlab = (extract: string, name = "GitLab personal access token") => ({
  version: "15.1.4",
  vulnerabilities: [
    {
      name,
      raw_source_code_extract: extract,
      location: { file: "app/config.yml", start_line: 12, commit: { sha: "0a1b2c3d4e5f60718293" } },
      identifiers: [{ type: "gitleaks_rule_id", value: "gitlab_personal_access_token" }],
    },
  ],
});

const gitleaks = (secret: string, rule = "gitlab-pat") => [
  { RuleID: rule, Secret: secret, Match: "x", File: "a.sh", StartLine: 3, Commit: "" },
];

const trufflehog = (raw: string, detector = "Gitlab") =>
  JSON.stringify({
    DetectorName: detector,
    Raw: raw,
    SourceMetadata: { Data: { Git: { file: "b.env", line: 1, commit: "abcdef1234567" } } },
  });

test.each<[string, string, string]>([
  [
    "GitLab's secret detection",
    JSON.stringify(gitlab(`TOKEN=${VALUE}`)),
    "app/config.yml:12 in commit 0a1b2c3d4e5f",
  ],
  ["gitleaks", JSON.stringify(gitleaks(VALUE)), "a.sh:3"],
  [
    "trufflehog",
    `{"level":"info","msg":"running"}\n${trufflehog(VALUE)}`,
    "b.env:1 in commit abcdef123456",
  ],
])("a report of %s gives the value and where it stands", (_, text, place) => {
  expect(leakedInReport(text)).toEqual([{ value: VALUE, tokenId: undefined, foundAt: [place] }]);
});

test("an instance's own prefix is known by the rule's name, and secrets of others are left out", () => {
  expect(leakedInReport(JSON.stringify(gitleaks(OWN_PREFIX)))).toMatchObject([
    { value: OWN_PREFIX },
  ]);
  expect(
    leakedInReport(JSON.stringify(gitleaks("AKIAIOSFODNN7EXAMPLE", "aws-access-token"))),
  ).toEqual([]);
  expect(leakedInReport(trufflehog("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "Github"))).toEqual(
    [],
  );
  expect(leakedInReport(JSON.stringify(gitleaks("REDACTED")))).toEqual([]);
});

test("one value in many commits is one token", () => {
  const entries = [...gitleaks(VALUE), { ...gitleaks(VALUE)[0], File: "c.sh" }];
  expect(distinct(leakedInReport(JSON.stringify(entries)))).toEqual([
    { value: VALUE, tokenId: undefined, foundAt: ["a.sh:3", "c.sh:3"] },
  ]);
});

test("an empty report is one, and another file is refused", () => {
  expect(leakedInReport("[]")).toEqual([]);
  expect(leakedInReport("")).toEqual([]);
  for (const text of ["{}", "no json", '[{"a":1}]', '{"format_version":"1.2"}']) {
    expect(() => leakedInReport(text)).toThrow("[unreadable-report]");
  }
});
