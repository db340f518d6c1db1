import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { Command, Option } from "commander";
import {
  chooseAdoption,
  codeFiles,
  codeText,
  declaredBy,
  EXTENSION,
  KINDS,
  LANGUAGES,
  writtenIn,
  type Adoption,
  type CodeFile,
  type Kind,
  type Language,
  type LeftOut,
  type Wanted,
} from "../../adopt";
import { isUtcDate, quantity, slug } from "../../model";
import { shown } from "../../review/outputs";
import { declaredStates } from "../declared-states";
import { EXIT } from "../exit-codes";
import { matcherOf } from "../glob";
import { lookAtLive, withLiveOptions, type LiveArguments } from "./live-options";
import { invalidOption } from "../invalid-option";
import { CodedError } from "../../model/code";

interface AdoptArguments extends LiveArguments {
  readonly to: Language;
  readonly match: readonly string[];
  readonly usedSince?: string;
  readonly only: readonly Kind[];
  readonly state: readonly string[];
  readonly output?: string;
  readonly stack?: string;
}

const AFTER_HELP = `
It reads GITLAB_TOKEN and writes nothing to GitLab. It changes no file that exists: what is new since the last run goes into
further files. Without --output it prints the code.

Examples:
  glsa adopt --to hcl --output service-accounts.tf
  glsa adopt --to cdktf --group platform --output src/accounts/
  glsa adopt --to pulumi --match 'platform-*' --used-since 2026-01-01 --output accounts.ts
  terraform show -json >state.json && glsa adopt --to hcl --state state.json --output new.tf

Exit codes:
  0  everything that could be adopted is written, or declared already
  1  glsa could not look, or could not read a state
  4  incomplete: the output says what could not be read`;

/** `glsa adopt`: code for what exists and nothing declares. */
export function adoptCommand(): Command {
  return withLiveOptions(
    new Command("adopt").description(
      "write code for what exists on a live GitLab and nothing declares",
    ),
    false,
  )
    .addOption(
      new Option("--to <language>", "what to write").choices(LANGUAGES).makeOptionMandatory(),
    )
    .option(
      "-o, --output <path>",
      "where to write: a file, or a folder (with a slash at its end, or that exists) for a file per account",
    )
    .option(
      "--state <file|url|->",
      "a state or plan whose objects are left out, and whose resources of the official provider are moved; a pattern such as 'states/*.json'; may be given several times",
      collected,
      [],
    )
    .option("--match <pattern>", "only accounts with such a username: platform-*", collected, [])
    .option(
      "--used-since <day>",
      "only accounts of which a token was used since: 2026-01-31",
      dayOf,
    )
    .option("--only <kinds>", `only ${KINDS.join(", ")}, separated by commas`, kindsOf, KINDS)
    .option(
      "--stack <name>",
      "the provider's stack, where --output has no provider yet (default: the folder's name)",
    )
    .addHelpText("after", AFTER_HELP)
    .action(adopt);
}

async function adopt(options: AdoptArguments): Promise<void> {
  const { to: language } = options;
  const place = placeOf(options);
  const states = await declaredStates(options);
  const picture = await lookAtLive({ ...options, variables: false });
  if (picture === undefined) return;
  const existing =
    place === undefined ? new Map<string, string>() : filesIn(place.folder, language);
  const declared = declaredBy(
    states.map(({ declarations }) => declarations),
    writtenIn(language, existing),
    picture,
  );
  const adoption = chooseAdoption(picture, declared, wantedOf(options));
  if (place === undefined) {
    process.stdout.write(codeText(adoption, language));
  } else {
    const stack = options.stack ?? (slug(basename(resolve(place.folder))) || "main");
    const files = codeFiles(adoption, { language, file: place.file, stack, existing });
    await write(place.folder, files);
    tell(writtenLines(place.folder, files));
  }
  tell([sentenceOf(adoption), ...leftOutLines(adoption.leftOut)]);
  const missing = picture.gaps.filter(({ isExpected }) => !isExpected);
  tell(missing.map(({ reason, remedy }) => `Not seen: ${shown(`${reason} ${remedy}`, "line")}`));
  process.exitCode = picture.isComplete ? EXIT.nothing : EXIT.incomplete;
}

interface Place {
  readonly folder: string;
  /** Undefined for a file per account. */
  readonly file?: string;
}

function placeOf({ output, to: language }: AdoptArguments): Place | undefined {
  if (output === undefined) return undefined;
  const isFolder = /[/\\]$/.test(output) || (existsSync(output) && statSync(output).isDirectory());
  if (isFolder) return { folder: output };
  const extension = EXTENSION[language];
  if (extname(output) !== extension) {
    throw new CodedError(
      "invalid-option",
      `--output ${output} must end in ${extension}, or in a slash for a folder with a file per account.`,
    );
  }
  return { folder: dirname(output), file: basename(output) };
}

function filesIn(folder: string, language: Language): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(EXTENSION[language]))
    .map(({ name }) => name)
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** A file that appeared meanwhile is not overwritten either. */
async function write(folder: string, files: readonly CodeFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, content, isIndex } of files) {
    await writeFile(join(folder, name), content, { flag: isIndex ? "w" : "wx" });
  }
}

function wantedOf({ only, match, usedSince }: AdoptArguments): Wanted {
  const patterns = match.map(matcherOf);
  return {
    kinds: new Set(only),
    ...(usedSince !== undefined && { usedSince }),
    ...(patterns.length > 0 && {
      isWanted: (username: string) => patterns.some((pattern) => pattern.test(username)),
    }),
  };
}

function sentenceOf({ accounts }: Adoption): string {
  const count = (of: (account: Adoption["accounts"][number]) => number) =>
    accounts.reduce((sum, account) => sum + of(account), 0);
  const own = count(({ origin }) => (origin === null ? 0 : 1));
  const tokens = count((account) => account.tokens.length);
  const memberships = count((account) => account.memberships.length);
  if (accounts.length === 0) return "There is nothing new to adopt.";
  const parts = [
    quantity(own, "account"),
    quantity(tokens, "token"),
    quantity(memberships, "membership"),
  ];
  return `To be adopted: ${parts.join(", ")}.`;
}

const SHOWN = 5;

function writtenLines(folder: string, files: readonly CodeFile[]): string[] {
  const paths = files.map(({ name }) => join(folder, name));
  if (paths.length <= SHOWN) return paths.map((path) => `Wrote ${path}.`);
  return [`Wrote ${paths.length} files into ${folder}.`];
}

/** A line for each reason, with the first of the objects. */
function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const labels = new Map<string, string[]>();
  for (const { label, reason } of leftOut) {
    labels.set(reason, [...(labels.get(reason) ?? []), shown(label, "line")]);
  }
  return [...labels].map(([reason, all]) => {
    const others = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : "";
    return `Left out, since it ${reason}: ${all.slice(0, SHOWN).join(", ")}${others}.`;
  });
}

function tell(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}

function collected(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

function dayOf(text: string): string {
  if (isUtcDate(text)) return text;
  throw invalidOption("It must be a day, written YYYY-MM-DD.");
}

function kindsOf(text: string): readonly Kind[] {
  return text.split(",").map((word) => {
    const kind = KINDS.find((each) => each === word.trim());
    if (kind === undefined) throw invalidOption(`Kinds are ${KINDS.join(", ")}.`);
    return kind;
  });
}
