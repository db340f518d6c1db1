import { DEFAULT_POLICY, parsePolicy, type Policy } from "../../model/policy";
import {
  DiagnosticError,
  error,
  holdsUnknown,
  isUnknown,
  type ConfigOf,
  type Diagnostic,
} from "../../provider/contract";
import type { policyAttributes } from "./schema";

type PolicyConfig = ConfigOf<{
  policy: {
    type: "object";
    optional: true;
    description: string;
    attributes: typeof policyAttributes;
  };
}>["policy"];

/** What is wrong with the provider's `policy`, as far as it is known. */
export function validatePolicy(written: PolicyConfig): Diagnostic[] {
  if (written === null || isUnknown(written)) return [];
  const { problems } = parsePolicy(knownOf(written));
  return problems.map(({ path, summary, detail }) => error(summary, detail, ["policy", ...path]));
}

/** A policy that is not known cannot be judged by, and to judge by less would let through what it forbids. */
export function readPolicy(written: PolicyConfig): Policy {
  if (written === null) return DEFAULT_POLICY;
  if (holdsUnknown(written)) {
    throw new DiagnosticError(
      error(
        "The provider's policy is not known yet",
        "A part of it comes from a resource that is not applied yet, so nothing can be held against it. Write it as it is, or as a variable.",
        ["policy"],
      ),
    );
  }
  return parsePolicy(knownOf(written)).policy;
}

/** What is written and known, without list items of which a part is not. */
function knownOf(written: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(written).flatMap(([key, value]) => {
      if (Array.isArray(value)) return [[key, value.filter((item) => !holdsUnknown(item))]];
      return value === null || holdsUnknown(value) ? [] : [[key, value]];
    }),
  );
}
