/** The messages of `provider-messages.ts` as TypeScript. What a peer leaves out is absent. */

/** A value in cty's msgpack form. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

export type PathStep =
  | { readonly attributeName: string }
  | { readonly elementKeyString: string }
  | { readonly elementKeyInt: number };

export interface AttributePathMessage {
  readonly steps: readonly PathStep[];
}

export interface DiagnosticMessage {
  /** 1 error, 2 warning */
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: AttributePathMessage;
}

/** What nearly every answer carries. */
export interface Answer {
  readonly diagnostics?: readonly DiagnosticMessage[];
}

export interface SchemaAttribute {
  readonly name: string;
  /** The type in cty's JSON form; absent where `nestedType` stands. */
  readonly type?: Uint8Array;
  readonly nestedType?: SchemaObject;
  readonly description: string;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly deprecated: boolean;
}

export interface SchemaObject {
  readonly attributes: readonly SchemaAttribute[];
  /** 1 single, 2 list */
  readonly nesting: 1 | 2;
}

export interface SchemaMessage {
  readonly version: number;
  readonly block: {
    readonly version: number;
    readonly attributes: readonly SchemaAttribute[];
    readonly description: string;
  };
}

export interface SchemaMessages {
  readonly [type: string]: SchemaMessage;
}

export interface SchemaAnswer extends Answer {
  readonly provider: SchemaMessage;
  readonly resourceSchemas: SchemaMessages;
  readonly dataSourceSchemas: SchemaMessages;
  readonly ephemeralResourceSchemas: SchemaMessages;
  readonly serverCapabilities: {
    readonly planDestroy: boolean;
    readonly getProviderSchemaOptional: boolean;
    readonly moveResourceState: boolean;
  };
}

export interface ConfigRequest {
  readonly config: DynamicValue;
}

export interface TypedRequest {
  readonly typeName: string;
}

export interface TypedConfigRequest extends TypedRequest, ConfigRequest {}

export interface UpgradeRequest extends TypedRequest {
  readonly rawState: { readonly json: Uint8Array };
}

export interface UpgradeAnswer extends Answer {
  readonly upgradedState?: DynamicValue;
}

export interface ReadResourceRequest extends TypedRequest {
  readonly currentState: DynamicValue;
  readonly private?: Uint8Array;
}

export interface ReadResourceAnswer extends Answer {
  readonly newState?: DynamicValue;
  readonly private?: Uint8Array;
}

export interface PlanChangeRequest extends TypedRequest {
  readonly priorState: DynamicValue;
  readonly proposedNewState: DynamicValue;
  readonly config: DynamicValue;
  readonly priorPrivate?: Uint8Array;
}

export interface PlanChangeAnswer extends Answer {
  readonly plannedState?: DynamicValue;
  readonly requiresReplace?: readonly AttributePathMessage[];
  readonly plannedPrivate?: Uint8Array;
}

export interface ApplyChangeRequest extends TypedRequest {
  readonly priorState: DynamicValue;
  readonly plannedState: DynamicValue;
  readonly config: DynamicValue;
  readonly plannedPrivate?: Uint8Array;
}

export interface ApplyChangeAnswer extends Answer {
  readonly newState?: DynamicValue;
  readonly private?: Uint8Array;
}

export interface ImportRequest extends TypedRequest {
  readonly id: string;
}

export interface ImportAnswer extends Answer {
  readonly importedResources?: readonly {
    readonly typeName: string;
    readonly state: DynamicValue;
    readonly private?: Uint8Array;
  }[];
}

export interface MoveRequest {
  /** Host, namespace and type. */
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  /** Absent for 0. */
  readonly sourceSchemaVersion?: number;
  /** Without `json` only where a Terraform before 0.12 wrote it. */
  readonly sourceState?: { readonly json?: Uint8Array };
  readonly targetTypeName: string;
}

export interface MoveAnswer extends Answer {
  readonly targetState?: DynamicValue;
  readonly targetPrivate?: Uint8Array;
}

export interface ReadDataSourceAnswer extends Answer {
  readonly state?: DynamicValue;
}

export interface OpenEphemeralAnswer extends Answer {
  readonly result?: DynamicValue;
  readonly private?: Uint8Array;
}

export interface CloseEphemeralRequest extends TypedRequest {
  readonly private?: Uint8Array;
}
