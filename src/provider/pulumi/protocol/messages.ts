/** The messages of `provider-messages.ts` as TypeScript. What a peer leaves out is absent. */

export interface WireStruct {
  readonly fields?: { readonly [name: string]: WireValue };
}

/** At most one of them is there; none means null. */
export interface WireValue {
  readonly nullValue?: 0;
  readonly numberValue?: number;
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly structValue?: WireStruct;
  readonly listValue?: { readonly values?: readonly WireValue[] };
}

export interface Capabilities {
  readonly acceptSecrets: boolean;
  readonly acceptResources: boolean;
  readonly acceptOutputs: boolean;
}

export interface HandshakeRequest {
  readonly engineAddress?: string;
}

export interface ConfigureRequest {
  readonly args?: WireStruct;
}

export interface ConfigureAnswer extends Capabilities {
  readonly supportsPreview: boolean;
}

export interface InvokeRequest {
  readonly tok: string;
  readonly args?: WireStruct;
}

export interface InvokeAnswer {
  readonly return?: WireStruct;
  readonly failures?: readonly CheckFailure[];
}

export interface CheckFailure {
  /** Absent where no single property is to blame. */
  readonly property?: string;
  readonly reason: string;
}

export interface ResourceRequest {
  readonly urn: string;
}

export interface CheckRequest extends ResourceRequest {
  readonly news?: WireStruct;
}

export interface CheckAnswer {
  readonly inputs?: WireStruct;
  readonly failures?: readonly CheckFailure[];
}

export interface DiffRequest extends ResourceRequest {
  readonly id: string;
  /** The state, not the inputs: these are `oldInputs`. */
  readonly olds?: WireStruct;
  readonly news?: WireStruct;
  readonly ignoreChanges?: readonly string[];
  readonly oldInputs?: WireStruct;
}

export const NO_CHANGES = 1;
export const CHANGES = 2;

export const DIFF_KIND = {
  add: 0,
  addReplace: 1,
  delete: 2,
  deleteReplace: 3,
  update: 4,
  updateReplace: 5,
} as const;

export interface PropertyDiff {
  readonly kind: (typeof DIFF_KIND)[keyof typeof DIFF_KIND];
  /** False: the old value is to be found in the state, not in the old inputs. */
  readonly inputDiff: boolean;
}

export interface DiffAnswer {
  readonly changes: typeof NO_CHANGES | typeof CHANGES;
  readonly replaces?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  readonly diffs?: readonly string[];
  readonly detailedDiff?: { readonly [path: string]: PropertyDiff };
  readonly hasDetailedDiff?: boolean;
}

export interface CreateRequest extends ResourceRequest {
  readonly properties?: WireStruct;
  readonly preview?: boolean;
}

export interface CreateAnswer {
  /** Empty in a preview. */
  readonly id?: string;
  readonly properties?: WireStruct;
}

export interface ReadRequest extends ResourceRequest {
  readonly id: string;
  /** The state; absent in an import. */
  readonly properties?: WireStruct;
  readonly inputs?: WireStruct;
}

export interface ReadAnswer {
  /** Empty for an object that is gone. */
  readonly id?: string;
  readonly properties?: WireStruct;
  readonly inputs?: WireStruct;
}

export interface UpdateRequest extends DiffRequest {
  readonly preview?: boolean;
}

export interface UpdateAnswer {
  readonly properties?: WireStruct;
}

export interface DeleteRequest extends ResourceRequest {
  readonly id: string;
  readonly properties?: WireStruct;
}

export interface AttachRequest {
  readonly address: string;
}

export const LOG_SEVERITY = { debug: 0, info: 1, warning: 2 } as const;

export interface LogRequest {
  readonly severity: (typeof LOG_SEVERITY)[keyof typeof LOG_SEVERITY];
  readonly message: string;
  readonly urn: string;
}
