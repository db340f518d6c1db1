import type { Calendar, CalendarEntry } from "../calendar/entry";
import { shown } from "./shown";

/**
 * A calendar as metrics, for what scrapes a file (node_exporter's textfile, GitLab's metrics reports) and warns.
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function openMetrics({ entries, warnings }: Calendar): string {
  const overdue = entries.filter(({ overdue }) => overdue).length;
  const occurrences = new Map<string, number>();
  return [
    "# TYPE glsa_calendar_due_timestamp_seconds gauge",
    "# UNIT glsa_calendar_due_timestamp_seconds seconds",
    "# HELP glsa_calendar_due_timestamp_seconds Midnight (UTC) of the day on which something is due.",
    ...entries.map((entry) => sample(entry, occurrences)),
    ...gauge("glsa_calendar_overdue", "Entries whose day has passed.", overdue),
    ...gauge("glsa_calendar_due", "Entries, those that are overdue among them.", entries.length),
    ...gauge("glsa_calendar_warnings", "Plans that come too late for an expiry.", warnings.length),
    "# EOF",
    "",
  ].join("\n");
}

function gauge(name: string, help: string, value: number): string[] {
  return [`# TYPE ${name} gauge`, `# HELP ${name} ${help}`, `${name} ${value}`];
}

/** Two samples of one set of labels are an error: what is said of one object several times is told apart by its order. */
function sample(
  { date, kind, account, object, address, state }: CalendarEntry,
  occurrences: Map<string, number>,
): string {
  const words: readonly (readonly [string, string])[] = [
    ["kind", kind],
    ["account", account],
    ["object", object],
    ["address", address],
    ...(state === undefined ? [] : [["state", state] as const]),
  ];
  const labels = words.map(([name, value]) => `${name}="${escaped(value)}"`).join(",");
  const before = occurrences.get(labels) ?? 0;
  occurrences.set(labels, before + 1);
  const number = before === 0 ? "" : `,occurrence="${before + 1}"`;
  return `glsa_calendar_due_timestamp_seconds{${labels}${number}} ${Date.parse(date) / 1000}`;
}

function escaped(value: string): string {
  return shown(value, "line").replace(/[\\"]/g, "\\$&");
}
