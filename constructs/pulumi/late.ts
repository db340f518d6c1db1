import {
  Output,
  output,
  resourceName,
  type Input,
  type Output as LateValue,
  type Resource,
} from "@pulumi/pulumi";
import { at, InvalidDeclarationError, type Duration } from "../words";

/** Whether only the engine, and not this program, knows the value. */
export function isLate(value: unknown): value is LateValue<unknown> | Promise<unknown> {
  return Output.isInstance(value) || value instanceof Promise;
}

/** A path or number as the string that the provider expects. */
export function asText(value: Input<string | number>): Input<string>;
export function asText(value: Input<string | number> | undefined): Input<string> | undefined;
export function asText(value: Input<string | number> | undefined): Input<string> | undefined {
  if (value === undefined) return undefined;
  return isLate(value) ? output(value).apply(String) : String(value);
}

/** Days or weeks as the string that the provider expects, such as `30d`. */
export function durationText({ amount, unit }: Duration): Input<string> {
  return output(amount).apply((count) => `${count}${unit}`);
}

/**
 * A name for a late value that is the same in every run: the names of the resources that the value comes from.
 * @param wayOut what to write if the value comes from no resource
 */
export function wordOf(
  value: unknown,
  { path, property, wayOut }: { path: string; property: string; wayOut: string },
): string {
  const names = resourcesBehind(value).map(resourceName).sort();
  if (names.length > 0) return names.join("-");
  throw new InvalidDeclarationError(
    path,
    at(property, {
      code: "late-name",
      summary: "No name can be derived",
      detail: `The value is known only later and comes from no resource, so its object has no stable name; got ${Output.isInstance(value) ? "an Output" : "a Promise"}. ${wayOut}`,
    }),
  );
}

/** Outputs know their resources immediately; the type declarations do not show it. */
function resourcesBehind(value: unknown): Resource[] {
  if (!Output.isInstance(value)) return [];
  const { resources } = value as unknown as { readonly resources?: () => Set<Resource> };
  return typeof resources === "function" ? [...resources.call(value)] : [];
}
