/** What engines print as JSON, as far as tests read it. */

export interface PlannedChange {
  /** Where a `moved` block took it from. */
  readonly previous_address?: string;
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown: Values;
    readonly after_sensitive: Values;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export type Values = { readonly [name: string]: unknown };

export interface PlanJson {
  readonly resource_changes?: readonly PlannedChange[];
  readonly resource_drift?: readonly PlannedChange[];
  /** What the refresh saw. */
  readonly prior_state?: StateJson;
  readonly output_changes?: { readonly [name: string]: PlannedChange["change"] };
}

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
  readonly tainted?: boolean;
}

export interface StateJson {
  readonly values?: {
    readonly outputs?: { readonly [name: string]: { readonly value: unknown } };
    readonly root_module?: { readonly resources?: readonly StateResource[] };
  };
}

/** The state file itself, private state included. */
export interface RawState {
  readonly serial: number;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly attributes: Values;
      readonly private?: string;
      readonly identity?: Values;
    }[];
  }[];
}

/** A diagnostic as `plan -json` and `apply -json` print it. */
export interface EngineDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  readonly snippet?: { readonly context: string | null; readonly code: string };
}
