import { recordedPlan } from "./recorded";

export interface ChangeJson {
  readonly address: string;
  deposed?: string;
  readonly change: {
    actions: string[];
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    after_unknown: Record<string, unknown>;
  };
}
export interface PlanJson {
  resource_drift?: object[];
  readonly resource_changes: readonly ChangeJson[];
}

/** A recorded plan with something else about one object. */
export function edited(
  name: string,
  address: string,
  edit: (change: ChangeJson, plan: PlanJson) => void,
): string {
  const plan = JSON.parse(recordedPlan(name)) as PlanJson;
  const found = plan.resource_changes.find((each) => each.address === address);
  if (found === undefined) throw new Error(`${name} has no ${address}`);
  edit(found, plan);
  return JSON.stringify(plan);
}
