import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { devDependencies } from "../../package.json";
import { cleanUpWorkspaces, engines, NO_CHANGES, succeeded, workspace } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { glsaProvider } from "../support/glsa";
import { packGlsa } from "../support/packed";

/** Not the synchronous form: the stand-in answers from this same process. */
const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../..");
const TSX = join(REPOSITORY, "node_modules/.bin/tsx");
const BINDINGS = devDependencies["@cdktf/provider-gitlab"];

interface Project {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

/** What the guide tells to write into `package.json`. */
function documented(): Omit<Project, "name"> {
  const guide = readFileSync(join(REPOSITORY, "docs/cdk-terrain.md"), "utf8");
  const [, manifest = ""] = /^```json\n(.*?)^```$/ms.exec(guide) ?? [];
  return JSON.parse(manifest) as Omit<Project, "name">;
}

const PROJECTS: readonly Project[] = [
  {
    name: "cdktf",
    dependencies: { cdktf: devDependencies.cdktf, constructs: devDependencies.constructs },
  },
  { name: "cdktn", ...documented() },
];

let folder: string;
let packed: string;
/** The examples' stacks, `cdktf` and `official`, by the framework that synthesized them. */
let stacks: Readonly<Record<string, object[]>> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "glsa-cdktn-"));
  packed = await packGlsa(folder);
  const made = PROJECTS.map(async (project) => [project.name, await synthesized(project)]);
  stacks = Object.fromEntries(await Promise.all(made)) as Record<string, object[]>;
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(cleanUpWorkspaces);

/** What a user does: install glsa beside the framework, and synthesize both examples. */
async function synthesized({ name, dependencies, overrides }: Project): Promise<object[]> {
  const project = join(folder, name);
  cpSync(join(REPOSITORY, "examples"), join(project, "examples"), { recursive: true });
  const all = { ...dependencies, glsa: `file:${packed}`, "@cdktf/provider-gitlab": BINDINGS };
  const manifest = { name, private: true, dependencies: all, overrides };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  const quick = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  await execute("npm", ["install", ...quick], { cwd: project });
  return Promise.all(["cdktf", "official"].map((example) => synthesizedExample(project, example)));
}

async function synthesizedExample(project: string, example: string): Promise<object> {
  const out = join(project, `out-${example}`);
  const env = { ...process.env, CDKTF_OUTDIR: out };
  await execute(TSX, [join("examples", example, "main.ts")], { cwd: project, env });
  return JSON.parse(readFileSync(join(out, "stacks/platform/cdk.tf.json"), "utf8")) as object;
}

interface Stack {
  readonly "//": { readonly metadata: { readonly version: string } };
  readonly terraform: { backend?: object };
}

/** The version of the framework, and the stack without it and without the folder that the state would lie in. */
function withoutVersion(stack: object): { readonly version: string; readonly stack: object } {
  const copy = structuredClone(stack) as Stack;
  const { version } = copy["//"].metadata;
  delete copy.terraform.backend;
  return { version, stack: JSON.parse(JSON.stringify(copy).replace(version, "VERSION")) as object };
}

test("glsa, packed and installed beside CDK Terrain, synthesizes what it does beside CDKTF", () => {
  const before = stacks["cdktf"]?.map(withoutVersion) ?? [];
  const after = stacks["cdktn"]?.map(withoutVersion) ?? [];

  expect(before.map(({ version }) => version)).toEqual(["0.21.0", "0.21.0"]);
  expect(after.map(({ version }) => version)).toEqual(["0.24.0", "0.24.0"]);
  expect(after.map(({ stack }) => stack)).toEqual(before.map(({ stack }) => stack));
});

test("the packed fronts load nothing but their frameworks and Node's own modules", () => {
  const required = (front: string) => {
    const bundle = readFileSync(join(folder, "cdktn/node_modules/glsa/dist", front), "utf8");
    const names = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
    return [...new Set(names)].filter((name) => !name.startsWith("node:")).sort();
  };

  expect(required("cdktf.js")).toEqual(["cdktf", "constructs"]);
  expect(required("cdktn.js")).toEqual(["cdktn", "constructs"]);
  expect(required("pulumi.js")).toEqual(["@pulumi/pulumi"]);
});

// One engine is enough: the JSON is the same, and that of CDKTF is applied by each of them elsewhere.
const [engine] = engines();
const testWithEngine = engine === undefined ? test.skip : test;

testWithEngine(
  "what CDK Terrain synthesizes is applied, and then there is nothing to do",
  async () => {
    if (engine === undefined) return;
    const gitlab = await TestGitLab.start();
    try {
      const { apps } = await gitlab.platform();
      await gitlab.project("web", apps);
      const [example = {}] = stacks["cdktn"] ?? [];
      const work = workspace(
        engine,
        { "cdk.tf.json": withoutVersion(example).stack },
        {
          provider: glsaProvider(),
          override: true,
          env: { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token },
        },
      );
      succeeded(await work.apply());
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    } finally {
      await gitlab.close();
    }
  },
  120_000,
);
