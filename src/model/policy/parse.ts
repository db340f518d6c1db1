import { policyOf, type Policy, type PolicySettings } from "./policy";
import {
  anySetting,
  KEYS,
  PROPERTIES,
  readRecord,
  type PolicyPath,
  type PolicyProblem,
  type Report,
} from "./settings";

export interface ParsedSettings {
  /** The settings that could be read. */
  readonly settings: PolicySettings;
  readonly problems: readonly PolicyProblem[];
}

/**
 * Reads a `policy` from `glsa.config.json` or from the provider's configuration.
 * @param path where it is, for the problems
 */
export function parseSettings(raw: unknown, path: PolicyPath = []): ParsedSettings {
  const problems: PolicyProblem[] = [];
  const report: Report = (at, summary, detail) => {
    problems.push({ code: "malformed-policy", path: at, summary, detail });
    return undefined;
  };
  const settings: Record<string, unknown> = {};
  const record = readRecord(raw, KEYS, path, report) ?? {};
  for (const property of PROPERTIES) {
    const setting = anySetting(property);
    const written = record[setting.key];
    if (written === undefined) continue;
    const value = setting.read(written, [...path, setting.key], report);
    if (value !== undefined) settings[property] = value;
  }
  return { settings: settings, problems };
}

/** The same, with the default of everything that is left out or could not be read. */
export function parsePolicy(raw: unknown): {
  readonly policy: Policy;
  readonly problems: readonly PolicyProblem[];
} {
  const { settings, problems } = parseSettings(raw);
  return { policy: policyOf(settings), problems };
}

/** The settings in their written form: the input of `parseSettings`. */
export function formatSettings(settings: PolicySettings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    PROPERTIES.flatMap((property) => {
      const value = settings[property];
      const setting = anySetting(property);
      return value === undefined || value === null ? [] : [[setting.key, setting.format(value)]];
    }),
  );
}

/** `exceptions[0].until` */
export function pathText(path: PolicyPath): string {
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join("");
}
