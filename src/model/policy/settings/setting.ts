import type { Problem } from "../../problem";
import type { Strictness } from "../policy";
import type { RuleName } from "../rule-name";

/** The place of a problem in a configuration: keys and list positions, outermost first. */
export type PolicyPath = readonly (string | number)[];

/** A problem of a configuration. */
export interface PolicyProblem extends Problem {
  readonly path: PolicyPath;
}

/** Collects the problems while a value is read. Undefined for a value that could not be read. */
export type Report = (path: PolicyPath, summary: string, detail: string) => undefined;

/** A part of a JSON Schema. */
export type JsonSchema = { readonly [key: string]: unknown };

/** One setting: how it is written, and which of two values is stricter. */
export interface Setting<T> {
  /** The key in `glsa.config.json` and in the provider's `policy`. */
  readonly key: string;
  readonly summary: string;
  readonly example: string;
  readonly schema: JsonSchema;
  read(raw: unknown, path: PolicyPath, report: Report): T | undefined;
  /** The written form. */
  format(value: T): unknown;
  /** The value in force if one inherits the other. Undefined if the second is looser. */
  tightened(inherited: T, own: T): T | undefined;
}

export type Severities = Readonly<Partial<Record<RuleName, Strictness>>>;
