import { existsSync } from "node:fs";
import { basename } from "node:path";
import { CodedError } from "../../model/code";

export interface NamedPlan {
  /** What the stack is called. */
  readonly name: string;
  readonly path: string;
}

/** Plans of several stacks: `name=path`, or a path whose file is called like the stack. */
export function namedPlans(plans: readonly string[]): NamedPlan[] {
  const named = plans.map(namedPlan);
  const again = named.find(({ name }, at) => named.findIndex((one) => one.name === name) !== at);
  if (again === undefined) return named;
  throw new CodedError(
    "duplicate-stack",
    `Two plans are of the stack ${JSON.stringify(again.name)}. Name them: staging=${again.path}.`,
  );
}

function namedPlan(plan: string): NamedPlan {
  const at = plan.indexOf("=");
  if (at > 0 && !existsSync(plan)) return { name: plan.slice(0, at), path: plan.slice(at + 1) };
  return { name: basename(plan).replace(/\.json$/, ""), path: plan };
}
