import type { Problem } from "../../problem";
import type { Strictness } from "../policy";
import type { RuleName } from "../rule-name";

/** Where in a configuration something is wrong: keys and list positions, outermost first. */
export type PolicyPath = readonly (string | number)[];

/** What is wrong with a configuration. */
export interface PolicyProblem extends Problem {
  readonly path: PolicyPath;
}

/** Collects what is wrong while a value is read; undefined is what could not be read. */
export type Report = (path: PolicyPath, summary: string, detail: string) => undefined;

/** A part of a JSON Schema. */
export type JsonSchema = { readonly [key: string]: unknown };

/** One setting: how it is written, and which of two values is the stricter. */
export interface Setting<T> {
  /** In `glsa.config.json` and in the provider's `policy`. */
  readonly key: string;
  readonly summary: string;
  readonly example: string;
  readonly schema: JsonSchema;
  read(raw: unknown, path: PolicyPath, report: Report): T | undefined;
  /** As it is written. */
  format(value: T): unknown;
  /** Both in force: what holds where one inherits the other; undefined where the second is looser. */
  tightened(inherited: T, own: T): T | undefined;
}

export type Severities = Readonly<Partial<Record<RuleName, Strictness>>>;
