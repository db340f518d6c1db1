import { HIDDEN, secrets, type Answer } from "../http";
import { isRecord } from "./messages";

/** An answer's body; undefined where it is empty or not for programs. No secret of this run is left in what it says. */
export function decode(answer: Answer): unknown {
  if (answer.text === "") return undefined;
  const body = parse(answer);
  const present = secrets.credentialsIn(answer.text);
  return present.length === 0 ? body : withoutSecrets(body, present);
}

function parse(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    // Rate limiters and proxies answer in plain text; HTML is of no use to anyone.
    const plain = answer.status >= 400 && !answer.text.trimStart().startsWith("<");
    return plain ? answer.text : undefined;
  }
}

/** Fields that are there to carry a value. They are compared, and never shown or kept. */
const CARRIERS: ReadonlySet<string> = new Set(["token", "value"]);

/** No answer of GitLab's nests deeper. */
const DEEPEST = 20;

/** Names, descriptions and notes are kept in state and shown, and others may have written a secret into them. */
function withoutSecrets(body: unknown, present: readonly string[], depth = 0): unknown {
  if (typeof body === "string") {
    return present.reduce((text, secret) => text.replaceAll(secret, HIDDEN), body);
  }
  if (depth > DEEPEST) return null;
  const inner = (value: unknown) => withoutSecrets(value, present, depth + 1);
  if (Array.isArray(body)) return body.map(inner);
  if (!isRecord(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, CARRIERS.has(name) ? value : inner(value)]),
  );
}
