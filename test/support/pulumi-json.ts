/** What Pulumi prints as JSON, as far as tests read it. */

export interface PreviewJson {
  readonly steps: readonly PreviewStep[];
  readonly diagnostics?: readonly {
    readonly urn?: string;
    readonly message: string;
    readonly severity: "info" | "info#err" | "warning" | "error";
  }[];
  readonly changeSummary: { readonly [op: string]: number };
}

export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: StateObject;
  readonly newState?: StateObject;
  readonly diffReasons?: readonly string[];
  readonly replaceReasons?: readonly string[];
  readonly detailedDiff: { readonly [path: string]: { readonly kind: string } } | null;
}

export interface StateObject {
  readonly urn: string;
  readonly id?: string;
  readonly type: string;
  readonly inputs?: { readonly [name: string]: unknown };
  readonly outputs?: { readonly [name: string]: unknown };
  readonly initErrors?: readonly string[];
  readonly delete?: boolean;
}

/** Of `pulumi stack export`. */
export interface StackState {
  readonly deployment: {
    readonly resources?: readonly StateObject[];
    readonly pending_operations?: readonly object[];
  };
}
