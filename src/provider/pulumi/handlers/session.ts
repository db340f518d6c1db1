import type { Attributes, ConfigOf, ProviderType, RunMemory, Schema } from "../../contract";
import { EngineLog } from "../engine-log";
import { Subject } from "../subject";
import { Words } from "../words";

/** The provider of this process and, once the engine has configured it, its context. */
export class Session<Context> {
  readonly log = new EngineLog();
  private readonly words: Words;
  private stateName = "";
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
    const context = this.provider.configure(config, { stateName });
    this.configured = { context };
    await this.provider.check?.(context);
  }

  /** `urn:pulumi:STACK::PROJECT::...`: every call about a resource tells which state it is in. */
  noteUrn(urn: string): void {
    const [, stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
    if (stack !== undefined) this.stateName = `${project}/${stack}`;
  }

  stop(): void {
    if (this.configured !== undefined) this.provider.stop?.(this.configured.context);
  }

  subject(token: string, { attributes }: Schema): Subject {
    return new Subject(token, attributes, this.provider, this.words, this.log);
  }

  translate(text: string): string {
    return this.words.translate(text);
  }
}
