import { Command, InvalidArgumentError, Option } from "commander";
import { startSandbox, VERSIONS, TIERS, type Sandbox } from "../../sandbox";

interface SandboxArguments {
  readonly port: number;
  readonly json: boolean;
  readonly gitlabVersion: (typeof VERSIONS)[number];
  readonly tier: (typeof TIERS)[number];
  readonly now?: string;
}

/** `glsa sandbox`: the stand-in GitLab, until ended. */
export function sandboxCommand(): Command {
  return new Command("sandbox")
    .description("serve a stand-in GitLab on this machine, kept in memory, until ended")
    .option("--port <number>", "port to listen on; 0 takes a free one", parsePort, 0)
    .option("--json", "print one line of JSON when ready", false)
    .addOption(
      new Option("--gitlab-version <version>", "GitLab release to imitate")
        .choices(VERSIONS)
        .default("19.1"),
    )
    .addOption(
      new Option("--tier <tier>", "subscription to imitate").choices(TIERS).default("ultimate"),
    )
    .option("--now <time>", "where its clock starts (ISO 8601)", parseTime)
    .action(serve);
}

async function serve(options: SandboxArguments): Promise<void> {
  const { port, tier, now, gitlabVersion: version } = options;
  const sandbox = await startSandbox({ port, tier, version, ...(now !== undefined && { now }) });
  process.stdout.write(options.json ? `${asJson(sandbox)}\n` : forReading(sandbox));
  const end = () => void sandbox.close().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

function asJson({ url, token }: Sandbox): string {
  return JSON.stringify({ url, token });
}

function forReading({ url, token }: Sandbox): string {
  return [
    `A stand-in GitLab is ready at ${url}`,
    "It keeps everything in memory and forgets it when it ends (Ctrl-C).",
    "",
    `  export GITLAB_BASE_URL=${url}`,
    `  export GITLAB_TOKEN=${token}   # its administrator`,
    "",
  ].join("\n");
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}

function parseTime(text: string): string {
  if (!Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError("It must be a time such as 2027-01-31T12:00:00Z.");
}
