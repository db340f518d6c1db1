import { detailWithCode, DiagnosticError, type Attributes, type Diagnostic } from "../contract";
import { reportOf, type FailingProvider } from "../host/report";
import type { EngineLog } from "./engine-log";
import { CallFailure } from "./failures";
import { toPropertyPath } from "./property-path";
import type { CheckFailure } from "./protocol/messages";
import type { Words } from "./words";

/** What a call is about: where its diagnostics' paths lead, and what to name when it goes wrong. */
export class Subject {
  constructor(
    /** The type's token, `x:index:Thing`. */
    readonly token: string,
    private readonly attributes: Attributes,
    private readonly provider: FailingProvider,
    private readonly words: Words,
    private readonly log: EngineLog,
  ) {}

  /** The same words whether the engine shows them as an error or as a warning. */
  describe(diagnostic: Diagnostic): string {
    const { summary, path = [] } = diagnostic;
    const at = path.length === 0 ? "" : ` (${toPropertyPath(path, this.attributes)})`;
    return this.words.translate(`${summary}${at}. ${detailWithCode(diagnostic)}`);
  }

  toCheckFailure(diagnostic: Diagnostic): CheckFailure {
    const { summary, path = [] } = diagnostic;
    const reason = this.words.translate(`${summary}. ${detailWithCode(diagnostic)}`);
    return path.length === 0
      ? { reason }
      : { property: toPropertyPath(path, this.attributes), reason };
  }

  /** Shows warnings; throws errors. */
  async report(diagnostics: readonly Diagnostic[] | undefined, urn = ""): Promise<void> {
    const errors = await this.warn(diagnostics, urn);
    if (errors.length > 0) throw new DiagnosticError(...errors);
  }

  /** Shows warnings; answers errors. */
  async warn(diagnostics: readonly Diagnostic[] = [], urn = ""): Promise<readonly Diagnostic[]> {
    for (const diagnostic of diagnostics) {
      if (diagnostic.severity === "error") continue;
      await this.log.write("warning", this.describe(diagnostic), urn);
    }
    return diagnostics.filter(({ severity }) => severity === "error");
  }

  inform(message: string, urn: string): Promise<void> {
    return this.log.write("info", this.words.translate(message), urn);
  }

  /** Runs the work of one call. Whatever it throws is told in the user's words. */
  async answering<A>(work: () => A | Promise<A>, urn = ""): Promise<A> {
    try {
      return await work();
    } catch (failure) {
      throw await this.explained(failure, urn);
    }
  }

  private async explained(failure: unknown, urn: string): Promise<CallFailure> {
    if (failure instanceof CallFailure) return failure;
    if (failure instanceof DiagnosticError) {
      const errors = await this.warn(failure.diagnostics, urn);
      return CallFailure.clean(errors.map((entry) => this.describe(entry)).join("\n"));
    }
    const { explain, hideSecrets = String } = this.provider;
    const explained = explain?.(failure);
    if (explained !== undefined) return CallFailure.clean(this.describe(explained));
    const { message, stack } = failure instanceof Error ? failure : new Error(String(failure));
    await this.log.write("debug", hideSecrets(stack ?? message), urn);
    return CallFailure.unexpected(this.bug(`Unexpected error: ${hideSecrets(message)}`, failure));
  }

  /** Says that nobody but the provider is to blame. */
  bug(detail: string, failure?: unknown): string {
    return (
      `${this.token} failed unexpectedly. ${detail}\n\nThis is a bug in ${this.provider.name}. Please report it, with ` +
      `what you did, this text (${reportOf(this.provider, failure)}), and what --debug shows.`
    );
  }
}
