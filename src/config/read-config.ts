import { readFileSync, statSync } from "node:fs";
import { decodeText, didYouMeanName, withCode } from "../model";
import { parseSettings, pathText, type PolicyProblem, type PolicySettings } from "../model/policy";
import { NO_AUDIT_SETTINGS, parseAuditSettings, type AuditSettings } from "./audit-settings";
import { parseNotifySettings, type NotifySetting } from "./notify-settings";

/** The contents of a `glsa.config.json`. */
export interface Config {
  /** Undefined if the file contains no policy. */
  readonly policy: PolicySettings | undefined;
  readonly audit: AuditSettings;
  readonly notify: readonly NotifySetting[];
}

/** A file that cannot be used. The message contains every problem of the file, each with its code. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const KEYS = ["$schema", "policy", "audit", "notify"];

/** Throws a `ConfigError` for a file that cannot be read, or that contains unknown settings. */
export function readConfig(file: string): Config {
  const { config, problems } = parseConfig(contentOf(file));
  if (problems.length === 0) return config;
  const lines = problems.map(({ code, path, summary, detail }) =>
    withCode(`${file}: ${pathText(path)}: ${summary}. ${detail}`, code),
  );
  throw new ConfigError(lines.join("\n"));
}

/** The same for the contents of a file. */
export function parseConfig(raw: unknown): {
  readonly config: Config;
  readonly problems: readonly PolicyProblem[];
} {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    const detail = 'Write an object, such as { "policy": { "max_lifetime": "90d" } }.';
    return {
      config: { policy: undefined, audit: NO_AUDIT_SETTINGS, notify: [] },
      problems: [{ path: [], code: "malformed-config", summary: "No object", detail }],
    };
  }
  const { policy, audit, notify } = raw as Readonly<Record<string, unknown>>;
  const judged = policy === undefined ? undefined : parseSettings(policy, ["policy"]);
  const audited = audit === undefined ? undefined : parseAuditSettings(audit, ["audit"]);
  const told = notify === undefined ? undefined : parseNotifySettings(notify, ["notify"]);
  return {
    config: {
      policy: judged?.settings,
      audit: audited?.settings ?? NO_AUDIT_SETTINGS,
      notify: told?.settings ?? [],
    },
    problems: [unknownKeys(raw), judged?.problems, audited?.problems, told?.problems].flatMap(
      (problems) => problems ?? [],
    ),
  };
}

function unknownKeys(raw: object): PolicyProblem[] {
  return Object.keys(raw)
    .filter((key) => !KEYS.includes(key))
    .map((key) => ({
      path: [key],
      code: "unknown-config-key",
      summary: `Unknown key "${key}"`,
      detail: `Known keys: ${KEYS.join(", ")}.${didYouMeanName(key, KEYS)}`,
    }));
}

function contentOf(file: string): unknown {
  try {
    // Anything else, such as a pipe, could block without end.
    if (!statSync(file).isFile()) throw new Error("it is not a regular file");
    return JSON.parse(decodeText(readFileSync(file)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(
      withCode(
        `${file} cannot be read: ${reason}. Write JSON, without comments.`,
        "unreadable-config",
      ),
    );
  }
}
