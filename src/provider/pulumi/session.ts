import type { Attributes, ConfigOf, ProviderType, RunMemory, Schema } from "../contract";
import { EngineLog, Subject } from "./diagnostics";
import { Words } from "./words";

/** The provider of this process and, once the engine has configured it, its context. */
export class Session<Context> {
  readonly log = new EngineLog();
  private readonly words: Words;
  private stateName = "";
  private inFlight = 0;
  private hasFailed = false;
  private configured: { readonly context: Context } | undefined;

  constructor(readonly provider: ProviderType<Context>) {
    this.words = new Words(provider);
  }

  get context(): Context {
    if (this.configured === undefined) throw new Error("The provider was not configured.");
    return this.configured.context;
  }

  get memory(): RunMemory | undefined {
    return this.provider.memory?.(this.context);
  }

  async configure(config: ConfigOf<Attributes>): Promise<void> {
    const stateName = () => this.stateName;
    const context = this.provider.configure(config, { stateName, tellsEnd: true });
    this.configured = { context: (await this.provider.check?.(context)) ?? context };
  }

  /** `urn:pulumi:STACK::PROJECT::...`: every call about a resource names its state. */
  noteUrn(urn: string): void {
    const [, stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
    if (stack !== undefined) this.stateName = `${project}/${stack}`;
  }

  /** Does the work of one call about a resource. */
  async during<A>(work: () => Promise<A>): Promise<A> {
    this.inFlight += 1;
    try {
      return await work();
    } catch (failure) {
      this.hasFailed = true;
      throw failure;
    } finally {
      this.inFlight -= 1;
    }
  }

  /**
   * Engines send the same message when they are interrupted and when they are done. After a failure not everything was
   * requested.
   */
  async end(): Promise<void> {
    if (this.configured === undefined) return;
    const { provider, inFlight, hasFailed } = this;
    const { context } = this.configured;
    provider.stop?.(context);
    if (inFlight > 0 || hasFailed) return;
    const subject = this.subject(`pulumi:providers:${provider.name}`, provider.schema);
    await subject.warn(provider.finish?.(context));
  }

  subject(token: string, { attributes }: Schema): Subject {
    return new Subject(token, attributes, this.provider, this.words, this.log);
  }

  translate(text: string): string {
    return this.words.translate(text);
  }
}
