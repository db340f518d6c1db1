import { spawn, type ChildProcess } from "node:child_process";
import { GLSA } from "../cli/run-glsa";
import { scriptedServer } from "../support/scripted-server";

interface Run {
  readonly cwd: string;
  readonly input: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Passes requests on to a GitLab, but kills the run that sends them once it has answered so many: the last one takes
 * effect, and the run never hears of it.
 */
export async function startKiller(target: string, count: number) {
  let child: ChildProcess | undefined;
  const server = await scriptedServer((request, response, number) => {
    void (async () => {
      const answer = await fetch(`${target}${request.url}`, {
        method: request.method,
        headers: passedOn(request.headers),
        ...(request.body !== "" && { body: request.body }),
      });
      if (number >= count) return void child?.kill("SIGKILL");
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  return {
    url: server.url,
    close: () => server.close(),
    run: (parameters: readonly string[], { cwd, input, env }: Run): Promise<void> => {
      const { PATH } = process.env;
      const started = spawn(process.execPath, [GLSA, ...parameters], {
        cwd,
        env: { PATH, ...env },
        stdio: ["pipe", "ignore", "ignore"],
      });
      child = started;
      started.stdin.end(input);
      return new Promise((done) => {
        started.on("close", () => done());
      });
    },
  };
}

function passedOn(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const own = ["host", "connection", "content-length", "transfer-encoding", "accept-encoding"];
  const entries = Object.entries(headers).filter(([name]) => !own.includes(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
