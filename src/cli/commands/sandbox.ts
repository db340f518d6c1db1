import { Command, Option } from "commander";
import { writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import type { EstateSeed, Locale, Sandbox } from "../../sandbox";
import { LOCALES, TIERS, VERSIONS } from "../../sandbox/options";
import { parseSeed } from "../../sandbox/seed/sizes";
import { invalidOption } from "../invalid-option";

interface SandboxArguments {
  readonly port: number;
  readonly json: boolean;
  readonly gitlabVersion: (typeof VERSIONS)[number];
  readonly tier: (typeof TIERS)[number];
  readonly now?: string;
  readonly data?: string;
  readonly seed?: EstateSeed | true;
  readonly tls?: string | true;
  readonly locale: Locale;
  readonly requestLog?: number;
}

const defaultCaFile = "sandbox-ca.pem";

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
    .option("--data <file>", "keep everything in this file from one run to the next")
    .option(
      "--seed [estate]",
      "fill it with an estate: small, medium, large or sizes such as accounts=200,humans=40,seed=7",
      parseEstate,
    )
    .option(
      "--tls [file]",
      `serve HTTPS, and write the certificate to trust to this file (default: ${defaultCaFile})`,
    )
    .addOption(
      new Option("--locale <language>", "language of error messages")
        .choices(LOCALES)
        .default("en"),
    )
    .option("--request-log <number>", "number of requests that the log keeps", parseCount)
    .action(serve);
}

async function serve(options: SandboxArguments): Promise<void> {
  const { port, tier, now, data, locale, requestLog, gitlabVersion: version } = options;
  const tls = options.tls !== undefined;
  const seed = options.seed === true ? ("small" as const) : options.seed;
  const kept = { now, data, seed, requestLog };
  const { startSandbox } = await import("../../sandbox");
  const sandbox = await startSandbox({ port, tier, version, locale, tls, ...kept });
  keepHeapSmall();
  const caFile = options.tls === true ? defaultCaFile : options.tls;
  if (caFile !== undefined && sandbox.ca !== undefined) writeFileSync(caFile, sandbox.ca);
  const place = { caFile, data };
  process.stdout.write(options.json ? `${asJson(sandbox, place)}\n` : forReading(sandbox, place));
  const end = () => void sandbox.close().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

/**
 * A stand-in runs for days beside what it is tested with. Left alone, V8 keeps several times of what is alive; both
 * flags are looked at before each collection, so that they work in a process that runs already.
 */
function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=30");
}

interface Place {
  readonly caFile: string | undefined;
  readonly data: string | undefined;
}

function asJson({ url, token }: Sandbox, { caFile }: Place): string {
  return JSON.stringify({ url, token, ca_file: caFile });
}

function forReading({ url, token }: Sandbox, { caFile, data }: Place): string {
  return [
    `A stand-in GitLab is ready at ${url}`,
    data === undefined
      ? "It keeps everything in memory and forgets it when it ends (Ctrl-C)."
      : `It keeps everything in ${data} (end it with Ctrl-C).`,
    ...(caFile === undefined ? [] : [`Its clients must trust the certificate in ${caFile}.`]),
    "",
    `  export GITLAB_BASE_URL=${url}`,
    `  export GITLAB_TOKEN=${token}   # its administrator`,
    "",
  ].join("\n");
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw invalidOption("It must be a whole number from 0 to 65535.");
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw invalidOption("It must be a whole number.");
}

function parseEstate(text: string): EstateSeed {
  try {
    return parseSeed(text);
  } catch (error) {
    throw invalidOption(error instanceof Error ? error.message : String(error));
  }
}

function parseTime(text: string): string {
  if (!Number.isNaN(Date.parse(text))) return text;
  throw invalidOption("It must be a time such as 2027-01-31T12:00:00Z.");
}
