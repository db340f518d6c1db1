import { Command, InvalidArgumentError, Option } from "commander";
import { utcDate } from "../../model";
import { calendarPage } from "../../page";
import { calendarOf } from "../../review";
import { CALENDAR_FORMATS, formattedCalendar, type CalendarFormat } from "../../review/outputs";
import { EXIT } from "../exit-codes";
import { readInput } from "../read-input";
import { terminal } from "../terminal";
import { VERSION } from "../version";
import { writeReport } from "../write-report";

interface CalendarArguments {
  readonly days: number;
  readonly runsEvery?: number;
  readonly format: CalendarFormat;
  readonly html?: string;
}

const DEFAULT_DAYS = 30;
const LONGEST_DAYS = 3660;

const AFTER_HELP = `
Examples:
  terraform show -json | glsa calendar
  glsa calendar plan.json --days 90
  terraform show -json | glsa calendar --format icalendar >service-accounts.ics
  pulumi stack export | glsa calendar --runs-every 7

Exit codes:
  0  nothing is due
  1  glsa could not read the state or plan
  2  something is due
  3  there are warnings: what is planned comes too late for an expiry`;

/** `glsa calendar`: when tokens rotate, are revoked and expire, and when access ends. */
export function calendarCommand(): Command {
  return new Command("calendar")
    .description("tell when tokens rotate, are revoked and expire, and when access ends")
    .argument(
      "[state]",
      "a state or a plan as JSON, from terraform show -json or pulumi stack export; - reads what is piped in",
      "-",
    )
    .option("--days <number>", "how far to look ahead", parseDayCount, DEFAULT_DAYS)
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
    .option("--html <path>", "also write one page to look at")
    .addHelpText("after", AFTER_HELP)
    .action(calendar);
}

async function calendar(state: string, options: CalendarArguments): Promise<void> {
  const { days, format, runsEvery } = options;
  const now = new Date();
  const read = calendarOf(await readInput(state), {
    today: utcDate(now),
    days,
    ...(runsEvery !== undefined && { every: runsEvery }),
  });
  if (options.html !== undefined) {
    const page = calendarPage(read, { days, today: utcDate(now), version: VERSION });
    await writeReport(options.html, page);
  }
  const { columns } = terminal();
  process.stdout.write(
    formattedCalendar(read, format, { days, now, ...(columns !== undefined && { columns }) }),
  );
  if (read.warnings.length > 0) process.exitCode = EXIT.stop;
  else process.exitCode = read.entries.length > 0 ? EXIT.changes : EXIT.nothing;
}

function parseDayCount(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= LONGEST_DAYS) return days;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${LONGEST_DAYS}.`);
}
