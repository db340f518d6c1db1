/** From an empty folder to the first plan by the commands of docs/quick-start.md, with what is packed. */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import type { AddressInfo } from "node:net";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { zip } from "../../.config/release/archives";
import { templateEntries } from "../../.config/release/templates";
import { findPulumi } from "../../examples/demo/pulumi-engine";
import { makePlatform, Rest } from "../../examples/demo/rest";
import { startSandbox, type Sandbox } from "../../src/sandbox";
import { engines } from "../support/engine";
import { packageVersion } from "../support/glsa";
import { packGlsa } from "../support/packed";
import { describeInFullRun } from "../support/tier";

/** Not the synchronous form: the stand-in answers from this same process. */
const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../..");
const PAGE = readFileSync(join(REPOSITORY, "docs/quick-start.md"), "utf8");
const MOST_COMMANDS = 6;
/** Most of it is what npm takes to install. */
const MINUTES_10 = 600_000;
/** CDK Terrain's command line needs a newer one than glsa. */
const NODE = "22.23.3";
/** What the command lines would ask for. */
const ANSWERS =
  " --project-name=platform --project-description=accounts --enable-crash-reporting=false";
/** And what they would ask for their own template alone. */
const NO_OTHER_PROJECT = " --from-terraform-project=false";

let home: string;
let packed: string;
let gitlab: Sandbox;
let templates: Server;
let templatesUrl: string;

/** The blocks of one language below a heading of the page. */
function blocks(heading: string, language: string): string[] {
  const [, section = ""] = PAGE.split(`\n### ${heading}\n`);
  const [own = ""] = section.split("\n### ");
  return [...own.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, text = ""]) => text,
  );
}

function commandsOf(heading: string): string[] {
  return blocks(heading, "sh").flatMap((text) => text.trim().split("\n"));
}

/** The commands in the table of templates. */
function commandsOfTemplate(framework: string): string[] {
  const [row = ""] = new RegExp(`^\\| ${framework} +\\| .*\`.*$`, "m").exec(PAGE) ?? [];
  return [...row.matchAll(/`([^`]+)`/g)].map(([, command = ""]) => command);
}

/** One project: its folder, and how commands of the page run in it. */
class Project {
  readonly folder: string;

  constructor(
    name: string,
    private readonly path: readonly string[] = [],
  ) {
    this.folder = join(home, name);
    mkdirSync(this.folder);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Returns what the last one printed. */
  async run(commands: readonly string[]): Promise<string> {
    let printed = "";
    for (const command of commands) printed = await this.runOne(command);
    return printed;
  }

  private async runOne(command: string): Promise<string> {
    const here = command
      .replace(/^(npx cdkt\w-cli@\S+ init .*)$/, `$1${ANSWERS}`)
      .replace(/ --template=typescript /, (template) => `${template.trimEnd()}${NO_OTHER_PROJECT} `)
      .replace(/^npm install glsa/, `npm install --prefer-offline --no-audit --no-fund ${packed}`)
      .replace(/^npx cdktf-cli@0.21 /, `${join(REPOSITORY, "node_modules/.bin/cdktf")} `)
      .replace("URL/", `${templatesUrl}/`)
      .replace("VERSION", packageVersion())
      .replace(/^(pulumi new .*)$/, "$1 --yes --name templated --stack dev");
    try {
      const { stdout } = await execute("bash", ["--norc", "-euc", `${here} </dev/null`], {
        timeout: 300_000,
        cwd: this.folder,
        env: this.environment(),
        maxBuffer: 1e8,
      });
      return stdout;
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(`${here} failed.\n${stdout}\n${stderr}`);
    }
  }

  private environment(): NodeJS.ProcessEnv {
    const [engine] = engines();
    const own = Object.entries(process.env).filter(([name]) => !/^(npm|PULUMI|TF)_/i.test(name));
    return {
      ...Object.fromEntries(own),
      PATH: [...this.path, process.env["PATH"]].join(delimiter),
      ...(engine && { TERRAFORM_BINARY_NAME: engine.binary }),
      HOME: join(home, "user"),
      npm_config_cache: execFileSync("npm", ["config", "get", "cache"], {
        encoding: "utf8",
      }).trim(),
      CHECKPOINT_DISABLE: "1",
      PULUMI_BACKEND_URL: `file://${home}/user`,
      PULUMI_CONFIG_PASSPHRASE: "correct horse",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: gitlab.token,
    };
  }
}

/** The last command is the one before which the program is written. */
function parts(commands: readonly string[]): { before: string[]; last: string[] } {
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.length).toBeLessThanOrEqual(MOST_COMMANDS);
  return { before: commands.slice(0, -1), last: commands.slice(-1) };
}

/** Serves the templates of a release, which here take the packed glsa. */
async function serveTemplates(): Promise<Server> {
  const names = ["cdktf", "cdktn", "pulumi"];
  const files = new Map<string, Buffer>();
  for (const name of names) {
    const entries = templateEntries(name).map((entry) => {
      const text = entry.content.toString().replace(/("glsa": )"[^"]+"/, `$1"file:${packed}"`);
      return { ...entry, content: Buffer.from(text) };
    });
    files.set(`/template-${name}_${packageVersion()}.zip`, await zip(entries));
  }
  const server = createServer((request, response) => {
    const found = files.get(request.url ?? "");
    response.writeHead(found === undefined ? 404 : 200).end(found);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** The folder of a newer Node from the registry. */
async function newerNode(): Promise<string> {
  const folder = join(home, "node");
  mkdirSync(folder);
  const spec = `node-${process.platform}-${process.arch}@${NODE}`;
  await execute("npm", ["pack", "--silent", "--pack-destination", folder, spec]);
  await execute("bash", ["-c", "tar -xzf *.tgz"], { cwd: folder });
  return join(folder, "package/bin");
}

describeInFullRun("a fresh project", () => {
  jest.setTimeout(MINUTES_10);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "glsa-fresh-"));
    mkdirSync(join(home, "user"));
    packed = await packGlsa(home);
    templates = await serveTemplates();
    templatesUrl = `http://127.0.0.1:${(templates.address() as AddressInfo).port}`;
    gitlab = await startSandbox({ now: "2026-06-01T08:00:00Z" });
    await makePlatform(new Rest(gitlab.url, gitlab.token));
  });

  afterAll(async () => {
    templates.closeAllConnections();
    templates.close();
    await gitlab.close();
    rmSync(home, { recursive: true, force: true });
  });

  test("in plain HCL is planned", async () => {
    const [engine] = engines();
    const [part = ""] = PAGE.split("\n## 5.");
    const hcl = /^```hcl\n(.*?)^```$/ms.exec(part)?.[1] ?? "";
    const all = [...part.matchAll(/^(npm install glsa|npx glsa install .*|terraform init)$/gm)];
    const commands = [...all.map(([command]) => command), "terraform plan"];
    const bin = join(home, "bin");
    mkdirSync(bin);
    execFileSync("ln", ["-s", engine?.binary ?? "", join(bin, "terraform")]);
    const project = new Project("hcl", [bin]);
    project.write("main.tf", hcl);
    expect(commands).toHaveLength(4);
    expect(await project.run(commands)).toContain("3 to add");
  });

  test("of cdktf init is planned", async () => {
    const { before, last } = parts(commandsOf("CDKTF"));
    const project = new Project("cdktf");
    await project.run(before);
    project.write("main.ts", blocks("CDKTF", "ts").join(""));
    expect(await project.run(["npx tsc --noEmit", ...last])).toContain("3 to add");
  });

  test("of glsa's template for cdktf init is planned", async () => {
    const { before, last } = parts(commandsOfTemplate("CDKTF"));
    const project = new Project("cdktf-template");
    expect(await project.run([...before, "npm run build", ...last])).toContain("3 to add");
  });

  test("of CDK Terrain is planned, and of glsa's template", async () => {
    const node = await newerNode();
    const { before, last } = parts(commandsOf("CDK Terrain"));
    const project = new Project("cdktn", [node]);
    await project.run(before);
    project.write("main.ts", blocks("CDKTF", "ts").join("").replaceAll('cdktf"', 'cdktn"'));
    expect(await project.run(["npx tsc --noEmit", ...last])).toContain("3 to add");

    const commands = parts(commandsOfTemplate("CDK Terrain"));
    const template = new Project("cdktn-template", [node]);
    const all = [...commands.before, "npm run build", ...commands.last];
    expect(await template.run(all)).toContain("3 to add");
  });

  test("as pulumi new leaves it is planned", async () => {
    const { before, last } = parts(commandsOf("Pulumi"));
    const project = new Project("pulumi", [join(findPulumi().binary, "..")]);
    // Its templates cannot be had from a registry: this is what `pulumi new typescript` leaves.
    project.write(
      "Pulumi.yaml",
      "name: platform\nruntime:\n  name: nodejs\n  options:\n    packagemanager: npm\n",
    );
    project.write(
      "package.json",
      JSON.stringify({
        name: "platform",
        main: "index.ts",
        devDependencies: { "@types/node": "^24", typescript: "^5.0.0" },
        dependencies: { "@pulumi/pulumi": "^3.113.0" },
      }),
    );
    const compilerOptions = {
      strict: true,
      outDir: "bin",
      target: "es2020",
      module: "nodenext",
      moduleResolution: "nodenext",
      sourceMap: true,
    };
    project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["index.ts"] }));
    await project.run(["pulumi stack init dev"]);
    const [first, ...rest] = before;
    expect(first).toBe("pulumi new typescript");
    const entry = (await project.run(rest)).replace(/^Write into.*$|^Then run.*$/gm, "");
    const settings = readFileSync(join(project.folder, "Pulumi.yaml"), "utf8");
    project.write("Pulumi.yaml", settings + entry);
    project.write("index.ts", blocks("Pulumi", "ts").join(""));
    expect(await project.run(["npx tsc --noEmit", ...last])).toContain("to create");
  });

  test("of glsa's template for pulumi new is planned", async () => {
    const commands = commandsOfTemplate("Pulumi");
    const project = new Project("pulumi-template", [join(findPulumi().binary, "..")]);
    const { before, last } = parts(commands);
    const folder = join(home, "template-pulumi");
    mkdirSync(folder);
    const zipped = await fetch(`${templatesUrl}/template-pulumi_${packageVersion()}.zip`);
    writeFileSync(`${folder}.zip`, Buffer.from(await zipped.arrayBuffer()));
    execFileSync("unzip", ["-q", `${folder}.zip`, "-d", folder]);
    await project.run(before.map((command) => command.replace(/URL\S+/, folder)));
    expect(await project.run(["npx tsc --noEmit", ...last])).toContain("to create");
  });
});
