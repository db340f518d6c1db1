import type { Schema } from "../../contract";
import { toWireDiagnostics, type Subject } from "../diagnostics";
import type {
  Answer,
  ConfigRequest,
  SchemaAnswer,
  SchemaMessage,
  SchemaMessages,
} from "../protocol/messages";
import { SchemaCodec } from "../values/schema-codec";
import { toWireSchema } from "../wire-schema";
import { answering } from "./answering";
import type { Session } from "./session";

/** The calls about the provider itself. */
export class ProviderHandlers<Context> {
  private readonly codec: SchemaCodec;
  private readonly subject: Subject;

  constructor(private readonly session: Session<Context>) {
    const { name, schema } = session.provider;
    this.codec = new SchemaCodec(schema);
    this.subject = session.subject(`provider.${name}`, schema);
  }

  schema(): SchemaAnswer {
    const { schema, resources, dataSources, ephemeralResources = {} } = this.session.provider;
    return {
      provider: toWireSchema(schema),
      resourceSchemas: toWireSchemas(resources),
      dataSourceSchemas: toWireSchemas(dataSources),
      ephemeralResourceSchemas: toWireSchemas(ephemeralResources),
      serverCapabilities: {
        planDestroy: true,
        getProviderSchemaOptional: true,
        moveResourceState: true,
      },
    };
  }

  validate({ config }: ConfigRequest): Promise<Answer> {
    return answering(this.subject, () => {
      const found = this.session.provider.validate?.(this.codec.decodeConfig(config)) ?? [];
      return { diagnostics: toWireDiagnostics(found, this.subject) };
    });
  }

  configure({ config }: ConfigRequest): Promise<Answer> {
    return answering(this.subject, async () => {
      await this.session.configure(this.codec.decodeConfig(config));
      return {};
    });
  }
}

function toWireSchemas(types: {
  readonly [type: string]: { readonly schema: Schema };
}): SchemaMessages {
  const schemas: Record<string, SchemaMessage> = {};
  for (const [name, { schema }] of Object.entries(types)) schemas[name] = toWireSchema(schema);
  return schemas;
}
