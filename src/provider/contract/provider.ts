import type { ActionType } from "./action";
import type { Diagnostic } from "./diagnostic";
import type { ListType } from "./list";
import type { DataSourceType, EphemeralType, ResourceType } from "./resource";
import type { Attributes, ConfigOf, Schema } from "./schema";

/**
 * Erases the attributes of a type, so that types with different attributes fit into one table. Sound because a host
 * gives each type only values of its own schema.
 */
export function anyResource<Context, A extends Attributes>(
  type: ResourceType<Context, A>,
): ResourceType<Context> {
  return type as unknown as ResourceType<Context>;
}

/** The same for a data source. */
export function anyDataSource<Context, A extends Attributes>(
  type: DataSourceType<Context, A>,
): DataSourceType<Context> {
  return type;
}

/** The same for an ephemeral resource. */
export function anyEphemeral<Context, A extends Attributes>(
  type: EphemeralType<Context, A>,
): EphemeralType<Context> {
  return type;
}

/** The same for a list. */
export function anyList<Context, A extends Attributes>(
  type: ListType<Context, A>,
): ListType<Context> {
  return type;
}

/** The same for an action. */
export function anyAction<Context, A extends Attributes>(
  type: ActionType<Context, A>,
): ActionType<Context> {
  return type;
}

/** What a host knows of the run beside the configuration. */
export interface EngineRun {
  /** The engine's name of the state: a workspace, or a stack of a project. Read when an object is at hand. */
  stateName(): string;
  /** Whether `finish` is called. */
  readonly tellsEnd?: boolean;
  /** Whether this process plans, so that an error in any process of the run ends it before anything is applied. */
  readonly plansFirst?: boolean;
}

/** What the processes of one engine run store for each other: an engine may start new ones within a run. */
export interface RunMemory {
  tell(topic: string, text: string): void;
  /** Whether another process of the run reported it. False if they cannot communicate. */
  isTold(topic: string, text: string): boolean;
}

/** Everything a host needs to serve a provider. */
export interface ProviderType<Context, A extends Attributes = Attributes> {
  /** The prefix of its types: `glsa` for `glsa_service_account`. */
  readonly name: string;
  readonly version: string;
  /** Its address in Terraform, host included. */
  readonly address: string;
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  /** Called once before anything that takes a context. */
  configure(config: ConfigOf<A>, run?: EngineRun): Context;
  /**
   * Called once after that, only in processes that plan or apply. Throws if every object would fail alike. Returns the
   * context to continue with.
   */
  check?(context: Context): Promise<Context>;
  /** Whether another process of the run reports the error of this context: its plans are discarded. */
  isSilent?(context: Context): boolean;
  /** For a host that must know what an earlier process of the run did. */
  memory?(context: Context): RunMemory;
  /** The user's message for a failure that a resource did not handle. Undefined for a bug. */
  explain?(failure: unknown): Diagnostic | undefined;
  /** Removes secrets from a text that was not checked. */
  hideSecrets?(text: string): string;
  /**
   * The engine has requested everything that its code declares. Returns messages that are possible only then. Sends no
   * requests, since the engine ends this process.
   */
  finish?(context: Context): readonly Diagnostic[];
  /** The engine requested a stop: start nothing new. */
  stop?(context: Context): void;
  /** By type name, prefix included. */
  readonly resources: { readonly [type: string]: ResourceType<Context> };
  readonly dataSources: { readonly [type: string]: DataSourceType<Context> };
  readonly ephemeralResources?: { readonly [type: string]: EphemeralType<Context> };
  /** By the name of the resource type whose objects they find. That type has an identity. */
  readonly lists?: { readonly [type: string]: ListType<Context> };
  /** For an engine that has such a thing. */
  readonly actions?: { readonly [type: string]: ActionType<Context> };
}
