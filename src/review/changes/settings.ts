import { inWords, sameValue, type Value, type Values } from "../objects/values";
import type { Change, ChangeKind, Effect } from "../review";
import type { Tell } from "./change";

/** One change for each setting that differs, in the order of their names. */
export function settingChanges(
  before: Values,
  after: Values,
  tell: Tell,
  {
    kind = "setting-changed",
    effect = "changes",
    prefix = "",
  }: {
    readonly kind?: ChangeKind;
    readonly effect?: Effect;
    readonly prefix?: string;
  } = {},
): Change[] {
  return differingNames(before, after).map((name) =>
    tell(kind, effect, `${prefix}${name}`, fromTo(before[name] ?? null, after[name] ?? null)),
  );
}

export function differingNames(before: Values, after: Values): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => !sameSetting(before[name] ?? null, after[name] ?? null));
}

export function fromTo(before: Value, after: Value): Pick<Change, "from" | "to"> {
  return { from: inWords(before), to: inWords(after) };
}

/** Providers store unset values as null, or as an empty string, list or map. */
function sameSetting(before: Value, after: Value): boolean {
  return sameValue(before, after) || (isEmpty(before) && isEmpty(after));
}

function isEmpty(value: Value): boolean {
  return inWords(value) === "nothing";
}
