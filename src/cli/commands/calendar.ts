import { Command, Option } from "commander";
import { liveCalendar, type State } from "../../audit";
import type { Picture } from "../../estate";
import { isUtcDate, utcDate } from "../../model";
import { calendarPage } from "../../page";
import {
  calendarOf,
  declarationsIn,
  merged,
  UnreadablePlanError,
  type Calendar,
} from "../../review";
import {
  CALENDAR_FORMATS,
  formattedCalendar,
  shown,
  type CalendarFormat,
} from "../../review/outputs";
import { EXIT } from "../exit-codes";
import { readStates, type ReadState } from "../read-states";
import { ofCalendar } from "../../notify";
import { runNamed, tell } from "../notifying";
import { terminal } from "../terminal";
import { VERSION } from "../version";
import { fileToWrite, writeReport } from "../write-report";
import {
  liveAccess,
  lookAtLive,
  withLiveOptions,
  type LiveAccess,
  type LiveArguments,
} from "./live-options";
import { invalidOption } from "../invalid-option";

interface CalendarArguments extends LiveArguments {
  readonly live: boolean;
  readonly today?: string;
  readonly days: number;
  readonly runsEvery?: number;
  readonly format: CalendarFormat;
  readonly html?: string;
  readonly notify: boolean;
  readonly name?: string;
}

const DEFAULT_DAYS = 30;
const LONGEST_DAYS = 3660;

const AFTER_HELP = `
Examples:
  terraform show -json | glsa calendar
  glsa calendar plan.json --days 90
  terraform show -json | glsa calendar --format icalendar >service-accounts.ics
  pulumi stack export | glsa calendar --runs-every 7
  glsa calendar 'states/*.json' --format openmetrics >service-accounts.prom
  glsa calendar --live --group platform

Exit codes:
  0  nothing is due
  1  glsa could not read the state or plan
  2  something is due
  3  there are warnings: what is planned comes too late for an expiry
  4  incomplete: something of the live GitLab could not be seen`;

/** `glsa calendar`: when tokens rotate, are revoked and expire, and when access ends. */
export function calendarCommand(): Command {
  return withLiveOptions(
    new Command("calendar")
      .description("list when tokens rotate, are revoked and expire, and when access ends")
      .argument(
        "[states...]",
        "states or plans: from terraform show -json or pulumi stack export, stored ones, patterns, addresses; - reads what is piped in (default: -)",
      )
      .option("--live", "also list what a live GitLab has and none of them declares", false),
  )
    .option("--days <number>", "how far to look ahead", parseDayCount, DEFAULT_DAYS)
    .option("--today <date>", "the first day, YYYY-MM-DD in UTC", parseDay)
    .option(
      "--runs-every <days>",
      "days from one scheduled apply to the next; warns where one may come too late",
      parseDayCount,
    )
    .addOption(
      new Option("-f, --format <format>", "what to print")
        .choices(CALENDAR_FORMATS)
        .default("text"),
    )
    .option("--html <path>", "also write one page to look at", fileToWrite)
    .option("--notify", "tell the places of glsa.config.json what expires", false)
    .option("--name <name>", "what these messages call it")
    .addHelpText("after", AFTER_HELP)
    .action(calendar);
}

async function calendar(sources: readonly string[], options: CalendarArguments): Promise<void> {
  const { days, format } = options;
  const now = new Date();
  const read = await statesFor(sources, options);
  const today = options.today ?? utcDate(now);
  const every = options.runsEvery;
  const calendars = read.map(({ name, text }) => ({
    state: name,
    calendar: ofState({ name, text }, { today, days, ...(every !== undefined && { every }) }),
  }));
  const picture = options.live ? await lookAtLive(options) : undefined;
  if (options.live && picture === undefined) return;
  const all = merged([
    ...calendars,
    ...(picture === undefined
      ? []
      : [
          { state: "", calendar: liveCalendar({ ...picture, today }, read.map(stateOf), { days }) },
        ]),
  ]);
  if (options.html !== undefined) {
    await writeReport(options.html, calendarPage(all, { days, today, version: VERSION }));
  }
  const { columns } = terminal();
  process.stdout.write(
    formattedCalendar(all, format, { days, now, ...(columns !== undefined && { columns }) }),
  );
  process.exitCode = exitCodeOf(all, picture);
  if (options.notify) await tell(".", ofCalendar(all, days, runNamed(options.name)));
}

function exitCodeOf({ entries, warnings }: Calendar, picture: Picture | undefined): number {
  if (picture !== undefined && !picture.isComplete) {
    const gaps = picture.gaps.filter(({ isExpected }) => !isExpected);
    for (const { reason } of gaps) process.stderr.write(`${shown(reason, "line")}\n`);
    return EXIT.incomplete;
  }
  if (warnings.length > 0) return EXIT.stop;
  return entries.length > 0 ? EXIT.changes : EXIT.nothing;
}

/** Without any, what is piped in, unless a live GitLab is looked at. */
async function statesFor(
  sources: readonly string[],
  options: CalendarArguments,
): Promise<ReadState[]> {
  if (sources.length === 0 && options.live) return [];
  const gitlab =
    options.live || process.env["GITLAB_TOKEN"] ? liveAccessOrNothing(options) : undefined;
  const wanted = sources.length === 0 ? ["-"] : sources;
  return readStates(wanted, { gitlab, caFile: options.caFile });
}

function liveAccessOrNothing(options: CalendarArguments): LiveAccess | undefined {
  if (options.live) return liveAccess(options);
  const isNamed = options.baseUrl ?? process.env["GITLAB_BASE_URL"] ?? process.env["CI_SERVER_URL"];
  return isNamed ? liveAccess(options) : undefined;
}

function ofState({ name, text }: ReadState, options: Parameters<typeof calendarOf>[1]): Calendar {
  try {
    return calendarOf(text, options);
  } catch (failure) {
    if (name === "-" || !(failure instanceof UnreadablePlanError)) throw failure;
    throw new Error(`${name}: ${failure.message}`);
  }
}

function stateOf({ name, text }: ReadState): State {
  return { name, declarations: declarationsIn(text) };
}

function parseDay(text: string): string {
  if (isUtcDate(text)) return text;
  throw invalidOption("It must be a day, written YYYY-MM-DD.");
}

function parseDayCount(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= LONGEST_DAYS) return days;
  throw invalidOption(`It must be a whole number from 1 to ${LONGEST_DAYS}.`);
}
