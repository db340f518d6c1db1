import { Client, credentials, Metadata, status, type ServiceError } from "@grpc/grpc-js";
import { detailWithCode, DiagnosticError, type Attributes, type Diagnostic } from "../contract";
import { reportOf, type FailingProvider } from "../host/report";
import { toPropertyPath } from "./names";
import {
  encodeInitFailed,
  encodeStatus,
  engineService,
  LOG_SEVERITY,
  type Message,
  type WireStruct,
} from "./protocol";
import type { Words } from "./words";

/** The subject of a call: where its diagnostics' paths lead, and the name to use in errors. */
export class Subject {
  constructor(
    /** The type's token, `x:index:Thing`. */
    readonly token: string,
    private readonly attributes: Attributes,
    private readonly provider: FailingProvider,
    private readonly words: Words,
    private readonly log: EngineLog,
  ) {}

  /** The same text, whether the engine shows it as an error or as a warning. */
  describe(diagnostic: Diagnostic): string {
    const { summary, path = [] } = diagnostic;
    const at = path.length === 0 ? "" : ` (${toPropertyPath(path, this.attributes)})`;
    return this.words.translate(`${summary}${at}. ${detailWithCode(diagnostic)}`);
  }

  toCheckFailure(diagnostic: Diagnostic): Message<"CheckFailure"> {
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

  /** Shows warnings; returns errors. */
  async warn(diagnostics: readonly Diagnostic[] = [], urn = ""): Promise<readonly Diagnostic[]> {
    for (const diagnostic of diagnostics) {
      if (diagnostic.severity === "error") continue;
      await this.log.write("warning", this.describe(diagnostic), urn);
    }
    return diagnostics.filter(({ severity }) => severity === "error");
  }

  /** Unchanged: it quotes values, and is read as data. */
  inform(message: string, urn: string): Promise<void> {
    return this.log.write("info", message, urn);
  }

  /** Runs the work of one call. Whatever it throws is reported in the user's terms. */
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

  /** States that the fault is the provider's. */
  bug(detail: string, failure?: unknown): string {
    return (
      `${this.token} failed unexpectedly. ${detail}\n\nThis is a bug in ${this.provider.name}. Please report it, with ` +
      `what you did, this text (${reportOf(this.provider, failure)}), and what --debug shows.`
    );
  }
}

/** What exists although the call failed. */
export interface LeftBehind {
  readonly id: string;
  readonly properties: WireStruct;
  readonly inputs: WireStruct | undefined;
  readonly reasons: readonly string[];
}

/** A call's failure as the engine reads it. */
export class CallFailure extends Error {
  constructor(
    message: string,
    readonly code: status,
    readonly leftBehind?: LeftBehind,
  ) {
    super(message);
    this.name = "CallFailure";
  }

  /** Refused, or failed without effect: the engine knows that the object is unchanged. */
  static clean(message: string): CallFailure {
    return new CallFailure(message, status.FAILED_PRECONDITION);
  }

  /** What it left behind is unknown. */
  static unexpected(message: string): CallFailure {
    return new CallFailure(message, status.UNKNOWN);
  }

  /** The engine keeps the object, with its id, and handles it again in the next run. */
  static partial(leftBehind: LeftBehind): CallFailure {
    return new CallFailure(leftBehind.reasons.join("\n"), status.UNKNOWN, leftBehind);
  }
}

export function toServiceError(failure: unknown): Partial<ServiceError> {
  const { code, message, leftBehind } =
    failure instanceof CallFailure ? failure : CallFailure.unexpected(String(failure));
  if (leftBehind === undefined) return { code, details: message };
  const detail = {
    typeUrl: "type.googleapis.com/pulumirpc.ErrorResourceInitFailed",
    value: encodeInitFailed(leftBehind),
  };
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", encodeStatus({ code, message, details: [detail] }));
  return { code, details: message, metadata };
}

/** What the engine shows its user, or keeps for `--debug`. Never pass a secret. */
export class EngineLog {
  private client: Client | undefined;
  private readonly told = new Set<string>();

  /** Until then there is no listener, and every message is lost. */
  attach(address: string): void {
    this.client?.close();
    this.client = new Client(address, credentials.createInsecure());
  }

  /** Reported once, however often a resource is planned in one run. */
  async write(severity: keyof typeof LOG_SEVERITY, message: string, urn: string): Promise<void> {
    const request: Message<"LogRequest"> = { severity: LOG_SEVERITY[severity], message, urn };
    const key = JSON.stringify(request);
    if (this.told.has(key)) return;
    this.told.add(key);
    await this.send(request);
  }

  /** An engine that does not listen must not stop the work. */
  private send(request: Message<"LogRequest">): Promise<void> {
    const { client } = this;
    const method = engineService["Log"];
    if (client === undefined || method === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        () => resolve(),
      );
    });
  }
}
