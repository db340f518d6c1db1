import { status } from "@grpc/grpc-js";
import type { Attributes, DataSourceType, StateOf } from "../../contract";
import { CallFailure } from "../failures";
import { functionToken } from "../names";
import type { InvokeAnswer, InvokeRequest } from "../protocol/messages";
import type { Subject } from "../subject";
import { canonicalFields } from "../values/canonical";
import { decodeInputs } from "../values/decode-inputs";
import { toProperties } from "../values/to-properties";
import { fromStruct, toStruct } from "../values/wire-values";
import type { Session } from "./session";

interface FunctionHost<Context> {
  readonly type: DataSourceType<Context>;
  readonly subject: Subject;
}

/** The calls of functions, which is what data sources are here. */
export class FunctionHandlers<Context> {
  private readonly hosts: ReadonlyMap<string, FunctionHost<Context>>;

  constructor(private readonly session: Session<Context>) {
    const { name, dataSources } = session.provider;
    const hosts = Object.entries(dataSources).map(([typeName, type]) => ({
      type,
      subject: session.subject(functionToken(name, typeName), type.schema),
    }));
    this.hosts = new Map(hosts.map((host) => [host.subject.token, host]));
  }

  invoke({ tok, args }: InvokeRequest): Promise<InvokeAnswer> {
    const host = this.hosts.get(tok);
    if (host === undefined) {
      throw new CallFailure(`There is no function "${tok}".`, status.NOT_FOUND);
    }
    return host.subject.answering(() => this.answer(host, args));
  }

  private async answer(
    { type, subject }: FunctionHost<Context>,
    args: InvokeRequest["args"],
  ): Promise<InvokeAnswer> {
    const { attributes } = type.schema;
    const { config, secrets, problems } = decodeInputs(attributes, fromStruct(args));
    const found = problems.length > 0 ? problems : (type.validate?.(config) ?? []);
    const errors = await subject.warn(found);
    if (errors.length > 0) return { failures: errors.map((one) => subject.toCheckFailure(one)) };
    // Programs call a function only when they know everything that it asks for.
    const { state, diagnostics } = await type.read(
      config as StateOf<Attributes>,
      this.session.context,
    );
    await subject.report(diagnostics);
    const answer = canonicalFields(attributes, state);
    return { return: toStruct(toProperties(attributes, answer, secrets)) };
  }
}
