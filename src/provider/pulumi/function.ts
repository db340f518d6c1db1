import { status } from "@grpc/grpc-js";
import type { Attributes, DataSourceType, StateOf } from "../contract";
import { CallFailure, type Subject } from "./diagnostics";
import { decodeInputs } from "./inputs";
import { functionToken } from "./names";
import type { Message, WireStruct } from "./protocol";
import type { Session } from "./session";
import { canonicalFields, toProperties } from "./values";
import { fromStruct, toStruct } from "./wire";

interface FunctionHost<Context> {
  readonly type: DataSourceType<Context>;
  readonly subject: Subject;
  readonly session: Session<Context>;
}

/** The calls of functions, which represent data sources here. */
export function functionsOf<Context>(session: Session<Context>) {
  const { name, dataSources } = session.provider;
  const hosts = new Map(
    Object.entries(dataSources).map(([typeName, type]) => {
      const subject = session.subject(functionToken(name, typeName), type.schema);
      return [subject.token, { type, subject, session }] as const;
    }),
  );
  return ({ tok, args }: Message<"InvokeRequest">): Promise<Message<"InvokeResponse">> => {
    const host = hosts.get(tok);
    if (host === undefined) {
      throw new CallFailure(`There is no function "${tok}".`, status.NOT_FOUND);
    }
    return host.subject.answering(() => callFunction(host, args));
  };
}

async function callFunction<Context>(
  { type, subject, session }: FunctionHost<Context>,
  args: WireStruct | undefined,
): Promise<Message<"InvokeResponse">> {
  const { attributes } = type.schema;
  const { config, secrets, problems } = decodeInputs(attributes, fromStruct(args));
  const found = problems.length > 0 ? problems : (type.validate?.(config) ?? []);
  const errors = await subject.warn(found);
  if (errors.length > 0) return { failures: errors.map((one) => subject.toCheckFailure(one)) };
  // Programs call a function only when they know all of its arguments.
  const { state, diagnostics } = await type.read(config as StateOf<Attributes>, session.context);
  await subject.report(diagnostics);
  const answer = canonicalFields(attributes, state);
  return { return: toStruct(toProperties(attributes, answer, secrets)) };
}
