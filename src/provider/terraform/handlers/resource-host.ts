import type { Diagnostic, ResourceType } from "../../contract";
import { toWireDiagnostics, type Subject } from "../diagnostics";
import type { DiagnosticMessage } from "../protocol/messages";
import { SchemaCodec } from "../values/schema-codec";
import type { Session } from "./session";

/** One resource type as the handlers need it: made once, used by every call. */
export class ResourceHost<Context> {
  readonly codec: SchemaCodec;
  readonly subject: Subject;

  constructor(
    typeName: string,
    readonly type: ResourceType<Context>,
    private readonly session: Session<Context>,
  ) {
    this.codec = new SchemaCodec(type.schema);
    this.subject = session.subject(typeName, type.schema);
  }

  get context(): Context {
    return this.session.context;
  }

  get contextIfConfigured(): Context | undefined {
    return this.session.contextIfConfigured;
  }

  noteRead(id: unknown): void {
    this.session.noteRead(this.nameOf(id));
  }

  wasRead(id: unknown): boolean {
    return this.session.wasRead(this.nameOf(id));
  }

  private nameOf(id: unknown): string {
    return `${this.subject.title} ${String(id)}`;
  }

  diagnostics(found: readonly Diagnostic[] = []): DiagnosticMessage[] {
    return toWireDiagnostics(found, this.subject);
  }
}
