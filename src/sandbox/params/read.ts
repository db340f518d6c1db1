import { parameterError } from "../http/errors";
import type { Feature } from "../features";
import { invalid, type Param } from "./types";

/** The declared parameters of a route, by name. */
export type Shape = Readonly<Record<string, Param<unknown>>>;

/** The parsed values of a shape's parameters. */
export type ParamsOf<S extends Shape> = {
  [Name in keyof S]: S[Name] extends Param<infer T> ? T : never;
};

/** Reads every declared parameter and reports all problems in one error. Others are ignored. */
export function readParams<S extends Shape>(
  shape: S,
  raw: Readonly<Record<string, unknown>>,
  isSupported: (feature: Feature) => boolean,
): ParamsOf<S> {
  const problems: string[] = [];
  const isGiven = (name: string) => Object.hasOwn(raw, name);
  const entries = Object.entries(shape).map(([name, param]) => {
    if (param.check !== undefined) {
      const problem = param.check(isGiven, isSupported);
      if (problem !== undefined) problems.push(problem);
      return [name, undefined];
    }
    const isKnown = param.feature === undefined || isSupported(param.feature);
    const given = isKnown && isGiven(name) ? raw[name] : undefined;
    if (given === undefined || given === null) {
      if (param.required) problems.push(`${name} is missing`);
      return [name, param.fallback];
    }
    const value = param.read(given);
    if (value === invalid) {
      problems.push(param.values ? `${name} does not have a valid value` : `${name} is invalid`);
    }
    return [name, value ?? param.fallback];
  });
  if (problems.length > 0) throw parameterError(problems.join(", "));
  return Object.fromEntries(entries) as ParamsOf<S>;
}
