import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  cleanUpWorkspaces,
  describeEnginesInTurn,
  NO_CHANGES,
  succeeded,
} from "../../support/engine";
import { TestGitLab } from "../../support/gitlab";
import { glsaProvider, packageVersion, stack } from "../../support/glsa";

/** The provider then takes the paths of Windows; the engine and the machine stay what they are. */
const AS_ON_WINDOWS = 'Object.defineProperty(process, "platform", { value: "win32" });\n';

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** What the provider says to an engine that starts it. */
async function handshake(env: NodeJS.ProcessEnv): Promise<string> {
  const program = join(glsaProvider().folder, `terraform-provider-glsa_v${packageVersion()}`);
  const child = spawn(program, [], {
    env: { ...process.env, ...env, TF_PLUGIN_MAGIC_COOKIE: COOKIE },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGKILL");
  return line.toString();
}

let gitlab: TestGitLab;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
});

afterEach(async () => {
  cleanUpWorkspaces();
  await gitlab.close();
});

describeEnginesInTurn("where sockets have no path", (engine) => {
  test("the provider is reached at a port of this machine", async () => {
    const { id } = await gitlab.call<{ id: number }>("POST", "/groups", { name: "a", path: "a" });
    const hcl = `resource "glsa_service_account" "a" {\n  group    = "a"\n  username = "a-bot"\n}\n`;
    const work = stack(engine, gitlab, hcl);
    work.write({ "windows.js": AS_ON_WINDOWS });
    const env = { NODE_OPTIONS: `--require ${work.folder}/windows.js` };
    succeeded(await work.apply({ env }));
    expect((await work.plan({ env })).exitCode).toBe(NO_CHANGES);
    expect(await handshake(env)).toMatch(/^1\|6\|tcp\|127\.0\.0\.1:\d+\|grpc\|/);
    expect(await gitlab.call("GET", `/groups/${id}/service_accounts`)).toHaveLength(1);
  });
});
