import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanUpWorkspaces, describeEachEngine, succeeded, workspace } from "../support/engine";
import { glsaProvider, packageVersion, PROVIDER_ADDRESS } from "../support/glsa";
import { GLSA } from "./run-glsa";

const VERSION = packageVersion();
const BELOW = `terraform.d/plugins/${PROVIDER_ADDRESS}`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-install-"));
});

afterEach(() => {
  cleanUpWorkspaces();
  rmSync(folder, { recursive: true, force: true });
});

function glsa(...args: string[]) {
  const run = spawnSync(process.execPath, [GLSA, ...args], { cwd: folder, encoding: "utf8" });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_arm64", "darwin_amd64"];

/** A release whose zips are texts. */
function fakeRelease(change: object = {}): string {
  const release = join(folder, "release");
  mkdirSync(release, { recursive: true });
  const archives = PLATFORMS.map((platform) => {
    const file = `terraform-provider-glsa_${VERSION}_${platform}.zip`;
    writeFileSync(join(release, file), platform);
    const zh = `zh:${createHash("sha256").update(platform).digest("hex")}`;
    return { platform, file, h1: `h1:${platform}`, zh };
  });
  const text = { version: VERSION, address: PROVIDER_ADDRESS, script: "h1:script", archives };
  writeFileSync(join(release, "release.json"), JSON.stringify({ ...text, ...change }));
  return release;
}

describe("glsa install --from", () => {
  test("puts this machine's zip where engines look, and prints the lock entry of all packages", () => {
    const run = glsa("install", "--from", fakeRelease(), "--for", "folder");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const architecture = process.arch === "x64" ? "amd64" : process.arch;
    const zip = `terraform-provider-glsa_${VERSION}_${process.platform}_${architecture}.zip`;
    expect(existsSync(join(folder, BELOW, zip))).toBe(true);
    for (const hash of ["h1:script", ...PLATFORMS.map((platform) => `h1:${platform}`)]) {
      expect(run.stdout).toContain(`"${hash}",`);
    }
  });

  test("fills a mirror with the zips of all platforms", () => {
    const run = glsa("install", "--from", fakeRelease(), "--mirror", "mirror", "--json");
    const { files } = JSON.parse(run.stdout) as { files: string[] };
    expect(files.length).toBe(PLATFORMS.length);
    expect(existsSync(join(folder, "mirror", PROVIDER_ADDRESS))).toBe(true);
  });

  test("installs nothing that is not what the release tells of", () => {
    const release = fakeRelease();
    for (const platform of PLATFORMS) {
      writeFileSync(join(release, `terraform-provider-glsa_${VERSION}_${platform}.zip`), "other");
    }
    const run = glsa("install", "--from", release, "--for", "folder");
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("[wrong-checksum]");
    expect(existsSync(join(folder, "terraform.d"))).toBe(false);
  });

  test.each([
    [
      "a path that leads elsewhere",
      { archives: [{ platform: "linux_amd64", file: "../x", h1: "", zh: "" }] },
      "unusable-release",
    ],
    ["no archives", { archives: undefined }, "unusable-release"],
    ["none for this machine", { archives: [] }, "no-such-platform"],
  ])("refuses a release with %s", (_, change, code) => {
    const run = glsa("install", "--from", fakeRelease(change), "--for", "folder");
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`[${code}]`);
  });

  test.each(["nowhere", "http://localhost/release", "https://localhost:1/release"])(
    "says that %s is no release",
    (from) => {
      const run = glsa("install", "--from", from);
      expect(run.code).toBe(1);
      expect(run.stderr).toContain("[unusable-release]");
    },
  );
});

describe("glsa uninstall", () => {
  test("removes what install put there, of every version, and nothing else", () => {
    glsa("install", "--for", "folder");
    glsa("install", "--from", fakeRelease(), "--for", "folder");
    const older = join(folder, BELOW, "0.0.1/linux_amd64");
    mkdirSync(older, { recursive: true });
    writeFileSync(join(folder, BELOW, "notes.txt"), "own");
    const run = glsa("uninstall", "--for", "folder", "--json");
    const { removed } = JSON.parse(run.stdout) as { removed: string[] };
    expect(removed.length).toBe(3);
    expect(existsSync(join(folder, BELOW, VERSION))).toBe(false);
    expect(readFileSync(join(folder, BELOW, "notes.txt"), "utf8")).toBe("own");
    expect(glsa("uninstall", "--for", "folder").stdout).toBe(
      "There is no provider of glsa to remove.\n",
    );
  });
});

/** What the page of troubleshooting quotes. */
describeEachEngine("an installation that does not work", (engine) => {
  const declared = (source: string) => `terraform {
  required_providers {
    glsa = { source = "${source}" }
  }
}

resource "glsa_service_account" "a" {
  group    = "a"
  username = "a"
}
`;
  const HERE = declared(PROVIDER_ADDRESS);
  /** Without the frame and the line ends that depend on the width. */
  const said = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
    `${stdout}${stderr}`.replace(/[│╷╵]/g, "").replace(/\s+/g, " ");

  test("without Node on PATH says what is missing", async () => {
    const work = workspace(engine, { "main.tf": HERE }, { provider: glsaProvider() });
    await work.init();
    const run = await work.plan({ env: { PATH: "/nowhere" } });
    expect(said(run)).toContain("glsa needs Node 20.18 or later, and there is no node on PATH");
  });

  test("from nowhere ends in a question to the network", async () => {
    const work = workspace(engine, { "main.tf": HERE });
    work.write({ "engine.tfrc": "provider_installation {\n  direct {}\n}\n" });
    const run = await work.run(["init", "-input=false"]);
    expect(run.exitCode).toBe(1);
    expect(said(run)).toMatch(/[Cc]ould not connect to glsa\.internal/);
  });

  test("with another package than the lock file knows is refused", async () => {
    const lock = `provider "${PROVIDER_ADDRESS}" {\n  version = "${VERSION}"\n  hashes  = ["h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]\n}\n`;
    const files = { "main.tf": HERE, ".terraform.lock.hcl": lock };
    const work = workspace(engine, files, { provider: glsaProvider() });
    const run = await work.run(["init", "-input=false"]);
    expect(run.exitCode).toBe(1);
    expect(said(run)).toMatch(/match any of the checksums/);
  });

  test("accepts the lock entry that install prints", async () => {
    const printed = glsa("install", "--mirror", "mirror").stdout;
    const lock = printed.slice(printed.indexOf(`provider "${PROVIDER_ADDRESS}"`));
    const files = { "main.tf": HERE, ".terraform.lock.hcl": lock };
    const work = workspace(engine, files, { provider: glsaProvider() });
    succeeded(await work.run(["init", "-input=false", "-lockfile=readonly"]));
  });
});
