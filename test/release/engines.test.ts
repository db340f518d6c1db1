import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makePlatform, Rest } from "../../examples/demo/rest";
import { startSandbox, type Sandbox } from "../../src/sandbox";
import { hasOwnRoots, inBareRoot } from "../support/bare-root";
import {
  CHANGES,
  cleanUpWorkspaces,
  describeEachEngine,
  engines,
  NO_CHANGES,
  succeeded,
  workspace,
  type Engine,
  type Workspace,
} from "../support/engine";
import { glsaProvider } from "../support/glsa";
import { canRunReleases, TestRelease } from "../support/release";
import { describeInFullRun } from "../support/tier";
import { localAuthority } from "./authority";
import { newKey } from "./signing-key";
import { serveFiles, serveRegistry, type Served } from "./static-registry";

const DEMO = readFileSync(resolve(__dirname, "../../examples/demo/main.tf"), "utf8");
const LOCK = ".terraform.lock.hcl";
const READONLY = { args: ["-lockfile=readonly"] };

let home: string;
let release: TestRelease;
let gitlab: Sandbox;
const served: Served[] = [];

const describeHere = canRunReleases ? describe : describe.skip;

beforeAll(() => {
  if (!canRunReleases) return;
  home = mkdtempSync(join(tmpdir(), "glsa-key-"));
  process.env["GLSA_SIGNING_KEY"] = newKey(home);
  release = new TestRelease("--only", "terraform");
});

afterAll(() => {
  release?.remove();
  rmSync(home, { recursive: true, force: true });
});

beforeEach(async () => {
  gitlab = await startSandbox({ now: "2026-06-01T08:00:00Z" });
  await makePlatform(new Rest(gitlab.url, gitlab.token));
});

afterEach(async () => {
  cleanUpWorkspaces();
  for (const one of served.splice(0)) one.close();
  await gitlab.close();
});

/** The demo in a workspace whose PATH leads to nothing. */
function demo(engine: Engine): Workspace {
  return workspace(
    engine,
    { "main.tf": DEMO, [LOCK]: release.lock },
    {
      provider: release.provider,
      env: { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token, PATH: "/nowhere" },
    },
  );
}

/** Apply, rotation and plan. */
async function liveThrough(work: Workspace): Promise<void> {
  succeeded(await work.apply());
  gitlab.control.advanceClock("P30D");
  expect((await work.plan()).exitCode).toBe(CHANGES);
  succeeded(await work.apply());
  expect((await work.plan()).exitCode).toBe(NO_CHANGES);
}

describeHere("a machine with nothing but the engine and the release's zip", () => {
  const terraform = engines().find(({ name }) => name === "terraform");
  const inRoot = hasOwnRoots && terraform !== undefined ? test : test.skip;

  inRoot("applies, rotates and plans, with the lock file verified", async () => {
    if (terraform === undefined) return;
    const work = demo(terraform);
    const bare = Object.assign(Object.create(work) as Workspace, {
      engine: inBareRoot(terraform, work.folder, [realpathSync(release.folder)]),
    });
    await bare.init(READONLY);
    await liveThrough(bare);
  });
});

describeHere("a program as a destination, without Node on PATH", () => {
  const [engine] = engines();
  const onEngine = engine === undefined ? test.skip : test;

  onEngine("receives the value, and what it says is told", async () => {
    if (engine === undefined) return;
    const work = demo(engine);
    const script = 'read -r value; echo "$value" >taken; echo "no room" >&2; test ! -e full';
    const command = `command { argv = ["/bin/sh", "-c", ${JSON.stringify(script)}] }`;
    work.write({ "main.tf": DEMO.replace(/ci_variable \{[^}]*\}/, command) });
    await work.init(READONLY);
    succeeded(await work.apply());
    const value = readFileSync(join(work.folder, "taken"), "utf8").trim();
    expect((await fetch(`${gitlab.url}/api/v4/user?private_token=${value}`)).status).toBe(200);
    work.write({ full: "" });
    gitlab.control.advanceClock("P30D");
    const { stdout, stderr } = await work.apply();
    expect(stdout + stderr).toContain("no room");
  });
});

describeInFullRun("without Node on PATH", () => {
  describeEachEngine("a release", (engine) => {
    test("is installed from the folder of zips", async () => {
      const work = demo(engine);
      await work.init(READONLY);
      await liveThrough(work);
    });

    test("is installed from a network mirror of static files", async () => {
      const work = demo(engine);
      const authority = localAuthority(work.folder);
      const mirror = await serveFiles(join(release.folder, "mirror"), authority);
      served.push(mirror);
      work.write({
        "engine.tfrc": `provider_installation {\n  network_mirror { url = "${mirror.url}/" }\n}\n`,
      });
      await work.init({ ...READONLY, env: { SSL_CERT_FILE: authority.file } });
      expect(mirror.paths.at(-1)).toMatch(/linux_amd64\.zip$/);
      await liveThrough(work);
    });

    test("is installed from a registry of static files, with its signature verified", async () => {
      const work = demo(engine);
      const authority = localAuthority(work.folder);
      const registry = await serveFiles(release.folder, authority);
      served.push(registry);
      const service = `${registry.url}/registry/v1/providers/`;
      work.write({
        "engine.tfrc": `host "glsa.internal" {\n  services = { "providers.v1" = "${service}" }\n}\n`,
      });
      const { stdout } = await work.init({ ...READONLY, env: { SSL_CERT_FILE: authority.file } });
      expect(stdout).toMatch(/signed|self-signed/);
    });

    test("has one lock entry for the script for Node and for the zips", async () => {
      const work = demo(engine);
      work.installOnly(glsaProvider());
      await work.init(READONLY);
      rmSync(join(work.folder, ".terraform"), { recursive: true });
      work.installOnly(release.provider);
      await work.init(READONLY);
    });

    test("shares a plugin cache", async () => {
      const work = demo(engine);
      const cache = join(work.folder, "cache");
      mkdirSync(cache);
      await work.init({ ...READONLY, env: { TF_PLUGIN_CACHE_DIR: cache } });
      await liveThrough(work);
    });
  });

  describeEachEngine("OpenTofu's OCI registries", (engine) => {
    const onTofu = engine.name === "tofu" ? test : test.skip;
    onTofu("give out a release", async () => {
      const work = demo(engine);
      const authority = localAuthority(work.folder);
      const registry = await serveRegistry(join(release.folder, "oci"), "platform/glsa", authority);
      served.push(registry);
      const template = `${registry.url.replace("https://", "")}/platform/glsa`;
      work.write({
        "engine.tfrc": `provider_installation {
  oci_mirror {
    repository_template = "${template}"
    include             = ["glsa.internal/glsa/glsa"]
  }
}
`,
      });
      await work.init({ ...READONLY, env: { SSL_CERT_FILE: authority.file } });
      await liveThrough(work);
    });
  });
});
