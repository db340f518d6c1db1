/** `terraform show -json` of a plan, as far as a review reads it. Every part may be missing. */
export interface PlanDocument {
  readonly format_version?: string;
  readonly terraform_version?: string;
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly deferred_changes?: readonly unknown[];
  /** Actions that Terraform 1.14 runs beside its changes of resources. */
  readonly action_invocations?: readonly unknown[];
  readonly planned_values?: unknown;
  readonly prior_state?: { readonly values?: StateValues };
  readonly configuration?: {
    readonly provider_config?: { readonly [key: string]: { readonly full_name?: string } };
    readonly root_module?: ModuleConfiguration;
  };
  readonly checks?: readonly Check[];
  readonly errored?: boolean;
  readonly complete?: boolean;
  readonly applyable?: boolean;
}

/** Conditions that the configuration states of an object. */
export interface Check {
  readonly address?: { readonly kind?: string; readonly type?: string };
  readonly instances?: readonly {
    readonly address?: { readonly to_display?: string };
    readonly status?: string;
  }[];
}

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly module_address?: string;
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly deposed?: string;
  readonly provider_name?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly importing?: unknown;
  };
}

export interface StateValues {
  readonly root_module?: StateModule;
}

export interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

export interface StateResource {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly values?: unknown;
  readonly sensitive_values?: unknown;
}

export interface ModuleConfiguration {
  readonly resources?: readonly ResourceConfiguration[];
  readonly module_calls?: { readonly [name: string]: ModuleCall };
  readonly outputs?: { readonly [name: string]: { readonly expression?: Expression } };
}

export interface ResourceConfiguration {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly mode?: string;
  readonly expressions?: { readonly [attribute: string]: Expression };
  readonly for_each_expression?: Expression;
}

export interface ModuleCall {
  readonly expressions?: { readonly [variable: string]: Expression };
  readonly for_each_expression?: Expression;
  readonly module?: ModuleConfiguration;
}

export interface Expression {
  readonly references?: readonly string[];
}
