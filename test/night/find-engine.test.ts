import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findEngine } from "../../src/engine";

let folder: string;
const path = process.env["PATH"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-find-"));
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true });
});

function given(files: readonly string[], programs: readonly string[]): void {
  for (const name of files) {
    const [file = "", content = ""] = name.split("=");
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  mkdirSync(join(folder, "bin"));
  for (const name of programs) {
    writeFileSync(join(folder, "bin", name), "");
    chmodSync(join(folder, "bin", name), 0o755);
  }
  process.env["PATH"] = join(folder, "bin");
}

const find = (more: Partial<Parameters<typeof findEngine>[0]> = {}) =>
  findEngine({ folder, engine: undefined, stack: undefined, lockTimeout: "1m", ...more });

const BOTH = ["terraform", "tofu"];

test.each<[string, string[], string[], string]>([
  ["Terraform's files", ["main.tf"], ["terraform"], "terraform"],
  ["Terraform's files where only tofu is", ["main.tf.json"], ["tofu"], "tofu"],
  ["Terraform's files where both are", ["main.tf"], BOTH, "terraform"],
  ["files of OpenTofu alone", ["main.tf", "more.tofu"], BOTH, "tofu"],
  ["a pinned OpenTofu", ["main.tf", ".opentofu-version"], BOTH, "tofu"],
  [
    "a lock file of OpenTofu",
    ["main.tf", '.terraform.lock.hcl=provider "registry.opentofu.org/x/y" {}'],
    BOTH,
    "tofu",
  ],
  ["a Pulumi project", ["Pulumi.yaml"], BOTH, "pulumi"],
])("%s", (_, files, programs, name) => {
  given(files, programs);
  expect(find().name).toBe(name);
});

test("the one stack of CDKTF, or the one that is named", () => {
  given(["cdktf.out/stacks/blue/cdk.tf.json"], ["terraform"]);
  expect(find().folder).toBe(join(folder, "cdktf.out/stacks/blue"));
  mkdirSync(join(folder, "cdktf.out/stacks/red"));
  expect(find({ stack: "red" }).folder).toBe(join(folder, "cdktf.out/stacks/red"));
  expect(() => find()).toThrow(/blue, red.*\[stack-unclear\]/);
});

test.each<[string, string[], string[], string]>([
  ["nothing to apply", ["README.md"], BOTH, "configuration-not-found"],
  ["no program to apply it with", ["main.tf"], [], "engine-not-found"],
  ["two kinds of configuration", ["main.tf", "Pulumi.yaml"], BOTH, "engine-unclear"],
])("%s is said", (_, files, programs, code) => {
  given(files, programs);
  expect(() => find()).toThrow(`[${code}]`);
});

test("a folder that is none is said", () => {
  expect(() => find({ folder: join(folder, "none") })).toThrow("[missing-folder]");
});
