import type { Diagnostic } from "./diagnostic";
import type { ListType } from "./list";
import type { DataSourceType, EphemeralType, ResourceType } from "./resource";
import type { Attributes, ConfigOf, Schema } from "./schema";

/**
 * Forgets the attributes of a type, so that types of different attributes stand in one table.
 * Sound because a host gives each type only values shaped by that type's own schema.
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

/** What a host can tell of the run beside what is configured. */
export interface EngineRun {
  /** The engine's name of the state that it keeps: a workspace, or a stack of a project. Asked when an object is at hand. */
  stateName(): string;
  /** Whether `finish` is called. */
  readonly tellsEnd?: boolean;
  /** Whether this process plans, so that an error in any process of the run ends it before anything is applied. */
  readonly plansFirst?: boolean;
}

/** What the processes of one engine run remember for each other: an engine may begin new ones within a run. */
export interface RunMemory {
  tell(topic: string, text: string): void;
  /** Whether another process of the run told it. False where they do not hear each other. */
  isTold(topic: string, text: string): boolean;
}

/** Everything a host needs to know in order to serve a provider. */
export interface ProviderType<Context, A extends Attributes = Attributes> {
  /** The prefix of its types: `glsa` for `glsa_service_account`. */
  readonly name: string;
  readonly version: string;
  /** Terraform's address of it, host included. */
  readonly address: string;
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  /** Called once before anything that takes a context. */
  configure(config: ConfigOf<A>, run?: EngineRun): Context;
  /**
   * Called once after that, which is only in processes that plan or apply. Throws where every object would fail alike.
   * Returns the context to go on with.
   */
  check?(context: Context): Promise<Context>;
  /** Whether another process of the run tells the error of this context: what is planned with it comes to nothing. */
  isSilent?(context: Context): boolean;
  /** For a host that has to know what an earlier process of the run did. */
  memory?(context: Context): RunMemory;
  /** What users are told of a failure that a resource let through; undefined for a bug. */
  explain?(failure: unknown): Diagnostic | undefined;
  /** Takes secrets out of a text that nobody has looked at. */
  hideSecrets?(text: string): string;
  /**
   * The engine has asked for everything that its code declares. Answers what can be said only then; asks no server, since
   * the engine ends this process.
   */
  finish?(context: Context): readonly Diagnostic[];
  /** The engine was told to stop: begin nothing new. */
  stop?(context: Context): void;
  /** By type name, prefix included. */
  readonly resources: { readonly [type: string]: ResourceType<Context> };
  readonly dataSources: { readonly [type: string]: DataSourceType<Context> };
  readonly ephemeralResources?: { readonly [type: string]: EphemeralType<Context> };
  /** By the name of the resource type whose objects they find; that type has an identity. */
  readonly lists?: { readonly [type: string]: ListType<Context> };
}
