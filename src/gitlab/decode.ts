import { isRecord } from "../model";
import { LONGEST_NAME, LONGEST_TEXT, secrets, type Answer } from "../http";

/** A response body. Undefined if it is empty or not meant for programs. Contains no secret of this run. */
export function decode(answer: Answer): unknown {
  return answer.text === "" ? undefined : cleaned(parse(answer), hideInWords);
}

function parse(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    // Rate limiters and proxies respond in plain text. HTML is of no use.
    const plain = answer.status >= 400 && !answer.text.trimStart().startsWith("<");
    return plain ? answer.text : undefined;
  }
}

/** Fields that carry a value. They are compared, and never shown or kept. */
const CARRIERS: ReadonlySet<string> = new Set(["token", "value"]);

/** Fields that identify objects. */
const NAMES: ReadonlySet<string> = new Set([
  "username",
  "email",
  "unconfirmed_email",
  "full_path",
  "path_with_namespace",
  "key",
  "environment_scope",
  "variable_type",
  "scopes",
  "permissions",
  "state",
  "source_type",
]);

/** A note is read as a whole and never kept. */
const NOTE = "body";

/** A name that GitLab does not allow. Cut short, it would be another one. */
export class EndlessName extends Error {
  constructor(readonly field: string) {
    super(`${field} is longer than GitLab allows`);
  }
}

function refuseEndless(name: string, value: unknown): void {
  if (!NAMES.has(name)) return;
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.some((text) => typeof text === "string" && text.length > LONGEST_NAME)) {
    throw new EndlessName(name);
  }
}

/** No response of GitLab is nested more deeply. */
const DEEPEST = 20;

type Hide = (text: string) => string;

const hideInName: Hide = (text) => secrets.hideInName(text);
const hideInWords: Hide = (text) => secrets.hideInWords(text);

/** Names, descriptions and notes are kept in state and shown, and other users may have written a secret into them. */
function cleaned(body: unknown, hide: Hide, depth = 0): unknown {
  if (typeof body === "string") return hide(withoutControls(body.slice(0, LONGEST_TEXT)));
  if (depth > DEEPEST) return null;
  if (Array.isArray(body)) return body.map((value) => cleaned(value, hide, depth + 1));
  if (!isRecord(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (CARRIERS.has(name) && typeof value === "string") return [name, value];
      if (name === NOTE && typeof value === "string") return [name, hide(withoutControls(value))];
      refuseEndless(name, value);
      return [name, cleaned(value, NAMES.has(name) ? hideInName : hide, depth + 1)];
    }),
  );
}

/** Text that controls a terminal is not in GitLab's texts. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\n\r\t]/gu, "");
}
