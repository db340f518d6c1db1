import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import {
  ConfigError,
  configSchema,
  findConfigs,
  parseConfig,
  policyOfFolder,
  readConfig,
} from "../../src/config";

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

const STRICT = '{ "policy": { "max_lifetime": "90d", "forbidden_scopes": ["create_runner"] } }';

describe("a folder", () => {
  test("is bound by its own file and by those of all folders above it", () => {
    const outer = write("{}");
    const inner = write("{}", "apps", "charts");
    expect(findConfigs(join(folder, "apps", "charts"))).toEqual([outer, inner]);
    expect(findConfigs(join(folder, "apps"))).toEqual([outer]);
  });

  test("keeps the policy above it under a file that says nothing of one", () => {
    const outer = write(STRICT);
    write("{}", "apps");
    const { policy, files } = policyOfFolder(join(folder, "apps"));
    expect(policy.maxLifetimeDays).toBe(90);
    expect(files).toEqual([outer]);
  });

  test("tightens what it inherits", () => {
    const outer = write(STRICT);
    const inner = write(
      '{ "policy": { "max_lifetime": "30d", "forbidden_scopes": ["api"] } }',
      "apps",
    );
    const { policy, files } = policyOfFolder(join(folder, "apps"));
    expect(policy).toMatchObject({
      maxLifetimeDays: 30,
      forbiddenScopes: ["create_runner", "api"],
    });
    expect(files).toEqual([outer, inner]);
  });

  test.each([
    ["a value", '{ "policy": { "max_lifetime": "365d" } }', "max_lifetime"],
    ["an empty list", '{ "policy": { "forbidden_scopes": [] } }', "forbidden_scopes"],
    ["a severity", '{ "policy": { "severity": { "forbidden-scope": "off" } } }', "severity"],
    ["a default", '{ "policy": { "max_removals": 5000 } }', "max_removals"],
  ])("cannot loosen %s of what it inherits", (_, inner, key) => {
    const outer = write(STRICT);
    const file = write(inner, "apps");
    const said = [file, `policy.${key}`, "looser", outer].map(escaped).join(".*");
    expect(() => policyOfFolder(join(folder, "apps"))).toThrow(new RegExp(said));
  });

  test("cannot loosen by a symbolic link to a file elsewhere", () => {
    write(STRICT);
    const loose = write('{ "policy": { "max_lifetime": "365d" } }', "elsewhere");
    mkdirSync(join(folder, "apps"));
    symlinkSync(loose, join(folder, "apps", "glsa.config.json"));
    expect(() => policyOfFolder(join(folder, "apps"))).toThrow(/max_lifetime would be looser/);
  });

  test.each(["/dev/null", "/nowhere/at-all"])("refuses a link to %s", (target) => {
    mkdirSync(join(folder, "apps"));
    symlinkSync(target, join(folder, "apps", "glsa.config.json"));
    expect(() => policyOfFolder(join(folder, "apps"))).toThrow(/glsa\.config\.json cannot be read/);
  });

  test("that a link leads to is bound by what stands above the link, too", () => {
    const outer = write(STRICT, "repository");
    mkdirSync(join(folder, "stack"));
    symlinkSync(join(folder, "stack"), join(folder, "repository", "stack"));
    const { PWD: before } = process.env;
    process.env["PWD"] = join(folder, "repository", "stack");
    try {
      expect(policyOfFolder(join(folder, "stack")).files).toEqual([outer]);
    } finally {
      process.env["PWD"] = before;
    }
  });
});

test.each([
  ["UTF-8", Buffer.from(`\uFEFF${STRICT}`)],
  ["UTF-16, as PowerShell writes it", Buffer.from(`\uFEFF${STRICT}`, "utf16le")],
  ["UTF-16, the other way round", Buffer.from(`\uFEFF${STRICT}`, "utf16le").swap16()],
])("a file with a byte order mark is read: %s", (_, bytes) => {
  writeFileSync(join(folder, "glsa.config.json"), bytes);
  expect(policyOfFolder(folder).policy.maxLifetimeDays).toBe(90);
});

test("a file is read with its policy", () => {
  const file = write('{ "$schema": "x", "policy": { "max_lifetime": "90d" } }');
  expect(readConfig(file)).toEqual({
    policy: { maxLifetimeDays: 90 },
    audit: { ignore: [] },
    notify: [],
  });
});

test("everything that is wrong with a file is told, with its name and the place", () => {
  const file = write('{ "polcy": {}, "policy": { "max_removals": "many", "exceptions": [{}] } }');
  expect(() => readConfig(file)).toThrow(ConfigError);
  expect(() => readConfig(file)).toThrow(
    new RegExp(
      [
        'glsa.config.json: polcy: Unknown key "polcy"\\. .* Did you mean "policy"\\?',
        "glsa.config.json: policy.max_removals: It must be a whole number",
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
  [true, { policy: { max_lifetime: "90d", min_slack: "P2W" } }],
  [true, { policy: { forbidden_scopes: [], scopes_needing_reason: ["api", "scope:new_scope"] } }],
  [true, { policy: { max_role: "security_manager", max_removals: 0 } }],
  [true, { policy: { max_live_tokens: 1, severity: { "max-role": "off" } } }],
  [true, { policy: { exceptions: [EXCEPTION] } }],
  [false, []],
  [false, null],
  [false, { policies: {} }],
  [false, { policy: [] }],
  [false, { policy: null }],
  [false, { policy: { max_lifetime: 90 } }],
  [false, { policy: { max_lifetime: null } }],
  [false, { policy: { max_lifetime: "90" } }],
  [false, { policy: { max_lifetime: "0d" } }],
  [false, { policy: { max_lifetime: "P00W" } }],
  [false, { policy: { max_lifetime: "123456d" } }],
  [false, { policy: { maxLifetime: "90d" } }],
  [false, { policy: { forbidden_scopes: "sudo" } }],
  [false, { policy: { forbidden_scopes: ["sudoo"] } }],
  [false, { policy: { max_role: "Owner" } }],
  [false, { policy: { max_removals: -1 } }],
  [false, { policy: { max_removals: 1.5 } }],
  [false, { policy: { severity: { "highest-rule": "off" } } }],
  [false, { policy: { severity: { "max-role": "fatal" } } }],
  [false, { policy: { severity: [] } }],
  [false, { policy: { exceptions: {} } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, reason: undefined }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, reason: " " }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, reason: "\u00a0\u200b\u200d\u2060\ufeff" }] } }],
  [false, { policy: { exceptions: [{ ...EXCEPTION, reason: "\u202e\u2066\u00ad\u3164\u2800" }] } }],
  [true, { policy: { exceptions: [{ ...EXCEPTION, reason: "\u202bзамена\u202c" }] } }],
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

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const validate = new Ajv().compile(configSchema());
