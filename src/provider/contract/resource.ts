import type { Diagnostic } from "./diagnostic";
import type { Identity } from "./identity";
import type { PrivateState } from "./private-state";
import type { Attributes, ConfigOf, Schema, StateOf } from "./schema";

export interface PlanRequest<A extends Attributes> {
  /** As the user wrote it; null where nothing was written. */
  readonly config: ConfigOf<A>;
  /** State after the last read; null when the object is about to be created. */
  readonly prior: StateOf<A> | null;
  readonly private: PrivateState | null;
  /**
   * Configuration, defaults, and for what neither says the prior value; unknown on create.
   * A resource changes what it knows better.
   */
  readonly proposed: ConfigOf<A>;
  /** The engine's name of the declaration, from an engine that tells it. It may plan one more than once in a walk. */
  readonly address?: string;
}

export interface PlanResult<A extends Attributes> {
  readonly planned: ConfigOf<A>;
  /** Attributes whose change only a new object can make. */
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
 * What a create or update left behind. An error among the diagnostics says that it went half-way and
 * `state` is what exists now. After a create Terraform then marks the object tainted and replaces it,
 * so an object with an identity reports what is left over as a warning instead.
 */
export interface ApplyResult<A extends Attributes> {
  readonly state: StateOf<A>;
  readonly private?: PrivateState | null;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface ImportResult<A extends Attributes> {
  /** What the id alone tells, or the foreign state; the read that follows fills in the rest. */
  readonly state: Partial<StateOf<A>>;
  readonly private?: PrivateState | null;
}

/** An object as another provider, or another type, left it in the state. */
export interface ForeignState {
  /** Host, namespace and type, such as `registry.terraform.io/gitlabhq/gitlab`. */
  readonly provider: string;
  readonly typeName: string;
  readonly schemaVersion: number;
  /** As that provider wrote them; nobody has checked them. */
  readonly attributes: { readonly [name: string]: unknown };
}

/**
 * One kind of object and its whole life, with no word of an engine in it.
 *
 * Observe in `read`, decide in `plan`: engines may plan twice, and both answers must agree. So what `plan`
 * answers depends on its request alone; it may ask the server only in order to refuse or to warn.
 */
export interface ResourceType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  /**
   * True where the old object stands in the way of the new one, by a name for instance that must be unique. Read by
   * engines that ask the provider for the order (Pulumi); Terraform asks the user.
   */
  readonly deleteBeforeReplace?: boolean;
  /**
   * Checks what can be known without a server. Unknown values pass. During a plan or apply it is called once for each
   * declaration, with the context of the run, so that two declarations can be compared.
   */
  validate?(config: ConfigOf<A>, context?: Context): readonly Diagnostic[];
  plan?(request: PlanRequest<A>, context: Context): PlanResult<A> | Promise<PlanResult<A>>;
  /** Refuses a deletion, or warns of what it will do. */
  planDelete?(
    request: DeletePlanRequest<A>,
    context: Context,
  ): readonly Diagnostic[] | Promise<readonly Diagnostic[]>;
  /** What a deletion takes along, for an engine that asks for no plan of it; told before the deletion begins. */
  warnOfDelete?(request: DeletePlanRequest<A>, context: Context): Promise<readonly Diagnostic[]>;
  /** The object as it is now; null when it is certain that it will never come back. */
  read(request: ReadRequest<A>, context: Context): Promise<ReadResult<A> | null>;
  create(request: CreateRequest<A>, context: Context): Promise<ApplyResult<A>>;
  update(request: UpdateRequest<A>, context: Context): Promise<ApplyResult<A>>;
  /** Answers warnings; throws when the object is still there. */
  delete(request: DeleteRequest<A>, context: Context): Promise<readonly Diagnostic[]>;
  importState?(id: string, context: Context): Promise<ImportResult<A>>;
  /**
   * Takes over an object that another provider managed so far. Called before the provider is configured, so that
   * what only the server knows is left to the read that follows. Throws where it cannot be the same object.
   */
  takeOver?(source: ForeignState): ImportResult<A>;
  readonly identity?: Identity<Context, A>;
  /** Where a declaration for an object that exists says something else than its state. */
  declare?(state: StateOf<A>): Partial<StateOf<A>>;
}

/** Something that is only read. */
export interface DataSourceType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  read(config: StateOf<A>, context: Context): Promise<ReadResult<A>>;
}

/** Something that lives only while the engine runs, and is in neither plan nor state. */
export interface EphemeralType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  open(config: StateOf<A>, context: Context): Promise<ReadResult<A>>;
  close(privateState: PrivateState | null, context: Context): Promise<readonly Diagnostic[]>;
}
