import type { PlannedResource } from "../objects/planned-resource";
import type { Change, ChangeKind, Effect } from "../review";

/** Says one change of an object. */
export type Tell = (
  kind: ChangeKind,
  effect: Effect,
  summary: string,
  rest?: Partial<Pick<Change, "from" | "to" | "details">>,
) => Change;

export function teller({ address }: PlannedResource, object: string): Tell {
  return (kind, effect, summary, rest = {}) => ({
    kind,
    effect,
    object,
    address,
    summary,
    details: [],
    ...rest,
  });
}
