import { readFileSync } from "node:fs";
import { didYouMean } from "../model";
import { parseSettings, pathText, type PolicyProblem, type PolicySettings } from "../model/policy";

/** What a `glsa.config.json` says. */
export interface Config {
  readonly policy: PolicySettings;
}

/** A file that cannot be used; the message holds everything that is wrong with it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const KEYS = ["$schema", "policy"];

/** Throws a `ConfigError` for a file that cannot be read, or that holds what nobody knows. */
export function readConfig(file: string): Config {
  const { config, problems } = parseConfig(contentOf(file));
  if (problems.length === 0) return config;
  const lines = problems.map(
    ({ path, summary, detail }) => `${file}: ${pathText(path)}: ${summary}. ${detail}`,
  );
  throw new ConfigError(lines.join("\n"));
}

/** The same for what a file holds. */
export function parseConfig(raw: unknown): {
  readonly config: Config;
  readonly problems: readonly PolicyProblem[];
} {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    const detail = 'Write an object, such as { "policy": { "maximum_lifetime": "90d" } }.';
    return { config: { policy: {} }, problems: [{ path: [], summary: "No object", detail }] };
  }
  const { policy = {} } = raw as { policy?: unknown };
  const { settings, problems } = parseSettings(policy, ["policy"]);
  return { config: { policy: settings }, problems: [...unknownKeys(raw), ...problems] };
}

function unknownKeys(raw: object): PolicyProblem[] {
  return Object.keys(raw)
    .filter((key) => !KEYS.includes(key))
    .map((key) => ({
      path: [key],
      summary: `Unknown key "${key}"`,
      detail: `Known are: ${KEYS.join(", ")}.${didYouMean(key, KEYS)}`,
    }));
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${file} cannot be read: ${reason}. Write JSON, without comments.`);
  }
}
