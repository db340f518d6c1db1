import type { Attributes, ConfigOf, ProviderType, Schema } from "../../contract";
import { EngineLog } from "../engine-log";
import { Subject } from "../subject";
import { Words } from "../words";

/** The provider of this process and, once the engine has configured it, its context. */
export class Session<Context> {
  readonly log = new EngineLog();
  private readonly words: Words;
  private configured: { readonly context: Context } | undefined;

  constructor(readonly provider: ProviderType<Context>) {
    this.words = new Words(provider);
  }

  get context(): Context {
    if (this.configured === undefined) throw new Error("The provider was not configured.");
    return this.configured.context;
  }

  configure(config: ConfigOf<Attributes>): void {
    this.configured = { context: this.provider.configure(config) };
  }

  stop(): void {
    if (this.configured !== undefined) this.provider.stop?.(this.configured.context);
  }

  subject(token: string, { attributes }: Schema): Subject {
    return new Subject(token, attributes, this.words, this.log);
  }

  translate(text: string): string {
    return this.words.translate(text);
  }
}
