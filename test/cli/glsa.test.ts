import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { engines, succeeded } from "../support/engine";
import { packageVersion, PROVIDER_ADDRESS } from "../support/glsa";

const GLSA = resolve(__dirname, "../../dist/bin/glsa.js");
const PULUMI_PROVIDER = resolve(__dirname, "../../dist/bin/pulumi-resource-glsa.js");

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-cli-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("glsa sandbox", () => {
  test("prints one line of JSON when it is ready, serves, and ends when told to", async () => {
    const child = spawn(process.execPath, [GLSA, "sandbox", "--seed", "--json"]);
    const line = await new Promise<string>((ready) =>
      child.stdout.once("data", (chunk: Buffer) => ready(chunk.toString())),
    );
    const { url, token } = JSON.parse(line) as { url: string; token: string };
    const answer = await fetch(`${url}/api/v4/user`, { headers: { "private-token": token } });
    expect(await answer.json()).toMatchObject({ username: "root", is_admin: true });
    const overview = await fetch(`${url}/-/sandbox/overview`);
    expect(await overview.json()).toMatchObject({ totals: { groups: 8, projects: 24 } });
    const ended = new Promise<number | null>((done) => child.once("exit", done));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test.each([
    ["--gitlab-version", "12.0", "Allowed choices are 17.11"],
    ["--seed", "huge", 'A seed has no "huge". It is made of small, medium, large'],
  ])("refuses %s %s, and tells what there is", (option, value, message) => {
    const refused = spawnSync(process.execPath, [GLSA, "sandbox", option, value], {
      encoding: "utf8",
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(message);
  });
});

describe("glsa install", () => {
  test.each(engines().map((engine) => [engine.name, engine.binary]))(
    "puts the provider where %s finds it by itself, with what it prints to write",
    (_, binary) => {
      const printed = execFileSync(
        process.execPath,
        [GLSA, "install", "--for", "folder", "--folder", folder],
        { encoding: "utf8" },
      );
      const block = printed.slice(printed.indexOf("  terraform {"), printed.indexOf("Then run"));
      writeFileSync(join(folder, "main.tf"), block);
      const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
      const init = spawnSync(binary, ["init", "-no-color"], { cwd: folder, env, encoding: "utf8" });
      expect(init.stdout).toContain(`Installed ${PROVIDER_ADDRESS} v${packageVersion()}`);
      succeeded({ exitCode: init.status, stdout: init.stdout, stderr: init.stderr });
    },
  );

  test("serves every platform with the same bytes, also when npm's link starts it", () => {
    const link = join(folder, "glsa");
    symlinkSync(GLSA, link);
    execFileSync(link, ["install", "--for", "folder", "--folder", folder]);
    const root = join(folder, "terraform.d/plugins", PROVIDER_ADDRESS, packageVersion());
    const sizes = readdirSync(root).map((platform) => {
      const [name = ""] = readdirSync(join(root, platform));
      return statSync(join(root, platform, name)).size;
    });
    expect(sizes.length).toBe(4);
    expect(new Set(sizes).size).toBe(1);
  });

  test.each([
    ["the plugin folder", "terraform.d"],
    ["a folder in it", `terraform.d/plugins/${PROVIDER_ADDRESS.split("/")[0]}`],
    ["the version's folder", `terraform.d/plugins/${PROVIDER_ADDRESS}/${packageVersion()}`],
  ])("writes nothing where %s is a link that somebody else laid", (_, name) => {
    const [elsewhere, project] = [join(folder, "elsewhere"), join(folder, "project")];
    mkdirSync(elsewhere);
    mkdirSync(join(project, name, ".."), { recursive: true });
    symlinkSync(elsewhere, join(project, name));
    const args = [GLSA, "install", "--for", "folder", "--folder", project];
    const refused = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`${join(project, name)} is a symbolic link`);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test("replaces a file that is a link, and leaves what it leads to", () => {
    const name = `terraform-provider-glsa_v${packageVersion()}`;
    const place = join(
      folder,
      "terraform.d/plugins",
      PROVIDER_ADDRESS,
      packageVersion(),
      "linux_amd64",
    );
    mkdirSync(place, { recursive: true });
    writeFileSync(join(folder, "own"), "own");
    for (const link of [name, `${name}.new`]) symlinkSync(join(folder, "own"), join(place, link));
    execFileSync(process.execPath, [GLSA, "install", "--for", "folder", "--folder", folder]);
    expect(readFileSync(join(folder, "own"), "utf8")).toBe("own");
    expect(lstatSync(join(place, name)).isFile()).toBe(true);
  });

  test("for Pulumi prints the entry of Pulumi.yaml, and installs nothing", () => {
    const links = join(folder, "node_modules/.bin");
    mkdirSync(links, { recursive: true });
    symlinkSync(PULUMI_PROVIDER, join(links, "pulumi-resource-glsa"));
    const install = (...more: string[]) =>
      execFileSync(process.execPath, [GLSA, "install", "--pulumi", "--folder", folder, ...more], {
        encoding: "utf8",
      });
    expect(install()).toContain(
      'plugins:\n  providers:\n    - name: glsa\n      path: "./node_modules/.bin"\n',
    );
    expect(JSON.parse(install("--json"))).toEqual({
      plugins: { providers: [{ name: "glsa", path: "./node_modules/.bin" }] },
    });
    expect(readdirSync(folder)).toEqual(["node_modules"]);
  });

  test("for Pulumi says what is missing where the project has no glsa", () => {
    const refused = spawnSync(process.execPath, [GLSA, "install", "--pulumi", "--folder", folder], {
      encoding: "utf8",
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(`Run npm install glsa in ${folder}.`);
  });

  test("for the user goes to the folders of both engines", () => {
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: "" };
    const { files } = JSON.parse(
      execFileSync(process.execPath, [GLSA, "install", "--json"], { env, encoding: "utf8" }),
    ) as { files: string[] };
    expect(
      files.some((file) => file.startsWith(join(folder, ".terraform.d/plugins/glsa.internal"))),
    ).toBe(true);
    expect(
      files.some((file) =>
        file.startsWith(join(folder, ".local/share/opentofu/plugins/glsa.internal")),
      ),
    ).toBe(true);
  });
});
