import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { ConfigError, findConfig, parseConfig, readConfig } from "../../src/config";
import { configSchema } from "../../src/model/policy";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-config-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(text: string, ...inside: string[]): string {
  mkdirSync(join(folder, ...inside), { recursive: true });
  const file = join(folder, ...inside, "glsa.config.json");
  writeFileSync(file, text);
  return file;
}

test("the nearest file counts: the folder's own, or that of the nearest one above", () => {
  const outer = write("{}");
  const inner = write("{}", "apps", "charts");
  expect(findConfig(join(folder, "apps", "charts"))).toBe(inner);
  expect(findConfig(join(folder, "apps"))).toBe(outer);
});

test("a file is read with its policy", () => {
  const file = write('{ "$schema": "x", "policy": { "maximum_lifetime": "90d" } }');
  expect(readConfig(file)).toEqual({ policy: { maximumLifetimeDays: 90 } });
});

test("everything that is wrong with a file is told, with its name and the place", () => {
  const file = write('{ "polcy": {}, "policy": { "most_removals": "many", "exceptions": [{}] } }');
  expect(() => readConfig(file)).toThrow(ConfigError);
  expect(() => readConfig(file)).toThrow(
    new RegExp(
      [
        'glsa.config.json: polcy: Unknown key "polcy"\\. .* Did you mean "policy"\\?',
        "glsa.config.json: policy.most_removals: It must be a whole number",
        "glsa.config.json: policy.exceptions\\[0\\].rule: ",
        "glsa.config.json: policy.exceptions\\[0\\].object: ",
        "glsa.config.json: policy.exceptions\\[0\\].reason: An exception needs a reason",
        "glsa.config.json: policy.exceptions\\[0\\].until: An exception needs an end date",
      ].join("[^\\n]*\\n[^\\n]*"),
    ),
  );
});

test("a file that is no JSON is told by its name", () => {
  const file = write('{ "policy": { // strict\n } }');
  expect(() => readConfig(file)).toThrow(/glsa\.config\.json cannot be read: .* without comments/);
});

const EXCEPTION = {
  rule: "forbidden-scope",
  object: "bot/ci",
  reason: "imports users",
  until: "2027-03-31",
};

const CONFIGS: readonly (readonly [isGood: boolean, config: unknown])[] = [
  [true, {}],
  [true, { $schema: "./config-schema.json", policy: {} }],
  [true, { policy: { maximum_lifetime: "90d", least_slack: "P2W" } }],
  [true, { policy: { forbidden_scopes: [], scopes_needing_reason: ["api", "scope:new_scope"] } }],
  [true, { policy: { highest_role: "security_manager", most_removals: 0 } }],
  [true, { policy: { most_live_generations: 1, severity: { "highest-role": "off" } } }],
  [true, { policy: { exceptions: [EXCEPTION] } }],
  [false, []],
  [false, null],
  [false, { policies: {} }],
  [false, { policy: [] }],
  [false, { policy: null }],
  [false, { policy: { maximum_lifetime: 90 } }],
  [false, { policy: { maximum_lifetime: null } }],
  [false, { policy: { maximum_lifetime: "90" } }],
  [false, { policy: { maximum_lifetime: "0d" } }],
  [false, { policy: { maximum_lifetime: "P00W" } }],
  [false, { policy: { maximum_lifetime: "123456d" } }],
  [false, { policy: { maximumLifetime: "90d" } }],
  [false, { policy: { forbidden_scopes: "sudo" } }],
  [false, { policy: { forbidden_scopes: ["sudoo"] } }],
  [false, { policy: { highest_role: "Owner" } }],
  [false, { policy: { most_removals: -1 } }],
  [false, { policy: { most_removals: 1.5 } }],
  [false, { policy: { severity: { "highest-rule": "off" } } }],
  [false, { policy: { severity: { "highest-role": "fatal" } } }],
  [false, { policy: { severity: [] } }],
  [false, { policy: { exceptions: {} } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, reason: undefined }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, reason: " " }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, until: undefined }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, until: "soon" }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, until: "2027-13-01" }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, rule: "no-rule" }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, ticket: 7 }] } }],
];

test.each(CONFIGS)("parser and JSON Schema agree: %p for %j", (isGood, config) => {
  const written: unknown = JSON.parse(JSON.stringify(config));
  expect(parseConfig(written).problems.length === 0).toBe(isGood);
  expect(validate(written)).toBe(isGood);
});

test("the package carries the schema, for editors", () => {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as {
    exports: Record<string, string>;
  };
  const file = exports["./config-schema.json"] ?? "";
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(
    JSON.parse(JSON.stringify(configSchema())),
  );
});

const validate = new Ajv().compile(configSchema());
