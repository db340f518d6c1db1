import { createInterface } from "node:readline/promises";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { EngineFailure, findEngine, type Engine } from "../../engine";
import type { GitLab } from "../../gitlab";
import {
  answerText,
  distinct,
  isOver,
  leakedInReport,
  leftToDo,
  look,
  recordJson,
  recordMarkdown,
  respond,
  sightingsText,
  withRevokeNow,
  type Answer,
  type Asked,
  type Case,
  type DeclaredLeak,
  type Leaked,
  type LeakRecord,
  type Sighting,
} from "../../leak";
import { CodedError } from "../../model/code";
import { declarationsIn } from "../../review";
import { ofLeak } from "../../notify";
import { EXIT } from "../exit-codes";
import { runNamed, tell } from "../notifying";
import { readInput } from "../read-input";
import { readSecrets } from "../read-secrets";
import { readStates } from "../read-states";
import { writeReport } from "../write-report";
import { withEngineOptions, type EngineArguments } from "./engine-options";
import { clientWith, givenToken, liveBaseUrl, parseCount } from "./live-options";

interface LeakArguments extends EngineArguments {
  readonly tokenId: readonly number[];
  readonly report: readonly string[];
  readonly folder?: string;
  readonly state: readonly string[];
  readonly rotateFirst: boolean;
  readonly account: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly record: string;
  readonly baseUrl?: string;
  readonly caFile?: string;
}

const AFTER_HELP = `
The value is piped in or typed, never an argument. With GITLAB_TOKEN it also tells what else the account has; without it,
the leaked token is looked up and revoked by itself.

Examples:
  glsa leak                                    asks for the value
  glsa leak --folder infra <value.txt          revokes it, and makes the next one by an apply of that folder
  glsa leak --folder infra --rotate-first      writes revoke_now, and applies: consumers never wait
  glsa leak --report gl-secret-detection-report.json --yes
  glsa leak --token-id 4711 --account

Exit codes:
  0  the tokens are dead, and consumers that are declared here have others
  1  one of them is not, or a step failed
  2  the tokens are dead, and something is left to a person; with --dry-run: something is to be done`;

/** `glsa leak`: revokes a leaked token. */
export function leakCommand(): Command {
  return withPlaces(
    new Command("leak").description(
      "revoke a leaked token, give its consumers another, and prove it",
    ),
  )
    .option(
      "--rotate-first",
      "deliver the next token before this one is revoked (revoke_now)",
      false,
    )
    .option("--account", "revoke the other live tokens of the account, too", false)
    .option("--yes", "skip the confirmation", false)
    .option("--dry-run", "print what is known and what would be done, and change nothing", false)
    .option("--record <folder>", "where the dated record is written", ".")
    .option("--base-url <url>", "address of the instance (default: GITLAB_BASE_URL)")
    .option("--ca-file <file>", "certificates to trust in addition to the system's")
    .addHelpText("after", AFTER_HELP)
    .action(leak);
}

function withPlaces(command: Command): Command {
  const several = (text: string, before: readonly string[]) => [...before, text];
  return withEngineOptions(
    command.option("--folder <path>", "the configuration or program that declares it"),
  )
    .option(
      "--token-id <number>",
      "a token by its number; may be given several times",
      (text: string, before: readonly number[]) => [...before, parseCount(text)],
      [] as readonly number[],
    )
    .option(
      "--report <file>",
      "what GitLab's secret detection, gitleaks or trufflehog found, as JSON; may be given several times",
      several,
      [] as readonly string[],
    )
    .option(
      "--state <file|url>",
      "a state that may declare it; may be given several times",
      several,
      [] as readonly string[],
    );
}

async function leak(options: LeakArguments): Promise<void> {
  const leaked = await leakedBy(options);
  if (leaked.length === 0) {
    process.stdout.write("The reports contain no token of GitLab.\n");
    return;
  }
  const asked = askedBy(options, leaked);
  try {
    const engine = engineOf(options, leaked);
    const declared = await declaredBy(options, engine, asked);
    const sightings: Sighting[] = [];
    for (const one of leaked) sightings.push(await look(one, declared, asked));
    process.stdout.write(sightingsText(sightings));
    await act(options, { leaked, sightings, asked, engine });
  } finally {
    await asked.close();
  }
}

interface Scene {
  readonly leaked: readonly Leaked[];
  readonly sightings: readonly Sighting[];
  readonly asked: AskedHere;
  readonly engine: Engine | undefined;
}

async function act(options: LeakArguments, scene: Scene): Promise<void> {
  const cases = casesOf(options, scene);
  for (const { edit } of cases) if (edit !== undefined) process.stdout.write(`\n${edit.diff}`);
  process.stdout.write(`\n${intention(options, scene)}\n`);
  if (options.dryRun) {
    process.exitCode = EXIT.changes;
    return;
  }
  await confirm(options, scene);
  const record = begunRecord(scene);
  const file = join(options.record, `glsa-leak-${record.begunAt.replace(/[-:]|\.\d+/g, "")}`);
  await keep(file, record);
  const { engine, asked } = scene;
  const answer = await respond({ cases, withOthers: options.account, engine }, asked);
  await keep(file, { ...record, endedAt: new Date().toISOString(), answer });
  process.stdout.write(`\n${answerText(answer, engine !== undefined)}`);
  process.stdout.write(`Recorded in ${file}.json and ${file}.md.\n`);
  process.exitCode = exitCodeOf(answer, engine !== undefined);
  await tell(options.folder ?? ".", [ofLeak(answer, runNamed(undefined))]);
}

async function leakedBy({ tokenId, report }: LeakArguments): Promise<Leaked[]> {
  const found = await Promise.all(
    report.map(async (path) => leakedInReport(await readInput(path))),
  );
  const numbered = tokenId.map((id) => ({ value: undefined, tokenId: id, foundAt: [] }));
  if (tokenId.length > 0 || report.length > 0) return distinct([...numbered, ...found.flat()]);
  const values = await readSecrets("The leaked value (it is not shown): ");
  return distinct(values.map((value) => ({ value, tokenId: undefined, foundAt: [] })));
}

interface AskedHere extends Asked {
  readonly baseUrl: string;
  readonly token: string | undefined;
  close(): Promise<void>;
}

/** A leaked token is used for itself alone, also where it is the one that this run was given. */
function askedBy(options: LeakArguments, leaked: readonly Leaked[]): AskedHere {
  const baseUrl = liveBaseUrl(options.baseUrl);
  const caFile = options.caFile === undefined ? undefined : resolve(options.caFile);
  const clientOf = (token: string) => clientWith({ baseUrl, token, caFile });
  const given = givenToken();
  const token = leaked.some(({ value }) => value === given) ? undefined : given;
  const gitlab = token === undefined ? undefined : clientOf(token);
  const own = new Map<string, GitLab>();
  const withValue = (value: string) => {
    const client = own.get(value) ?? clientOf(value);
    own.set(value, client);
    return client;
  };
  const close = async () => {
    await Promise.all([...own.values(), ...(gitlab ? [gitlab] : [])].map((each) => each.close()));
  };
  return { baseUrl, token, gitlab, withValue, close };
}

function engineOf(options: LeakArguments, leaked: readonly Leaked[]): Engine | undefined {
  const { folder, engine, stack, lockTimeout } = options;
  if (folder === undefined) {
    if (!options.rotateFirst) return undefined;
    throw new CodedError("missing-folder", "--rotate-first needs the code: --folder.");
  }
  const given = givenToken();
  if (leaked.some(({ value }) => value !== undefined && value === given)) {
    throw new CodedError(
      "own-token-leaked",
      "The leaked token is the one in GITLAB_TOKEN, with which no apply could go on. Revoke it without --folder, or put another one into GITLAB_TOKEN first.",
    );
  }
  return findEngine({ folder, engine, stack, lockTimeout });
}

/** A state that cannot be read keeps nothing from being revoked. */
async function declaredBy(
  options: LeakArguments,
  engine: Engine | undefined,
  { baseUrl, token }: AskedHere,
): Promise<DeclaredLeak[]> {
  const gitlab = token === undefined ? undefined : { baseUrl, token };
  const states = await readStates(options.state, { gitlab, caFile: options.caFile });
  const given = states.flatMap(({ name, text }) =>
    declarationsIn(text).tokens.map((each) => ({ engine: undefined, state: name, token: each })),
  );
  return [...(engine === undefined ? [] : await declaredByEngine(engine)), ...given];
}

async function declaredByEngine(engine: Engine): Promise<DeclaredLeak[]> {
  try {
    const { tokens } = declarationsIn(await engine.state());
    return tokens.map((token) => ({ engine: engine.name, state: engine.folder, token }));
  } catch (failure) {
    if (!(failure instanceof EngineFailure)) throw failure;
    process.stderr.write(`The state of ${engine.folder} is not known. ${failure.message}\n`);
    return [];
  }
}

function casesOf({ rotateFirst }: LeakArguments, { leaked, sightings, engine }: Scene): Case[] {
  return leaked.map((one, at) => {
    const sighting = sightings[at];
    if (sighting === undefined) throw new Error("every leaked token is looked up");
    const { declared, tokenId, state } = sighting;
    if (!rotateFirst || engine === undefined || state !== "active" || tokenId === null) {
      return { leaked: one, sighting, edit: undefined };
    }
    const address = declared?.engine === undefined ? undefined : declared.token.address;
    const edit = address === undefined ? undefined : withRevokeNow(engine.folder, address, tokenId);
    if (edit !== undefined) return { leaked: one, sighting, edit };
    throw new CodedError(
      "code-not-written",
      `revoke_now of token ${tokenId} has to be written by hand: ${address === undefined ? `nothing in ${engine.folder} declares it` : `${address} is in a loop, a module or a program`}. Write revoke_now = [${tokenId}] (revokeNow in TypeScript) and apply, or revoke it now: without --rotate-first.`,
    );
  });
}

function intention({ rotateFirst, account }: LeakArguments, { sightings, engine }: Scene): string {
  const alive = sightings.filter(({ state }) => state === "active" || state === "unknown").length;
  const here = sightings.filter(({ declared }) => declared?.engine !== undefined).length;
  return [
    rotateFirst
      ? `What would be done: write revoke_now, apply, by which consumers get the next token first, and prove it.`
      : `What would be done: revoke ${alive} of ${sightings.length} now (the others are dead), and prove it.`,
    ...(account ? ["Also: revoke every other live token of the account."] : []),
    ...(engine !== undefined && here > 0
      ? [`Then: ${engine.command} makes the next token of ${here} and delivers it.`]
      : []),
  ].join("\n");
}

async function confirm({ yes }: LeakArguments, { sightings }: Scene): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) {
    throw new CodedError("unconfirmed", "Nothing was done. Confirm it with --yes.");
  }
  const word = sightings.map(({ tokenId }) => tokenId).find((id) => id !== null) ?? "revoke";
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await terminal.question(`Type ${word} to go on: `);
  terminal.close();
  if (typed.trim() !== String(word)) throw new CodedError("unconfirmed", "Nothing was done.");
}

function begunRecord({ sightings, asked }: Scene): LeakRecord {
  const begunAt = new Date().toISOString();
  return { instance: asked.baseUrl, begunAt, endedAt: null, sightings, answer: null };
}

async function keep(file: string, record: LeakRecord): Promise<void> {
  await writeReport(`${file}.json`, recordJson(record));
  await writeReport(`${file}.md`, recordMarkdown(record));
}

function exitCodeOf(answer: Answer, hasEngine: boolean): number {
  const { outcomes, failure } = answer;
  if (failure !== null || !outcomes.every(isOver)) return EXIT.failed;
  return outcomes.some((each) => leftToDo(each, hasEngine).length > 0)
    ? EXIT.changes
    : EXIT.nothing;
}
