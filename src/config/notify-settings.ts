import { isBlank } from "../model";
import {
  readRecord,
  shown,
  type PolicyPath,
  type PolicyProblem,
  type Report,
} from "../model/policy";

export const CHANNELS = ["webhook", "slack", "teams", "mattermost"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What users are told of. */
export const OCCASIONS = ["night-failed", "leak", "token-held", "expiry-near"] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** What nobody wants to learn a day later. */
const URGENT: readonly Occasion[] = ["night-failed", "leak"];

/** Where messages go, and which. */
export interface NotifySetting {
  readonly to: Channel;
  /** The variable with the address, which is a secret: who has it can write there. */
  readonly urlEnv: string;
  /** For a webhook: the variable with a token that is sent along. */
  readonly tokenEnv: string | undefined;
  readonly on: readonly Occasion[];
}

const KEYS = ["to", "url_env", "token_env", "on"] as const;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads the section `notify` of a `glsa.config.json`. */
export function parseNotifySettings(
  raw: unknown,
  path: PolicyPath,
): { readonly settings: readonly NotifySetting[]; readonly problems: readonly PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  const report: Report = (at, summary, detail) => {
    problems.push({ code: "malformed-notify-settings", path: at, summary, detail });
    return undefined;
  };
  if (!Array.isArray(raw)) {
    report(path, "No list", `Write a list of places; got ${shown(raw)}.`);
    return { settings: [], problems };
  }
  const settings = (raw as readonly unknown[]).flatMap(
    (item, index) => readSetting(item, [...path, index], report) ?? [],
  );
  return { settings, problems };
}

function readSetting(raw: unknown, path: PolicyPath, report: Report): NotifySetting | undefined {
  const record = readRecord(raw, [...KEYS], path, report);
  if (record === undefined) return undefined;
  const to = CHANNELS.find((channel) => channel === record["to"]);
  if (to === undefined) {
    const detail = `Write one of ${CHANNELS.join(", ")}; got ${shown(record["to"] ?? null)}.`;
    return report([...path, "to"], "Unknown place", detail);
  }
  const urlEnv = variableOf(record["url_env"], [...path, "url_env"], report);
  const { token_env: token } = record;
  const tokenEnv =
    token === undefined ? undefined : variableOf(token, [...path, "token_env"], report);
  if (token !== undefined && to !== "webhook") {
    const detail = "Only a webhook takes a token; the others have it in their address.";
    return report([...path, "token_env"], "No token here", detail);
  }
  const on = occasionsOf(record["on"] ?? URGENT, [...path, "on"], report);
  if (urlEnv === undefined || on === undefined) return undefined;
  return { to, urlEnv, tokenEnv, on };
}

/** The name is written, never the secret itself: the file is in a repository. */
function variableOf(raw: unknown, path: PolicyPath, report: Report): string | undefined {
  if (typeof raw === "string" && !isBlank(raw) && VARIABLE.test(raw)) return raw;
  return report(
    path,
    "No name of a variable",
    "Write the name of the environment variable that holds the secret, such as SLACK_WEBHOOK, and never the secret.",
  );
}

function occasionsOf(raw: unknown, path: PolicyPath, report: Report): Occasion[] | undefined {
  const list = Array.isArray(raw) ? (raw as readonly unknown[]) : [];
  const occasions = list.flatMap((item) => OCCASIONS.find((each) => each === item) ?? []);
  if (list.length > 0 && occasions.length === list.length) return occasions;
  const detail = `Write a list of ${OCCASIONS.join(", ")}; got ${shown(raw)}.`;
  return report(path, "Unknown occasion", detail);
}

const VARIABLE_SCHEMA = { type: "string", pattern: VARIABLE.source };

/** For the JSON Schema of `glsa.config.json`. */
export const NOTIFY_SCHEMA = {
  type: "array",
  description: "Where messages go about failed nights, leaks, held tokens and expiries.",
  items: {
    type: "object",
    properties: {
      to: { enum: CHANNELS },
      url_env: { ...VARIABLE_SCHEMA, description: "The variable that holds the address." },
      token_env: {
        ...VARIABLE_SCHEMA,
        description: "For a webhook: the variable that holds a token, sent as a bearer token.",
      },
      on: {
        type: "array",
        minItems: 1,
        items: { enum: OCCASIONS },
        description: "Default: night-failed and leak.",
      },
    },
    required: ["to", "url_env"],
    additionalProperties: false,
  },
};
