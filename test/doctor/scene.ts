import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { runGlsa } from "../cli/run-glsa";
import { succeeded, workspace, type Engine, type Workspace } from "../support/engine";
import { glsaProvider } from "../support/glsa";
import { TestGitLab } from "../support/gitlab";

export interface Finding {
  readonly check: string;
  readonly status: "fine" | "warning" | "fault";
  readonly code: string | null;
  readonly what: string;
  readonly remedy: string | null;
}

export interface Diagnosis {
  readonly code: number;
  readonly findings: readonly Finding[];
  readonly skipped: readonly { readonly check: string; readonly because: string }[];
  readonly stdout: string;
}

/** How one set-up differs from the working one; undefined takes a variable away. */
export interface Look {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly parameters?: readonly string[];
  readonly input?: string;
}

/** A working set-up: an Owner's token, an initialised folder whose state a project keeps, a token that is delivered. */
export class Scene {
  private readonly undone: (() => void | Promise<void>)[] = [];

  private constructor(
    readonly gitlab: TestGitLab,
    readonly ids: { readonly platform: number; readonly apps: number; readonly charts: number },
    readonly token: string,
    readonly work: Workspace,
    /** Only this engine and Node are in it. */
    readonly bin: string,
  ) {}

  static async make(engine: Engine, hcl: (folder: string) => string = declared): Promise<Scene> {
    const gitlab = await TestGitLab.start();
    const ids = await gitlab.platform();
    const token = await gitlab.groupOwner(ids.platform);
    const env = {
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: token,
      ...backend(gitlab, ids, token),
    };
    const provider = ownProvider();
    const work = workspace(engine, { "provider.tf": PROVIDER }, { provider, env });
    work.write({ "main.tf": hcl(work.folder) });
    const bin = join(work.folder, "bin");
    mkdirSync(bin);
    symlinkSync(engine.binary, join(bin, engine.name));
    symlinkSync(process.execPath, join(bin, "node"));
    await work.init();
    succeeded(await work.apply());
    return new Scene(gitlab, ids, token, work, bin);
  }

  get folder(): string {
    return this.work.folder;
  }

  /** Looks by the built command. */
  async look({ env = {}, parameters = [], input }: Look = {}): Promise<Diagnosis> {
    const given = {
      ...this.work.environment(),
      PATH: [this.bin, "/usr/bin", "/bin"].join(delimiter),
    };
    const wanted: NodeJS.ProcessEnv = {
      ...given,
      NODE_EXTRA_CA_CERTS: "",
      SSL_CERT_FILE: "",
      ...env,
    };
    const job = Object.fromEntries(
      Object.entries(wanted).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ) as Record<string, string>;
    const run = { cwd: this.folder, job, ...(input !== undefined && { input }) };
    const { code, stdout, stderr } = await runGlsa(["doctor", "--json", ...parameters], run);
    if (!stdout.startsWith("{")) throw new Error(`${code}: ${stderr}${stdout}`);
    if (/glpat-\w/.test(stdout + stderr)) throw new Error("a token is in the output");
    return { ...(JSON.parse(stdout) as Diagnosis), code, stdout };
  }

  /** Something that the scene's end or `mend` takes back. */
  undo(how: () => void | Promise<void>): void {
    this.undone.push(how);
  }

  async mend(): Promise<void> {
    for (const how of this.undone.splice(0).reverse()) await how();
  }

  write(path: string, text: string | Buffer, mode?: number): void {
    const file = join(this.folder, path);
    const before = existsSync(file) ? readFileSync(file) : undefined;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (mode !== undefined) chmodSync(file, mode);
    this.undo(() => (before === undefined ? rmSync(file) : writeFileSync(file, before)));
  }

  moveAway(path: string): void {
    const file = join(this.folder, path);
    renameSync(file, `${file}.away`);
    this.undo(() => renameSync(`${file}.away`, file));
  }

  /** GitLab's answer to one route, each time. */
  async answers(route: string, status: number, body: unknown): Promise<void> {
    const fault = { route, times: null, effect: { kind: "status", status, body } };
    await this.gitlab.control("POST", "faults", { faults: [fault] });
    this.undo(() => this.gitlab.control("DELETE", "faults"));
  }

  async close(): Promise<void> {
    await this.mend();
    await this.gitlab.close();
  }
}

const PROVIDER = `terraform {
  required_providers {
    glsa = { source = "glsa.internal/glsa/glsa" }
  }
  backend "http" {}
}

provider "glsa" {
  stack = "test"
}
`;

function declared(folder: string): string {
  return `resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
  name     = "Bot"
}
resource "glsa_membership" "charts" {
  service_account_id = glsa_service_account.bot.id
  project            = "platform/charts"
  role               = "developer"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name               = "ci"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "CI_TOKEN"
    }
  }
  deliver_to {
    file {
      path = "${folder}/token"
    }
  }
}
`;
}

/** The state, kept by the project. */
export function backend(gitlab: TestGitLab, ids: { readonly charts: number }, token: string) {
  const state = `${gitlab.url}/api/v4/projects/${ids.charts}/terraform/state/doctor`;
  return {
    TF_HTTP_ADDRESS: state,
    TF_HTTP_LOCK_ADDRESS: `${state}/lock`,
    TF_HTTP_LOCK_METHOD: "POST",
    TF_HTTP_UNLOCK_ADDRESS: `${state}/lock`,
    TF_HTTP_UNLOCK_METHOD: "DELETE",
    TF_HTTP_USERNAME: "glsa",
    TF_HTTP_PASSWORD: token,
  };
}

/** A copy, since tests take away what makes it work. */
function ownProvider() {
  const provider = glsaProvider();
  const mirror = realpathSync(mkdtempSync(join(tmpdir(), "glsa-doctor-")));
  cpSync(provider.mirror, mirror, { recursive: true });
  return { ...provider, mirror, folder: provider.folder.replace(provider.mirror, mirror) };
}
