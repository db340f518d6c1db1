import type { Difference } from "./compare";
import type { Identities } from "./identities";
import type { Interaction } from "./recording";

/** Must be present with the recorded value, or be absent if it was. */
const literalHeaders = [
  ...["Cache-Control", "Content-Type", "Www-Authenticate"],
  ...["X-Content-Type-Options", "X-Frame-Options"],
  ...["X-Next-Page", "X-Page", "X-Per-Page", "X-Prev-Page", "X-Total", "X-Total-Pages"],
];

/** The same, for the web server in front of GitLab. */
const frontHeaders = ["Referrer-Policy", "Strict-Transport-Security"];

/** Must be present if it was. The value is the server's own. */
const presentHeaders = ["Date", "Etag", "X-Gitlab-Meta", "X-Request-Id", "X-Runtime"];

const one = (value: string | string[] | undefined): string | null =>
  Array.isArray(value) ? value.join(", ") : (value ?? null);

const show = (value: string | null): string => (value === null ? "absent" : JSON.stringify(value));

/** All headers that are compared. No others need to be recorded. */
export const COMPARED_HEADERS: readonly string[] = [
  ...literalHeaders,
  ...frontHeaders,
  ...presentHeaders,
  "Link",
  "Vary",
];

export interface HeaderComparison {
  readonly identities: Identities;
  /** Whether the headers of the web server in front of GitLab are compared, too. */
  readonly withFront: boolean;
}

/** A Link without its host. */
const comparableLink = (link: string | null): string | null =>
  link?.replace(/<https?:\/\/[^/]+/g, "<") ?? null;

/**
 * Differences of the headers that clients read. Not compared: Content-Length (the recorder dropped it from compressed
 * responses) and `Accept-Encoding` within Vary (nginx adds it by the body's size, which depends on the length of host
 * names).
 */
export function compareHeaders(
  { response: recorded }: Interaction,
  answered: Headers,
  { identities, withFront }: HeaderComparison,
): Difference[] {
  const pairs = [...literalHeaders, ...(withFront ? frontHeaders : [])].map(
    (name) => [name, one(recorded.headers[name]), answered.get(name)] as const,
  );
  const links = [
    "Link",
    identities.link(comparableLink(one(recorded.headers["Link"]))),
    comparableLink(answered.get("Link")),
  ] as const;
  const vary = ["Vary", "Origin", answered.get("Vary")?.match(/\bOrigin\b/)?.[0] ?? null] as const;
  const present = presentHeaders.map((name) => {
    const state = (value: string | null) => (value === null ? null : "present");
    return [name, state(one(recorded.headers[name])), state(answered.get(name))] as const;
  });
  return [...pairs, links, vary, ...present]
    .filter(([, expected, found]) => expected !== found)
    .map(([where, expected, found]) => ({
      where,
      recorded: show(expected),
      answered: show(found),
    }))
    .concat(compareOwnValues(recorded.headers, answered));
}

/** Values that cannot be compared with the recorded ones, but must have the same form. */
function compareOwnValues(
  recorded: Interaction["response"]["headers"],
  answered: Headers,
): Difference[] {
  const differences: Difference[] = [];
  const etag = answered.get("Etag");
  if (etag !== null && !/^W\/"[0-9a-f]{32}"$/.test(etag))
    differences.push({ where: "Etag", recorded: 'W/"<32 hex digits>"', answered: etag });
  const meta = answered.get("X-Gitlab-Meta");
  const expected = JSON.stringify({ correlation_id: answered.get("X-Request-Id"), version: "1" });
  if (meta !== null && meta !== expected)
    differences.push({ where: "X-Gitlab-Meta", recorded: expected, answered: meta });
  const [day, ourDay] = [one(recorded["Date"]), answered.get("Date")].map((date) =>
    date?.slice(0, "Wed, 17 Jun 2026".length),
  );
  if (day !== ourDay)
    differences.push({ where: "Date", recorded: String(day), answered: String(ourDay) });
  return differences;
}
