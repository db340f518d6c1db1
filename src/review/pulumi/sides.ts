import { isDeepStrictEqual } from "node:util";
import { snakeCase } from "../../official";
import { withDefaults } from "../glsa/defaults";
import { UNKNOWN, type Value, type Values } from "../objects/values";
import { corrected, correctedNames } from "./corrections";
import type { StateObject, Step } from "./document";
import type { Explained } from "./explained";
import { maskedProperties } from "./masked";

export interface Sides {
  readonly before: Values | null;
  readonly after: Values | null;
  /** Attributes that the engine says differ. */
  readonly differing: readonly string[];
}

/** What the steps of one resource say together. */
export interface Steps {
  readonly type: string;
  readonly old: StateObject | undefined;
  readonly new: StateObject | undefined;
  readonly all: readonly Step[];
}

/**
 * The attributes before and after. A preview shows the recorded outputs, the inputs before and after, and the names of
 * what differs; the planned outputs it leaves out.
 */
export function sidesOf(steps: Steps, { found, planned }: Explained): Sides {
  const differing = differingIn(steps);
  const before =
    steps.old === undefined
      ? null
      : withDefaults(steps.type, corrected(recorded(steps.old), found));
  if (steps.new === undefined) return { before, after: null, differing };
  const written = withDefaults(steps.type, maskedProperties(steps.new.inputs));
  if (before === null) return { before, after: corrected(written, planned), differing };
  const foreseen = corrected(before, planned);
  const isForeseen = correctedNames(planned);
  const had = maskedProperties(steps.old?.inputs);
  const names = [...Object.keys({ ...before, ...written, ...had }), ...differing];
  const after = [...new Set(names)].map((name): [string, Value] => {
    if (!differing.includes(name)) return [name, before[name] ?? written[name] ?? null];
    if (isForeseen.has(name)) return [name, foreseen[name] ?? null];
    if (name in written) return [name, written[name] ?? null];
    return [name, unwritten(name, had)];
  });
  return { before, after: Object.fromEntries(after), differing };
}

/** The outputs, and of an object that has none yet its inputs. */
export function recorded({ id, inputs, outputs }: StateObject): Values {
  const values = maskedProperties({ ...inputs, ...outputs });
  return id === undefined || id === "" ? values : { ...values, id };
}

/** A value that is no longer written is unset; a value that was never written is for the provider to find out. */
function unwritten(name: string, had: Values): Value {
  return name in had ? null : UNKNOWN;
}

function differingIn({ all, old, new: next }: Steps): string[] {
  const told = all.flatMap((step) => [
    ...(step.diffReasons ?? []),
    ...(step.replaceReasons ?? []),
    ...Object.keys(step.detailedDiff ?? {}),
  ]);
  const heads = told.map((path) => /^[^.[]*/.exec(path)?.[0] ?? path);
  const names = heads.length > 0 ? heads : differingInputs(old, next);
  return [...new Set(names)].filter((name) => !name.startsWith("__")).map(snakeCase);
}

function differingInputs(old: StateObject | undefined, next: StateObject | undefined): string[] {
  if (old === undefined || next === undefined) return [];
  const [had, has] = [old.inputs ?? {}, next.inputs ?? {}];
  return Object.keys({ ...had, ...has }).filter((name) => !isDeepStrictEqual(had[name], has[name]));
}
