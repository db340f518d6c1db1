import type { Attributes, EphemeralType, StateOf } from "../../contract";
import { toWireDiagnostics, type Subject } from "../diagnostics";
import type {
  Answer,
  CloseEphemeralRequest,
  OpenEphemeralAnswer,
  TypedConfigRequest,
} from "../protocol/messages";
import { decodePrivate, encodePrivate } from "../values/private-state";
import { SchemaCodec } from "../values/schema-codec";
import { answering } from "./answering";
import type { Session } from "./session";
import { lookup, mapEntries } from "./tables";

interface EphemeralHost<Context> {
  readonly type: EphemeralType<Context>;
  readonly codec: SchemaCodec;
  readonly subject: Subject;
}

/** The calls about ephemeral resources. None is ever renewed: none says when it would have to be. */
export class EphemeralHandlers<Context> {
  private readonly hosts: ReadonlyMap<string, EphemeralHost<Context>>;

  constructor(private readonly session: Session<Context>) {
    this.hosts = mapEntries(session.provider.ephemeralResources ?? {}, (typeName, type) => ({
      type,
      codec: new SchemaCodec(type.schema),
      subject: session.subject(`ephemeral.${typeName}`, type.schema),
    }));
  }

  validate(request: TypedConfigRequest): Promise<Answer> {
    const { type, codec, subject } = lookup(this.hosts, request);
    return answering(subject, () => {
      const found = type.validate?.(codec.decodeConfig(request.config)) ?? [];
      return { diagnostics: toWireDiagnostics(found, subject) };
    });
  }

  open(request: TypedConfigRequest): Promise<OpenEphemeralAnswer> {
    const { type, codec, subject } = lookup(this.hosts, request);
    return answering<OpenEphemeralAnswer>(subject, async () => {
      // Core puts the call off until nothing in the configuration is unknown.
      const config = codec.decodeConfig(request.config) as StateOf<Attributes>;
      const opened = await type.open(config, this.session.context);
      return {
        result: codec.encode(opened.state),
        private: encodePrivate(opened.private),
        diagnostics: toWireDiagnostics(opened.diagnostics ?? [], subject),
      };
    });
  }

  close(request: CloseEphemeralRequest): Promise<Answer> {
    const { type, subject } = lookup(this.hosts, request);
    return answering(subject, async () => {
      const found = await type.close(decodePrivate(request.private), this.session.context);
      return { diagnostics: toWireDiagnostics(found, subject) };
    });
  }
}
