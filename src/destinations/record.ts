import type { Problem } from "../model";
import type { Attributes, StateOf } from "../provider/contract";
import { FORMAT_NAMES, formatAttributes, formatConflict, formatRules } from "./format/record";

/** The written values of a destination's attributes. Unset ones are null or missing. */
export type Written = { readonly [attribute: string]: unknown };

/** A value in the words of the reader who is told of it. */
export type Say = (value: unknown) => string;

/** What of a value is wrong by itself. It is called with a value that is set and known. */
interface Rule<T> {
  /** What HCL and Pulumi's YAML are told, and programs too where nothing else is said. */
  problem?(value: T): Problem | undefined;
  /** What programs are told instead, at synth. */
  inPrograms?(value: T): Problem | undefined;
}

/** Two settings that contradict each other. */
export interface Conflict {
  readonly attribute: string;
  readonly problem: Problem;
  readonly inPrograms?: Problem;
}

/** A docstring of a program's option, where programs are told more than the attribute's description. */
export interface OptionText {
  readonly text: string;
  /** What applies where the option is not set, where that is more than the schema's default. */
  readonly unset?: string;
  readonly see?: string;
}

/**
 * All that glsa knows of one kind of destination without doing anything: schemas, bindings, checks, reviews and docs are
 * made of it. It is loaded everywhere, so that it imports nothing but the model; what does the work is beside it.
 */
export interface DestinationRecord {
  readonly description: string;
  readonly attributes: Attributes;
  /** The attributes that tell one place from another, in any spelling. */
  readonly place: readonly string[];
  /** Those of `place` that have only one spelling. */
  readonly exact: readonly string[];
  /** Another value of these creates the destination again; every other setting changes in place. */
  readonly immutable?: readonly string[];
  /** Whether it is in the GitLab project or group that exactly one of `project` and `group` names. */
  readonly inContainer?: boolean;
  /** Whether the same place on another machine is another one. */
  readonly isLocal?: boolean;
  /** The place in one spelling, as far as it is known without a request; by default its label. */
  spelling?(written: Written): string;
  readonly rules?: { readonly [attribute: string]: Rule<never> | undefined };
  conflict?(written: Written): Conflict | undefined;
  /** What it is called in errors. The same for two of which one would overwrite the other. */
  label(settings: Written, say: Say): string;
  readonly review: {
    /** What a review calls it. */
    label(settings: Written, say: Say): string;
    /** What a reader should know of it, such as `not protected`. */
    remarks?(written: Written): readonly string[];
    /** Whether more can read a value there than where GitLab protects it. */
    isUnprotected?(written: Written): boolean;
  };
  /** What is there before the first delivery of a token that something else made. */
  readonly beforeDelivery?: string;
  /** The options interface of the constructs. */
  readonly options: {
    readonly text: string;
    readonly see?: string;
    readonly attributes?: { readonly [attribute: string]: OptionText | undefined };
  };
}

/** The same, where every name is that of an attribute and every rule fits its type. */
interface Defined<A extends Attributes> extends DestinationRecord {
  readonly attributes: A;
  readonly place: readonly (keyof A & string)[];
  readonly exact: readonly (keyof A & string)[];
  readonly immutable?: readonly (keyof A & string)[];
  readonly rules?: {
    readonly [K in keyof A & string]?: Rule<A[K] extends List ? readonly unknown[] : string>;
  };
  readonly options: DestinationRecord["options"] & {
    readonly attributes?: { readonly [K in keyof A & string]?: OptionText };
  };
}

type List = { readonly element: unknown };

/** The record with what all destinations have: the form in which the value arrives. */
export function defineDestination<const A extends Attributes>(
  record: Defined<A>,
): DestinationRecord & { readonly attributes: A & typeof formatAttributes } {
  return {
    ...record,
    attributes: { ...record.attributes, ...formatAttributes },
    immutable: [...(record.immutable ?? []), ...FORMAT_NAMES],
    rules: { ...record.rules, ...formatRules },
    conflict: (written) => record.conflict?.(written) ?? formatConflict(written),
  };
}

/** A destination's settings as they apply: what has a default is set. */
export type Settings<A extends Attributes> = {
  readonly [K in keyof A]: A[K] extends { readonly default: unknown }
    ? NonNullable<StateOf<A>[K]>
    : StateOf<A>[K];
};

/** The attribute of every destination that can hold a value which something else put there. */
export const overwrite = {
  type: "boolean",
  optional: true,
  computed: true,
  default: false,
  description: "Replace a value that another owner put there.",
} as const;

/** The attribute of every destination from which a value can be taken. */
export const onDestroy = {
  type: "string",
  optional: true,
  computed: true,
  default: "remove",
  values: ["remove", "keep"],
  description:
    "What happens to the value when the token is destroyed or no longer delivered here: remove or keep.",
} as const;

/** The docstring of `on_destroy`, which programs are told for each kind of destination. */
export function onDestroyText(what: string): OptionText {
  return {
    text: `What destroying the token does with the ${what}; it is removed only while it holds this token's value.`,
  };
}
