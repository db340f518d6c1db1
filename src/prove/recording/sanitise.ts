import type { Exchange } from "../real/recorder";
import { bodyOf } from "../real/target";
import { COMPARED_HEADERS } from "./compare-headers";
import { CALLER, CALLER_ALIAS } from "./prepare-group";
import {
  REPLACED,
  type Interaction,
  type Json,
  type JsonObject,
  type PreparedGroup,
  type RecordedToken,
  type Recording,
} from "./recording";
import { Words, type Known } from "./words";

/** What a recording contains beside its exchanges. */
export interface About {
  readonly file: string;
  readonly version: string;
  readonly tier: string;
  readonly prepared: PreparedGroup;
  readonly known: Known;
}

/** The recording would still show a secret. It is not written. */
export class NotSanitised extends Error {
  constructor(file: string, what: string) {
    super(
      `${file} would still contain ${what}, so nothing of it is written. This is a bug in glsa.`,
    );
    this.name = "NotSanitised";
  }
}

const kept = new Set([...COMPARED_HEADERS, "Date"]);

/** Exchanges as a recording without token values, names of hosts and names of users. */
export function recordingOf(exchanges: readonly Exchange[], about: About): Recording {
  const tokens = tokensOf(exchanges, about.known.token);
  const words = new Words(about.known, tokens.secrets);
  const bodies = exchanges.map(({ incoming }) => bodyOf(incoming));
  for (const body of bodies) words.meet(body);
  const recording: Recording = {
    file: about.file,
    gitlab_version: about.version,
    tier: about.tier,
    prepared: about.prepared,
    tokens: tokens.recorded,
    redacted_values: tokens.redacted,
    interactions: exchanges.map((exchange, at) =>
      interactionOf(exchange, bodies[at] ?? "", words, tokens),
    ),
  };
  const shown = words.shownIn(JSON.stringify(recording));
  if (shown !== undefined) throw new NotSanitised(about.file, shown);
  return recording;
}

interface Tokens {
  readonly aliases: ReadonlyMap<string, string>;
  readonly secrets: readonly string[];
  readonly recorded: Record<string, RecordedToken>;
  readonly redacted: Recording["redacted_values"];
}

/** Every value that was sent or received gets an alias. Its length is a setting of the instance. */
function tokensOf(exchanges: readonly Exchange[], caller: string): Tokens {
  const aliases = new Map([[caller, CALLER_ALIAS]]);
  const recorded: Record<string, RecordedToken> = { [CALLER_ALIAS]: CALLER };
  const redacted: Recording["redacted_values"][number][] = [];
  const enter = (value: string, token: RecordedToken): string => {
    const alias = aliases.get(value) ?? `token-${aliases.size + 1}`;
    if (!aliases.has(value)) recorded[alias] = token;
    aliases.set(value, alias);
    return alias;
  };
  for (const [interaction, { outgoing, incoming }] of exchanges.entries()) {
    if (outgoing.token !== undefined) enter(outgoing.token, { kind: "invalid" });
    const body = bodyOf(incoming) as JsonObject | null;
    const value = body?.["token"];
    if (typeof value !== "string") continue;
    const token = enter(value, {
      kind: "issued",
      issued_by: interaction,
      pat_id: Number(body?.["id"]),
      user_id: Number(body?.["user_id"]),
    });
    redacted.push({ interaction, pointer: "/token", recorded_length: null, token });
  }
  return { aliases, secrets: [...aliases.keys()], recorded, redacted };
}

function interactionOf(
  { outgoing, incoming }: Exchange,
  body: Json,
  words: Words,
  { aliases }: Tokens,
): Interaction {
  const { method, path, query, token } = outgoing;
  const headers = Object.entries(incoming.headers)
    .filter(([name]) => kept.has(name))
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map((each) => words.withoutHosts(each))
        : words.withoutHosts(value),
    ]);
  return {
    request: {
      method,
      path: words.withoutHosts(path),
      query: Object.fromEntries(
        Object.entries(query).map(([key, value]) => [key, words.clean(value)]),
      ),
      headers: {
        Accept: "application/json",
        ...(outgoing.body !== undefined && { "Content-Type": "application/json" }),
        ...(token !== undefined && { "Private-Token": aliases.get(token) ?? REPLACED }),
      },
      body: outgoing.body === undefined ? null : words.cleanBody(outgoing.body),
    },
    response: {
      status: incoming.status,
      headers: Object.fromEntries(headers) as Interaction["response"]["headers"],
      body: words.cleanBody(body),
    },
  };
}
