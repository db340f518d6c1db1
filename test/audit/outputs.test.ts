import Ajv from "ajv";
import { auditOf } from "../../src/audit";
import { AUDIT_FORMATS, formattedAudit } from "../../src/audit/outputs";
import { auditSchema } from "../../src/audit/outputs/json-schema";
import { csv } from "../../src/audit/outputs/csv";
import {
  picture,
  picturedAccount,
  picturedGroup,
  picturedMembership,
  picturedToken,
} from "../estate/pictures";
import { state } from "./states";

const HOSTILE =
  '=cmd|"/c calc"!A1 \u001b[31m\u202e<script>alert(1)</script> ::error:: @all ![x](http://x) |';
const platform = picturedGroup(12, "platform");
const hostile = auditOf(
  picture({
    accounts: [picturedAccount(7, { username: HOSTILE, name: HOSTILE })],
    tokens: [picturedToken(81, 7, { name: HOSTILE, expiresAt: null })],
    memberships: [picturedMembership(7, { ...platform, path: HOSTILE })],
    containers: [{ ...platform, path: HOSTILE }],
    gaps: [
      {
        hides: ["variables"],
        container: { ...platform, path: HOSTILE },
        userId: null,
        route: "/groups/:id/variables",
        status: 403,
        reason: `GitLab did not show the CI/CD variables of ${HOSTILE}.`,
        remedy: "Ask again.",
        isExpected: false,
      },
    ],
    isComplete: false,
  }),
  { states: [state({ accounts: [{ userId: 8 }] }, `${HOSTILE}.json`)] },
);
const options = { file: "glsa.config.json", all: true };

test.each(AUDIT_FORMATS)("names steer nothing in %s", (format) => {
  const text = formattedAudit(hostile, format, options);
  for (const sign of ["\u001b", "\u202e"]) expect(text).not.toContain(sign);
  expect(text).not.toContain("::error::");
  if (format === "markdown") expect(text).not.toMatch(/^[^`]*<script>/m);
});

test("a document of JSON is what its schema says", () => {
  const document: unknown = JSON.parse(formattedAudit(hostile, "json", options));
  const validate = new Ajv({ allowUnionTypes: true }).compile(auditSchema());
  validate(document);
  expect(validate.errors).toBeNull();
});

test("no cell of a table is a formula", () => {
  const cells = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    " =1",
    '"=1',
    "|x",
    "%0",
    "fine, too",
    'say "x"',
    "\t=1",
  ];
  expect(csv([cells]).split("\r\n")[0]).toBe(
    [
      `"'=1+1","'+1","'-1","'@SUM(1)","'=1","'""=1","'|x","'%0"`,
      `"fine, too","say ""x""","'=1"`,
    ].join(","),
  );
});

test.each([60, 120])("no line of %i columns is longer, but for a word that is", (columns) => {
  const audit = auditOf(
    picture({
      accounts: [picturedAccount(7), picturedAccount(8)],
      tokens: [81, 82, 83].map((id) => picturedToken(id, 7, { expiresAt: "2027-03-05" })),
      memberships: [picturedMembership(7, platform)],
      containers: [platform],
    }),
    { states: [state({ accounts: [{ userId: 7 }] })] },
  );
  const lines = formattedAudit(audit, "text", { ...options, columns }).split("\n");
  expect(lines.filter((line) => [...line].length > columns)).toEqual([]);
});

test("reports hold only what counts", () => {
  const audit = auditOf(
    picture({
      accounts: [picturedAccount(7)],
      tokens: [picturedToken(81, 7, { expiresAt: null })],
    }),
    { states: [], ignore: [{ code: "never-*", object: "*", reason: "x", until: "2027-03-01" }] },
  );
  const codes = JSON.parse(formattedAudit(audit, "code-quality", options)) as {
    check_name: string;
    severity: string;
  }[];
  expect(codes.map(({ check_name, severity }) => [check_name, severity])).toEqual([
    ["glsa/account-without-membership", "info"],
  ]);
  const sarif = formattedAudit(audit, "sarif", options);
  expect(sarif).toContain('"level": "note"');
  expect(sarif).not.toContain("never-expiring");
});
