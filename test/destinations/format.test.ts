import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { destinationProblems, problemText, type DeliveryDestination } from "../../constructs/words";
import { identityOf, identityParts } from "../../src/destinations/entry";
import { contentOf, textOfEntries } from "../../src/destinations/format/content";
import { FORMATS, formatOf } from "../../src/destinations/format/record";
import { fingerprint } from "../../src/model";
import { holdsUnknown, UNKNOWN } from "../../src/provider/contract";
import { World } from "../rotation/world";

const execute = promisify(execFile);

const FACTS = {
  value: "glpat-abc.01.x",
  username: "deploy-bot",
  tokenId: 12,
  expiresAt: "2027-01-01",
  baseUrl: "https://gitlab.example.com:8443/gitlab",
  registry: "registry.example.com:5050",
};

test.each([
  [{}, "glpat-abc.01.x"],
  [{ format: "netrc" }, "machine gitlab.example.com\nlogin deploy-bot\npassword glpat-abc.01.x\n"],
  [{ format: "git_credentials" }, "https://deploy-bot:glpat-abc.01.x@gitlab.example.com:8443"],
  [
    { format: "git_credentials", format_url: "http://gitlab.internal" },
    "http://deploy-bot:glpat-abc.01.x@gitlab.internal",
  ],
  [{ format: "basic_auth" }, '{"password":"glpat-abc.01.x","username":"deploy-bot"}'],
  [
    { format: "dockerconfigjson" },
    '{"auths":{"registry.example.com:5050":{"username":"deploy-bot","password":"glpat-abc.01.x","auth":"ZGVwbG95LWJvdDpnbHBhdC1hYmMuMDEueA=="}}}',
  ],
  [
    { format: "argocd_repository", format_url: "https://gitlab.example.com/apps/shop.git" },
    '{"password":"glpat-abc.01.x","type":"git","url":"https://gitlab.example.com/apps/shop.git","username":"deploy-bot"}',
  ],
  [
    {
      format: "json",
      json: {
        t: "Bearer {value}",
        id: "{token_id}",
        by: "{username}@{base_url}",
        until: "{expires_at}",
        other: "{}",
      },
    },
    '{"by":"deploy-bot@https://gitlab.example.com:8443/gitlab","id":"12","other":"{}","t":"Bearer glpat-abc.01.x","until":"2027-01-01"}',
  ],
])("%j is delivered as its readers read it", (settings, text) => {
  expect(contentOf(formatOf(settings), FACTS).text).toBe(text);
});

test("a value that looks like a placeholder stays as it is", () => {
  const format = formatOf({ format: "json", json: { a: "{value}" } });
  expect(contentOf(format, { ...FACTS, value: "{username}" }).entries).toEqual({ a: "{username}" });
});

test("keys in another order are the same content", () => {
  expect(textOfEntries({ b: "1", a: "2" })).toBe(textOfEntries({ a: "2", b: "1" }));
});

const WRONG: readonly (readonly [string, object])[] = [
  ["format-contradiction", { format: "json" }],
  ["format-contradiction", { json: { a: "{value}" } }],
  ["format-contradiction", { format: "basic_auth", format_url: "https://gitlab.example.com" }],
  ["malformed-json-format", { format: "json", json: { a: "{token}{value}" } }],
  ["malformed-json-format", { format: "json", json: { a: "{username}" } }],
  ["malformed-json-format", { format: "json", json: { " ": "{value}" } }],
  ["malformed-format-url", { format: "netrc", format_url: "gitlab.example.com" }],
  ["malformed-format-url", { format: "netrc", format_url: "https://a:secret@gitlab.example.com" }],
  ["unknown-choice", { format: "yaml" }],
];

let folder: string;
let world: World;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "glsa-format-"));
  world = await World.build("file", undefined, { registry: "registry.example.com" });
});

afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Old tokens go with the next apply. */
beforeEach(() => world.advance("P2D"));

const path = () => join(folder, "token");
const held = () => readFileSync(path(), "utf8");

function declare(...deliver_to: object[]): void {
  const rotation = { every: "30d", overlap: "1d", quiet_for: "0d" };
  world.declare({ rotation, store_value: true, deliver_to });
}

async function apply(): Promise<string[]> {
  const { diagnostics } = await world.driver.apply();
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, detail }) => `${code}: ${detail}`);
}

const action = async () => (await world.driver.plan()).actions.get("token");

test.each(WRONG)("%s: %j is refused in the plan and at synth", async (code, settings) => {
  declare({ file: { path: path(), ...settings } });
  expect((await apply()).some((text) => text.startsWith(code))).toBe(true);
  const { format_url: formatUrl, ...others } = settings as Record<string, unknown>;
  const options = { path: path(), ...others, ...(formatUrl !== undefined && { formatUrl }) };
  const destination = { file: options } as DeliveryDestination;
  const problems = destinationProblems("to", destination, () => false).map(problemText);
  expect(problems.join()).toContain(`[${code}]`);
});

test("no error of a wrong format shows a credential in its address", async () => {
  declare({
    file: { path: path(), format: "netrc", format_url: "https://a:secret@h.example.com" },
  });
  expect((await apply()).join()).not.toContain("secret");
});

test.each([
  [{ format: "netrc" }, true],
  [{ format: "netrc", masked: false }, false],
  [{ format: "basic_auth", raw: false }, true],
  [{ format: "git_credentials", raw: false }, false],
  [{ format: "dockerconfigjson" }, false],
  [{ format: "json", json: { a: "Bearer {value}" } }, true],
])("a CI/CD variable that GitLab would not mask is refused: %j", async (settings, isRefused) => {
  const key = `F_${Math.random().toString(36).slice(2)}`;
  declare({ ci_variable: { project: "platform/charts", key, ...settings } });
  const refusals = (await apply()).filter((text) => text.startsWith("format-not-maskable"));
  expect(refusals).toHaveLength(isRefused ? 1 : 0);
});

describe.each(FORMATS)("format %s", (format) => {
  const settings = () => ({
    format,
    ...(format === "json" && { json: { token: "{value}", user: "{username}" } }),
  });
  const value = () => String(world.token["value"]);

  test("a file is filled, compared, rotated and removed", async () => {
    declare({ file: { path: path(), ...settings() } });
    expect(await apply()).toEqual([]);
    expect(held()).toContain(value());
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(await action()).toBe("none");

    await world.advance("P30D");
    const before = held();
    expect(await apply()).toEqual([]);
    expect(held()).not.toBe(before);
    expect(held()).toContain(value());
    expect(await action()).toBe("none");

    await world.advance("P5D");
    declare();
    expect(await apply()).toEqual([]);
    expect(held).toThrow("ENOENT");
  });

  test("fields of a Vault secret are filled, compared and removed; others stay", async () => {
    await world.writeSecret("ci/form", { theirs: "stays" });
    declare({ vault: { path: "ci/form", ...settings() } });
    expect(await apply()).toEqual([]);
    const fields = await world.readSecret("ci/form");
    expect(fields).toMatchObject({ theirs: "stays" });
    expect(JSON.stringify(fields)).toContain(value());
    expect(await action()).toBe("none");
    const keys = Object.keys(fields).filter((name) => name !== "theirs");
    await world.writeSecret("ci/form", { ...fields, [keys.at(-1) ?? ""]: "by hand" });
    expect(await action()).toBe("update");
    expect(await apply()).toEqual([]);
    expect(JSON.stringify(await world.readSecret("ci/form"))).toContain(value());
    await world.advance("P5D");
    declare();
    expect(await apply()).toEqual([]);
    expect(await world.readSecret("ci/form")).toEqual({ theirs: "stays" });
  });
});

test("curl and Git log in with what was delivered, and so does a registry's client", async () => {
  const home = mkdtempSync(join(tmpdir(), "glsa-home-"));
  const forms = ["netrc", "git_credentials", "dockerconfigjson"] as const;
  const at = (form: string) => join(home, form === "netrc" ? ".netrc" : form);
  const deliver_to = forms.map((format) => ({ file: { path: at(format), format } }));
  const scopes = ["read_repository", "read_registry"];
  world.declare({ rotation: { every: "30d" }, store_value: true, scopes, deliver_to });
  expect(await apply()).toEqual([]);
  const user_id = Number(String(world.token["service_account_id"]).split(":")[2]);
  await world.gitlab.call("POST", "/projects/platform%2Fcharts/members", {
    user_id,
    access_level: 20,
  });
  const run = async (program: string, ...args: string[]) => {
    const env = { PATH: process.env["PATH"], HOME: home, GIT_TERMINAL_PROMPT: "0" };
    return (await execute(program, args, { env })).stdout;
  };
  // The form names the address that glsa reaches GitLab at.
  const base = String(world.driver.settings["base_url"]);
  const repository = `${base}/platform/charts.git`;
  const registry = `${base}/jwt/auth?service=container_registry&scope=repository:platform/charts:pull`;
  expect(await run("curl", "-sf", "--netrc-file", at("netrc"), registry)).toContain("token");
  await expect(run("git", "-c", "credential.helper=", "ls-remote", repository)).resolves.toBe("");
  rmSync(at("netrc"));
  await expect(run("git", "-c", "credential.helper=", "ls-remote", repository)).rejects.toThrow();
  const helper = `credential.helper=store --file ${at("git_credentials")}`;
  await expect(run("git", "-c", helper, "ls-remote", repository)).resolves.toBe("");
  const { auths } = JSON.parse(readFileSync(at("dockerconfigjson"), "utf8")) as {
    auths: Record<string, { auth: string }>;
  };
  const authorization = `Basic ${auths["registry.example.com"]?.auth}`;
  expect((await fetch(registry, { headers: { authorization } })).status).toBe(200);
  rmSync(home, { recursive: true });
});

test("another format fills the destination anew; another spelling of the same does not", async () => {
  declare({ file: { path: path() } });
  expect(await apply()).toEqual([]);
  declare({ file: { path: path(), format: "value" } });
  const first = world.token["token_id"];
  expect(await apply()).toEqual([]);
  expect(world.token["token_id"]).toBe(first);
  declare({ file: { path: path(), format: "netrc" } });
  expect(await apply()).toEqual([]);
  expect(world.token["token_id"]).not.toBe(first);
  expect(held()).toContain("machine 127.0.0.1\n");
});

test("without a format nothing is new in a state: the value's own hash is compared, as before", async () => {
  declare({ file: { path: path() } });
  expect(await apply()).toEqual([]);
  const token = world.driver.snapshot().get("token");
  expect(token?.private).not.toContain("contents");
  expect(world.token["deliver_to"]).toMatchObject([
    { file: { format: null, format_url: null, json: null } },
  ]);
  expect(world.token["fingerprint"]).toBe(fingerprint(held()));
  expect(await action()).toBe("none");
});

test("where GitLab names no registry, dockerconfigjson is refused before a token is made", async () => {
  const bare = await World.build("file");
  try {
    const there = join(folder, "docker");
    const file = { path: there, format: "dockerconfigjson" };
    bare.declare({ rotation: { every: "30d" }, deliver_to: [{ file }] });
    const { diagnostics } = await bare.driver.apply();
    expect(diagnostics.map(({ detail }) => detail).join()).toContain("Write format_url");
    expect(await bare.liveTokens()).toEqual([]);
    const named = { ...file, format_url: "https://registry.internal:5000" };
    bare.declare({ rotation: { every: "30d" }, deliver_to: [{ file: named }] });
    expect((await bare.driver.apply()).diagnostics).toEqual([]);
    expect(readFileSync(there, "utf8")).toContain('{"auths":{"registry.internal:5000":');
  } finally {
    await bare.close();
  }
});

test("what tells destinations apart stays unknown as long as a part of it is, and no order of keys matters", () => {
  const late = identityParts({ ci_variable: { project: "a/b", key: UNKNOWN } });
  expect(holdsUnknown(late)).toBe(true);
  const some = identityParts({ file: { path: "a", json: { one: "1", two: UNKNOWN } } });
  expect(holdsUnknown(some)).toBe(true);
  const inOrder = (json: object) => identityOf({ file: { path: "a", format: "json", json } });
  expect(inOrder({ one: "{value}", two: "2" })).toBe(inOrder({ two: "2", one: "{value}" }));
});
