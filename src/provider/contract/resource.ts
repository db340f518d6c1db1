import type { Diagnostic } from "./diagnostic";
import type { Identity } from "./identity";
import type { PrivateState } from "./private-state";
import type { Attributes, ConfigOf, Schema, StateOf } from "./schema";

export interface PlanRequest<A extends Attributes> {
  /** As the user wrote it. Null if nothing was written. */
  readonly config: ConfigOf<A>;
  /** State after the last read. Null if the object is to be created. */
  readonly prior: StateOf<A> | null;
  readonly private: PrivateState | null;
  /**
   * Configuration, defaults, and otherwise the prior value; unknown on create. A resource changes the values that it
   * knows better.
   */
  readonly proposed: ConfigOf<A>;
  /** The engine's name of the declaration, if the engine passes it. It may plan one more than once in a walk. */
  readonly address?: string;
}

export interface PlanResult<A extends Attributes> {
  readonly planned: ConfigOf<A>;
  /** Attributes whose change requires a new object. */
  readonly replace?: readonly (keyof A & string)[];
  readonly diagnostics?: readonly Diagnostic[];
}

export interface DeletePlanRequest<A extends Attributes> {
  readonly prior: StateOf<A>;
  readonly private: PrivateState | null;
}

export interface ReadRequest<A extends Attributes> {
  readonly state: StateOf<A>;
  readonly private: PrivateState | null;
}

export interface ReadResult<A extends Attributes> {
  readonly state: StateOf<A>;
  readonly private?: PrivateState | null;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface CreateRequest<A extends Attributes> {
  readonly config: ConfigOf<A>;
  readonly planned: ConfigOf<A>;
}

export interface UpdateRequest<A extends Attributes> extends CreateRequest<A> {
  readonly prior: StateOf<A>;
  readonly private: PrivateState | null;
}

export interface DeleteRequest<A extends Attributes> {
  readonly prior: StateOf<A>;
  readonly private: PrivateState | null;
}

/**
 * The result of a create or update. An error among the diagnostics means that it was completed only in part and `state`
 * is what exists now. After a create, Terraform then marks the object as tainted and replaces it, so an object with an
 * identity reports the rest as a warning instead.
 */
export interface ApplyResult<A extends Attributes> {
  readonly state: StateOf<A>;
  readonly private?: PrivateState | null;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface ImportResult<A extends Attributes> {
  /** What is known from the id, or from the foreign state. The read that follows fills in the rest. */
  readonly state: Partial<StateOf<A>>;
  readonly private?: PrivateState | null;
}

/** An object as another provider, or another type, left it in the state. */
export interface ForeignState {
  /** Host, namespace and type, such as `registry.terraform.io/gitlabhq/gitlab`. */
  readonly provider: string;
  readonly typeName: string;
  readonly schemaVersion: number;
  /** As that provider wrote them, unchecked. */
  readonly attributes: { readonly [name: string]: unknown };
}

/**
 * One kind of object and its whole life cycle, independent of the engine.
 * Observe in `read`, decide in `plan`: engines may plan twice, and both results must agree. So the result of `plan`
 * depends on its request alone. It may send requests to the server only in order to refuse or to warn.
 */
export interface ResourceType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  /**
   * True if the old object blocks the new one, for example by a name that must be unique. Read by engines that ask the
   * provider for the order (Pulumi). In Terraform the user decides.
   */
  readonly deleteBeforeReplace?: boolean;
  /**
   * Checks what can be known without a server. Unknown values pass. During a plan or apply it is called once for each
   * declaration, with the context of the run, so that two declarations can be compared.
   */
  validate?(config: ConfigOf<A>, context?: Context): readonly Diagnostic[];
  plan?(request: PlanRequest<A>, context: Context): PlanResult<A> | Promise<PlanResult<A>>;
  /** Refuses a deletion, or warns of its effects. */
  planDelete?(
    request: DeletePlanRequest<A>,
    context: Context,
  ): readonly Diagnostic[] | Promise<readonly Diagnostic[]>;
  /** What a deletion removes too, for an engine that does not plan deletions. Reported before the deletion begins. */
  warnOfDelete?(request: DeletePlanRequest<A>, context: Context): Promise<readonly Diagnostic[]>;
  /** The object as it is now. Null if it is certainly gone for good. */
  read(request: ReadRequest<A>, context: Context): Promise<ReadResult<A> | null>;
  create(request: CreateRequest<A>, context: Context): Promise<ApplyResult<A>>;
  update(request: UpdateRequest<A>, context: Context): Promise<ApplyResult<A>>;
  /** Returns warnings. Throws if the object still exists. */
  delete(request: DeleteRequest<A>, context: Context): Promise<readonly Diagnostic[]>;
  importState?(id: string, context: Context): Promise<ImportResult<A>>;
  /**
   * Takes over an object that another provider managed so far. Called before the provider is configured, so the read
   * that follows fills in what only the server knows. Throws if it cannot be the same object.
   */
  takeOver?(source: ForeignState): ImportResult<A>;
  readonly identity?: Identity<Context, A>;
  /** The attributes in which a declaration for an existing object differs from its state. */
  declare?(state: StateOf<A>): Partial<StateOf<A>>;
}

/** Something that is only read. */
export interface DataSourceType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  read(config: StateOf<A>, context: Context): Promise<ReadResult<A>>;
}

/** Something that exists only while the engine runs, and is in neither plan nor state. */
export interface EphemeralType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  open(config: StateOf<A>, context: Context): Promise<ReadResult<A>>;
  close(privateState: PrivateState | null, context: Context): Promise<readonly Diagnostic[]>;
}
