/** `pulumi preview --json`, as far as a review reads it. Every part may be missing. */
export interface PreviewDocument {
  readonly steps?: readonly Step[] | null;
  /** How many steps there are, by their `op`. */
  readonly changeSummary?: { readonly [op: string]: number } | null;
  readonly diagnostics?: readonly {
    readonly urn?: string;
    readonly message?: string;
    readonly severity?: string;
  }[];
}

export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: StateObject | null;
  readonly newState?: StateObject | null;
  readonly diffReasons?: readonly string[] | null;
  readonly replaceReasons?: readonly string[] | null;
  readonly detailedDiff?: { readonly [path: string]: unknown } | null;
}

export interface StateObject {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom?: boolean;
  /** Marked as replaced, and still to be deleted. */
  readonly delete?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly parent?: string;
  readonly propertyDependencies?: { readonly [property: string]: readonly string[] | null };
}

export interface Properties {
  readonly [name: string]: unknown;
}
