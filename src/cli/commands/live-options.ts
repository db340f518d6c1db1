import { resolve } from "node:path";
import { type Command } from "commander";
import { Pass, type Cost, type Picture, type WantedScope } from "../../estate";
import { baseUrlProblem, DEFAULT_BASE_URL, GitLab } from "../../gitlab";
import { progressBar } from "../progress-bar";
import { VERSION } from "../version";
import { CodedError } from "../../model/code";
import { invalidOption } from "../invalid-option";
import type { StateAccess } from "../read-states";

/** How commands that look at a live GitLab are told which, how far, and at what cost. */
export interface LiveArguments {
  readonly group?: string;
  readonly project?: string;
  readonly baseUrl?: string;
  readonly caFile?: string;
  readonly variables: boolean;
  readonly shares?: boolean;
  readonly maxRequests?: number;
  readonly dryRun: boolean;
}

/** @param withVariables whether the command can make anything of them */
export function withLiveOptions(command: Command, withVariables = true): Command {
  const scoped = command
    .option("--group <path>", "only this group and everything below it; an Owner's token is enough")
    .option("--project <path>", "only this project; a Maintainer's token is enough")
    .option("--base-url <url>", "address of the instance (default: GITLAB_BASE_URL)")
    .option("--ca-file <file>", "certificates to trust in addition to the system's")
    .option("--max-requests <number>", "maximum number of requests", parseCount)
    .option("--dry-run", "print the cost, and send nothing else", false);
  if (!withVariables) return scoped;
  return scoped
    .option(
      "--no-variables",
      "leave CI/CD variables out, which cost a page for each group and project",
    )
    .option("--shares", "look at invited groups too, which costs a request for each group", false);
}

/** The instance and the token to ask it with. */
export interface LiveAccess {
  readonly baseUrl: string;
  readonly token: string;
  readonly caFile: string | undefined;
}

export function liveBaseUrl(written: string | undefined): string {
  const baseUrl = written ?? process.env["GITLAB_BASE_URL"] ?? process.env["CI_SERVER_URL"];
  if (!baseUrl)
    throw new CodedError("missing-base-url", "Say which instance: --base-url, or GITLAB_BASE_URL.");
  const problem = baseUrlProblem(baseUrl);
  if (problem !== undefined)
    throw new CodedError("unusable-base-url", `The address is not usable. ${problem}`);
  return baseUrl;
}

/** The token of this run. */
export function givenToken(): string | undefined {
  return process.env["GITLAB_TOKEN"]?.trim() || undefined;
}

/** For commands that only read states: one that GitLab keeps itself is asked for with the run's token. */
export function stateAccess(): StateAccess {
  const { GITLAB_BASE_URL, CI_SERVER_URL } = process.env;
  const token = givenToken();
  const baseUrl = GITLAB_BASE_URL || CI_SERVER_URL || DEFAULT_BASE_URL;
  return {
    gitlab: token === undefined ? undefined : { baseUrl: liveBaseUrl(baseUrl), token },
    caFile: undefined,
  };
}

export function liveAccess({ baseUrl: written, caFile }: LiveArguments): LiveAccess {
  const baseUrl = liveBaseUrl(written);
  const token = givenToken();
  if (!token) {
    throw new CodedError(
      "missing-token",
      "There is no token for GitLab. Set GITLAB_TOKEN: for the whole instance an administrator's with the scopes read_api and admin_mode, for a group an Owner's with the scope read_api.",
    );
  }
  return { baseUrl, token, caFile: caFile === undefined ? undefined : resolve(caFile) };
}

/** A client of the instance; by default with the token to look with. */
export function clientOf(
  options: LiveArguments,
  { token: otherToken, maxRequests }: { readonly token?: string; readonly maxRequests?: number },
): GitLab {
  const { token, ...access } = liveAccess(options);
  return clientWith({ ...access, token: otherToken || token }, maxRequests);
}

export function clientWith({ baseUrl, token, caFile }: LiveAccess, maxRequests?: number): GitLab {
  return new GitLab({
    baseUrl,
    token,
    userAgent: `glsa/${VERSION}`,
    caSetting: "--ca-file",
    ...(caFile !== undefined && { caFile }),
    ...(maxRequests !== undefined && { maxRequests }),
  });
}

/** Looks at the live GitLab; undefined where only the cost was asked for, which is then printed. */
export async function lookAtLive(options: LiveArguments): Promise<Picture | undefined> {
  const { maxRequests, variables: withVariables, shares: withShares = false, dryRun } = options;
  const gitlab = clientOf(options, maxRequests === undefined ? {} : { maxRequests });
  const ended = stopOnSignals(gitlab);
  try {
    const pass = await Pass.begin(gitlab, { scope: scopeOf(options), withVariables, withShares });
    if (dryRun) {
      process.stdout.write(costText(pass.cost, pass.sent));
      return undefined;
    }
    if (maxRequests !== undefined && pass.cost.total > maxRequests) {
      throw new CodedError(
        "too-many-requests",
        `It needs at least ${pass.cost.total} requests, and --max-requests allows ${maxRequests}. Raise it, or look at less: --group, --no-variables, without --shares.`,
      );
    }
    process.stderr.write(`About ${pass.cost.total} requests (--dry-run lists them).\n`);
    return await pass.picture(progressBar(() => pass.sent));
  } finally {
    ended();
    await gitlab.close();
  }
}

function scopeOf({ group, project }: LiveArguments): WantedScope {
  if (group !== undefined && project !== undefined) {
    throw new CodedError("exclusive-choices", "Give one of --group and --project.");
  }
  if (group !== undefined) return { kind: "group", path: group };
  return project === undefined ? { kind: "instance" } : { kind: "project", path: project };
}

export function costText({ parts, total }: Cost, sent: number): string {
  const rows = parts.map(
    ({ what, requests, isLeast }) =>
      `${String(requests).padStart(8)}  ${what}${isLeast ? " (at least)" : ""}`,
  );
  return [
    ...rows,
    `${String(total).padStart(8)}  requests in all, of which ${sent} were needed to find that out`,
    "",
  ].join("\n");
}

/** The first signal ends the looking, and what was seen is reported; the second ends the process. */
function stopOnSignals(gitlab: GitLab): () => void {
  let isStopped = false;
  const stop = () => {
    if (isStopped) process.exit(130);
    isStopped = true;
    process.stderr.write(
      "\nglsa: ending; what was seen so far is reported. Once more ends at once.\n",
    );
    gitlab.client.stop();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw invalidOption("It must be a whole number from 1 on.");
}
