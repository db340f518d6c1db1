import { isBlank } from "../../blank";
import { didYouMean, didYouMeanName } from "../../nearest";
import type { PolicyPath, Report } from "./setting";

/** The value as it is written, for a problem. */
export function shown(raw: unknown): string {
  return JSON.stringify(raw) ?? String(raw);
}

export function readText(raw: unknown, path: PolicyPath, report: Report): string | undefined {
  if (typeof raw === "string" && !isBlank(raw)) return raw;
  return report(
    path,
    "It must be a string",
    `Write a string that is not empty; got ${shown(raw)}.`,
  );
}

export function readCount(raw: unknown, path: PolicyPath, report: Report): number | undefined {
  if (typeof raw === "number" && Number.isInteger(raw) && raw >= 0) return raw;
  return report(path, "It must be a whole number", `Write 0 or more; got ${shown(raw)}.`);
}

export function readChoice<T extends string>(
  raw: unknown,
  choices: readonly T[],
  path: PolicyPath,
  report: Report,
): T | undefined {
  const found = choices.find((choice) => choice === raw);
  if (found !== undefined) return found;
  const hint = typeof raw === "string" ? didYouMean(raw, choices) : "";
  const detail = `Write one of ${choices.join(", ")}; got ${shown(raw)}.${hint}`;
  return report(path, "Not one of the allowed values", detail);
}

/** An object without unknown keys. */
export function readRecord(
  raw: unknown,
  known: readonly string[],
  path: PolicyPath,
  report: Report,
): Readonly<Record<string, unknown>> | undefined {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    const detail = `Write an object with any of ${known.join(", ")}; got ${shown(raw)}.`;
    return report(path, "It must be an object", detail);
  }
  for (const key of Object.keys(raw)) {
    if (known.includes(key)) continue;
    const detail = `Known keys: ${known.join(", ")}.${didYouMeanName(key, known)}`;
    report([...path, key], `Unknown key "${key}"`, detail);
  }
  return raw as Readonly<Record<string, unknown>>;
}

export function readList<T>(
  raw: unknown,
  path: PolicyPath,
  report: Report,
  readItem: (item: unknown, path: PolicyPath) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(raw)) {
    return report(path, "It must be a list", `Write a list in [brackets]; got ${shown(raw)}.`);
  }
  const items = raw.map((item, at) => readItem(item, [...path, at]));
  return items.filter((item): item is Awaited<T> & T => item !== undefined);
}
