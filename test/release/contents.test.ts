import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFor, KINDS } from "../../.config/release/compile";
import { canRunReleases, TestRelease } from "../support/release";
import { describeInFullRun } from "../support/tier";
import { newKey } from "./signing-key";

const MEGABYTE = 1e6;
const NEEDS_KEY = /\.sig$|^registry\/|^hcp\/|^\.well-known\//;

const describeHere = canRunReleases ? describeInFullRun : describe.skip;

describeHere("a release", () => {
  let home: string;
  let first: TestRelease;
  let second: TestRelease;

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "glsa-key-"));
    first = new TestRelease();
    process.env["GLSA_SIGNING_KEY"] = newKey(home);
    second = new TestRelease();
    delete process.env["GLSA_SIGNING_KEY"];
  }, 300_000);

  afterAll(() => {
    for (const one of [first, second]) one?.remove();
    rmSync(home, { recursive: true, force: true });
  });

  test("is the same byte for byte in another folder, signatures left out", () => {
    const unsigned = filesIn(second.folder).filter((file) => !NEEDS_KEY.test(file));
    expect(unsigned).toEqual(filesIn(first.folder));
    for (const file of unsigned) {
      const equal = contentOf(first, file).equals(contentOf(second, file));
      expect([file, equal]).toEqual([file, true]);
    }
  });

  test("has checksums of all its files, which the key in the environment signs", () => {
    execFileSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], {
      cwd: second.folder,
    });
    const listed = second
      .read("SHA256SUMS")
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(66));
    const own = readdirSync(second.folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !/SHA256SUMS/.test(entry.name))
      .map(({ name }) => name);
    expect(listed).toEqual(own.sort());
    for (const file of readdirSync(second.folder).filter((name) => name.endsWith("SHA256SUMS"))) {
      const files = [join(second.folder, `${file}.sig`), join(second.folder, file)];
      execFileSync("gpg", ["--homedir", home, "--batch", "--verify", ...files], { stdio: "pipe" });
    }
  });

  test("tells in the SBOM of every package that is bundled, and each has its licence", async () => {
    const bundles = await Promise.all(KINDS.map((kind) => bundleFor(kind, home)));
    const packages = new Set(bundles.flatMap((bundle) => bundle.packages));
    const { components } = JSON.parse(sbomOf(first)) as {
      components: { name: string; licenses: unknown[] }[];
    };
    const names = components.map(({ name }) => name);
    expect(names.sort()).toEqual([...packages, "bun", "libc6", "go"].sort());
    const [zip = ""] = zipsOf(first).filter((name) => name.startsWith("terraform-provider-"));
    const inZip = bundles[KINDS.indexOf("terraform")]?.packages ?? [];
    const licences = execFileSync(
      "unzip",
      ["-p", join(first.folder, zip), "THIRD_PARTY_LICENSES.txt"],
      { encoding: "utf8" },
    );
    for (const name of inZip) expect(licences).toContain(`${name} `);
    for (const name of ["Bun 1", "GNU C Library", "Go ("]) expect(licences).toContain(name);
  });

  test("has a formula and a manifest that name the archives by their checksums", () => {
    const [line = ""] = first
      .read("SHA256SUMS")
      .split("\n")
      .filter((one) => / glsa_.*zip$/.test(one));
    const [sum = "", file = ""] = line.split("  ");
    expect(first.read("homebrew/glsa.rb")).toContain(`/${file}"\n      sha256 "${sum}"`);
    expect(JSON.parse(first.read("scoop/glsa.json"))).toMatchObject({ bin: "glsa.exe" });
  });

  test("has zips of at most 60 MB for engines, and 63 MB for the command", () => {
    for (const zip of zipsOf(first)) {
      const limit = zip.startsWith("glsa_") ? 63 : 60;
      expect(statSync(join(first.folder, zip)).size).toBeLessThanOrEqual(limit * MEGABYTE);
    }
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
}

function contentOf({ folder }: TestRelease, file: string): Buffer {
  return readFileSync(join(folder, file));
}

function zipsOf({ folder }: TestRelease): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".zip"));
}

function sbomOf(release: TestRelease): string {
  const name = readdirSync(release.folder).find((file) => file.endsWith(".cdx.json"));
  return release.read(name ?? "");
}
