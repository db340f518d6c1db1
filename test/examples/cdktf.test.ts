import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-example-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function synthesizedResources(): Blocks {
  const { app } = JSON.parse(readFileSync("cdktf.json", "utf8")) as { app: string };
  const [command = "", ...args] = app.split(" ");
  execFileSync(command, args, { env: { ...process.env, CDKTF_OUTDIR: folder } });
  const file = join(folder, "stacks", "platform", "cdk.tf.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { resource: Blocks }).resource;
}

test("the example declares three accounts, whose tokens rotate every month", () => {
  const resource = synthesizedResources();

  expect(Object.keys(resource.glsa_service_account ?? {})).toEqual([
    "platform-auditor",
    "platform-deployer",
    "web-bot",
  ]);
  const tokens = Object.values(resource.glsa_access_token ?? {});
  const monthly = { every: "30d", overlap: "3d" };
  expect(tokens.map(({ rotation }) => rotation)).toEqual([monthly, monthly, monthly]);
});

/** Every text in a value, however deep; Terraform's references and cdktf's notes left out. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value.startsWith("${") ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : textsIn(inner)));
}

test("the same stack in HCL declares as many objects, with the same words", () => {
  const hcl = readFileSync("examples/hcl/main.tf", "utf8");
  const declared = Object.values(synthesizedResources()).flatMap((blocks) => Object.values(blocks));

  const wordsInHcl = new Set(
    [...hcl.matchAll(/ = "([^"]*)"|(?<=[[,] ?)"([^"]*)"/g)].map(([, value, item]) => value ?? item),
  );
  const words = textsIn(declared);
  expect(words.filter((word) => !wordsInHcl.has(word))).toEqual([]);
  expect(hcl.match(/^resource /gm)).toHaveLength(declared.length);
});
