import type { Attributes, ConfigOf, Diagnostic, ProviderType, Schema } from "../contract";
import { SchemaCodec } from "./codec";
import { failureDiagnostics, toWireDiagnostics, type Subject } from "./diagnostics";
import { appliesSavedPlan, workspaceName } from "./engine";
import type { DynamicValue, Message, Response } from "./protocol";

/** The provider of this process and, once core has configured it, its context. */
export class Session<Context> {
  private configured: { readonly context: Context } | undefined;
  private readonly read = new Set<string>();

  constructor(readonly provider: ProviderType<Context>) {}

  get context(): Context {
    if (this.configured === undefined) throw new Error("The provider was not configured.");
    return this.configured.context;
  }

  /** Whether another process reports why nothing can be planned here. */
  get isSilent(): boolean {
    return (
      this.configured !== undefined && this.provider.isSilent?.(this.configured.context) === true
    );
  }

  /** Undefined while configurations are only checked. */
  get contextIfConfigured(): Context | undefined {
    return this.configured?.context;
  }

  async configure(config: ConfigOf<Attributes>): Promise<void> {
    const stateName = () => workspaceName(process.env, process.cwd());
    const context = this.provider.configure(config, { stateName, plansFirst: !appliesSavedPlan() });
    this.configured = { context };
    this.read.clear();
    this.configured = { context: (await this.provider.check?.(context)) ?? context };
  }

  /** Core configures a provider again for each of its walks. One that plans reads first. */
  noteRead(object: string): void {
    this.read.add(object);
  }

  wasRead(object: string): boolean {
    return this.read.has(object);
  }

  stop(): void {
    if (this.configured !== undefined) this.provider.stop?.(this.configured.context);
  }
}

/** One type, or the provider itself, as the calls about it need it: created once, used by every call. */
export class TypeHost<Context, Type extends { readonly schema: Schema }> {
  readonly codec: SchemaCodec;
  readonly subject: Subject;

  constructor(
    readonly session: Session<Context>,
    title: string,
    readonly type: Type,
  ) {
    this.codec = new SchemaCodec(type.schema);
    const { attributes } = type.schema;
    this.subject = { provider: session.provider, title, attributes };
  }

  get context(): Context {
    return this.session.context;
  }

  diagnostics(found: readonly Diagnostic[] = []): Message<"Diagnostic">[] {
    return toWireDiagnostics(found, this.subject);
  }

  /** Runs the work of one call. Whatever it throws becomes diagnostics, beside `otherwise`. */
  async answering<A extends Response>(
    work: () => A | Promise<A>,
    otherwise?: A,
  ): Promise<A | Response> {
    try {
      return await work();
    } catch (failure) {
      const diagnostics = failureDiagnostics(failure, this.subject);
      return { ...otherwise, diagnostics: this.diagnostics(diagnostics) };
    }
  }
}

/** What is known of a configuration without a server. */
export function validate<Context>(
  host: TypeHost<Context, Validated>,
  { config }: { readonly config: DynamicValue },
): Response {
  return { diagnostics: host.diagnostics(host.type.validate?.(host.codec.decodeConfig(config))) };
}

interface Validated {
  readonly schema: Schema;
  validate?(config: ConfigOf<Attributes>): readonly Diagnostic[];
}

interface Typed {
  readonly typeName: string;
}

/** Gives each call about one of these types the type's host. */
export function callsAbout<Context, Type extends { readonly schema: Schema }>(
  session: Session<Context>,
  types: { readonly [typeName: string]: Type },
  prefix = "",
) {
  const hosts = new Map(
    Object.entries(types).map(([typeName, type]) => [
      typeName,
      new TypeHost(session, `${prefix}${typeName}`, type),
    ]),
  );
  return <Request extends Typed, A extends Response>(
      work: (host: TypeHost<Context, Type>, request: Request) => A | Promise<A>,
    ) =>
    async (request: Request): Promise<A | Response> => {
      const host = hosts.get(request.typeName);
      // Core knows the schema, so it requests no type that is not in it.
      if (host === undefined) throw new Error(`There is no type "${request.typeName}".`);
      return host.answering(() => work(host, request));
    };
}
