import type { DataSourceType, StateOf, Attributes } from "../../contract";
import { toWireDiagnostics, type Subject } from "../diagnostics";
import type { Answer, ReadDataSourceAnswer, TypedConfigRequest } from "../protocol/messages";
import { SchemaCodec } from "../values/schema-codec";
import { answering } from "./answering";
import type { Session } from "./session";
import { lookup, mapEntries } from "./tables";

interface DataSourceHost<Context> {
  readonly type: DataSourceType<Context>;
  readonly codec: SchemaCodec;
  readonly subject: Subject;
}

/** The calls about data sources. */
export class DataSourceHandlers<Context> {
  private readonly hosts: ReadonlyMap<string, DataSourceHost<Context>>;

  constructor(private readonly session: Session<Context>) {
    this.hosts = mapEntries(session.provider.dataSources, (typeName, type) => ({
      type,
      codec: new SchemaCodec(type.schema),
      subject: session.subject(`data.${typeName}`, type.schema),
    }));
  }

  validate(request: TypedConfigRequest): Promise<Answer> {
    const { type, codec, subject } = lookup(this.hosts, request);
    return answering(subject, () => {
      const found = type.validate?.(codec.decodeConfig(request.config)) ?? [];
      return { diagnostics: toWireDiagnostics(found, subject) };
    });
  }

  read(request: TypedConfigRequest): Promise<ReadDataSourceAnswer> {
    const { type, codec, subject } = lookup(this.hosts, request);
    return answering<ReadDataSourceAnswer>(subject, async () => {
      // Core puts the call off until nothing in the configuration is unknown.
      const config = codec.decodeConfig(request.config) as StateOf<Attributes>;
      const { state, diagnostics = [] } = await type.read(config, this.session.context);
      return { state: codec.encode(state), diagnostics: toWireDiagnostics(diagnostics, subject) };
    });
  }
}
