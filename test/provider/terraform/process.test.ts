import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { createSelfSignedCertificate } from "../../../src/provider/terraform/certificate";
import { describeEachEngine, succeeded } from "../../support/engine";
import { fixtureExecutable, fixtureWorkspace, removeFixtures } from "../fixture/workspace";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

let folder: string;
/** Where the provider runs, and so where the fixture's store lies. */
let workFolder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugin-test-"));
  workFolder = mkdtempSync(join(tmpdir(), "plugin-test-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const made of [folder, workFolder]) rmSync(made, { recursive: true, force: true });
});
afterAll(removeFixtures);

/** The provider by itself, with its sockets below `folder`. */
function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_"));
  const child = spawn(process.execPath, [fixtureExecutable(), ...args], {
    cwd: workFolder,
    env: { ...Object.fromEntries(outer), TMPDIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout as NodeJS.EventEmitter, "data")) as [Buffer];
  return chunk.toString().trim();
}

async function until(isTrue: () => boolean, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (isTrue()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return isTrue();
}

describe("the plugin's process", () => {
  test("says what it is, in one line, to whoever runs it by hand", async () => {
    const child = start([], {});
    let text = "";
    child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(1);
    expect(text).toMatch(/^This is the fixture provider[^\n]*\n$/);
  });

  test("offers a socket that only the peer with the right certificate can use", async () => {
    const peer = createSelfSignedCertificate();
    const child = start([], {
      TF_PLUGIN_MAGIC_COOKIE: COOKIE,
      PLUGIN_CLIENT_CERT: peer.certificatePem,
    });
    const [core, protocol, network, socket, kind, certificate = ""] = (
      await firstLine(child)
    ).split("|");
    expect([core, protocol, network, kind]).toEqual(["1", "6", "unix", "grpc"]);
    expect(certificate).not.toContain("=");

    const der = Buffer.from(certificate, "base64").toString("base64");
    const pem = `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`;
    const options = { path: socket, ca: pem, servername: "localhost", ALPNProtocols: ["h2"] };
    const known = connect({ ...options, key: peer.privateKeyPem, cert: peer.certificatePem });
    await once(known, "secureConnect");
    expect(known.authorized).toBe(true);
    known.destroy();

    const stranger = connect({ ...options, minVersion: "TLSv1.2", maxVersion: "TLSv1.2" });
    await expect(once(stranger, "secureConnect")).rejects.toThrow();
  });

  test("leaves Ctrl-C and the end of a cancelled pipeline to the engine", async () => {
    const child = start([], { TF_PLUGIN_MAGIC_COOKIE: COOKIE });
    const socket = (await firstLine(child)).split("|")[3] ?? "";
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      child.kill(signal);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(child.exitCode).toBeNull();
      expect(child.signalCode).toBeNull();
      expect(existsSync(socket)).toBe(true);
    }
    child.kill("SIGKILL");
    await once(child, "close");
  });
});

describe("a plugin whose engine is gone", () => {
  const env = { PATH: process.env["PATH"], TF_PLUGIN_MAGIC_COOKIE: COOKIE };
  const isRunning = (pid: number) => {
    try {
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  };

  test("before the plugin first looked ends, whoever has become its parent", async () => {
    const pid = join(workFolder, "pid");
    const script = `"${process.execPath}" "${fixtureExecutable()}" & echo $! >"${pid}"`;
    const options = { env: { ...env, TMPDIR: folder }, cwd: workFolder, detached: true } as const;
    const engine = spawn("sh", ["-c", script], options);
    await once(engine, "exit");
    const plugin = Number(readFileSync(pid, "utf8"));
    expect(await until(() => !isRunning(plugin), 5000)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("before it could be told where the plugin is reached ends", async () => {
    const child = start([], env);
    child.stdout?.destroy();
    expect(await until(() => child.exitCode !== null, 5000)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describeEachEngine("beside an engine", (engine) => {
  const THING = 'resource "fixture_thing" "a" {\n  name = "a"\n}\n';

  test("an attached provider serves one run after another", async () => {
    const work = fixtureWorkspace(engine, THING);
    const child = start(["--debug"], {});
    const [, reattach] = /^TF_REATTACH_PROVIDERS='(.*)'$/.exec(await firstLine(child)) ?? [];
    const env = { TF_REATTACH_PROVIDERS: reattach };
    succeeded(await work.apply({ env }));
    succeeded(await work.destroy({ env }));
    expect(child.exitCode).toBeNull();
    child.kill("SIGINT");
    await once(child, "close");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("leaves no process and no socket after a run", async () => {
    const work = fixtureWorkspace(engine, THING);
    succeeded(await work.apply());
    expect(work.providerProcesses()).toEqual([]);
    expect(work.temporaryFiles()).toEqual([]);
  });

  test("tells the provider to stop, and keeps what it still finished", async () => {
    const work = fixtureWorkspace(engine, THING.replace("}", '  fail = "wait"\n}'));
    const run = work.start(["apply", "-auto-approve", "-input=false"]);
    await run.printed("Creating...");
    run.interrupt();
    expect((await run.finished).stdout).toContain("Creation complete");
    expect(await work.resource("fixture_thing.a")).toBeDefined();
  });

  test("leaves no process and no socket when the engine is killed", async () => {
    const work = fixtureWorkspace(engine, THING.replace("}", '  fail = "wait"\n}'));
    const run = work.start(["apply", "-auto-approve", "-input=false"]);
    await run.printed("Creating...");
    expect(work.providerProcesses()).toHaveLength(1);
    run.kill();
    await run.finished.catch(() => undefined);
    expect(await until(() => work.providerProcesses().length === 0, 2_000)).toBe(true);
    expect(work.temporaryFiles()).toEqual([]);
  });
});
