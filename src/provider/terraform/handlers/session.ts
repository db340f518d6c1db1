import type { Attributes, ConfigOf, ProviderType, Schema } from "../../contract";
import type { Subject } from "../diagnostics";
import { workspaceName } from "../workspace-name";

/** The provider of this process and, once core has configured it, its context. */
export class Session<Context> {
  private configured: { readonly context: Context } | undefined;
  private readonly read = new Set<string>();

  constructor(readonly provider: ProviderType<Context>) {}

  get context(): Context {
    if (this.configured === undefined) throw new Error("The provider was not configured.");
    return this.configured.context;
  }

  /** Undefined while configurations are only checked. */
  get contextIfConfigured(): Context | undefined {
    return this.configured?.context;
  }

  async configure(config: ConfigOf<Attributes>): Promise<void> {
    const stateName = () => workspaceName(process.env, process.cwd());
    const context = this.provider.configure(config, { stateName });
    this.configured = { context };
    this.read.clear();
    await this.provider.check?.(context);
  }

  /** Core configures a provider anew for each of its walks; one that plans reads first. */
  noteRead(object: string): void {
    this.read.add(object);
  }

  wasRead(object: string): boolean {
    return this.read.has(object);
  }

  stop(): void {
    if (this.configured !== undefined) this.provider.stop?.(this.configured.context);
  }

  subject(title: string, { attributes }: Schema): Subject {
    return { provider: this.provider, title, attributes };
  }
}
