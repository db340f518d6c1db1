import { status } from "@grpc/grpc-js";
import {
  DiagnosticError,
  error,
  type Identity,
  type Listed,
  type ListType,
  type StateOf,
  type Attributes,
} from "../contract";
import { unknownPaths } from "../host/values";
import { CallFailure, type Subject } from "./diagnostics";
import { decodeInputs } from "./inputs";
import { resourceToken } from "./names";
import type { Message } from "./protocol";
import type { Session } from "./session";
import { fromStruct } from "./wire";

type Request = Message<"ListRequest">;
type Response = Message<"ListResponse">;

interface ListHost<Context> {
  readonly list: ListType<Context>;
  readonly identity: Identity<Context>;
  readonly subject: Subject;
  readonly session: Session<Context>;
}

/** The call that lists the existing objects of a type, with their import ids. */
export function createListCall<Context>(session: Session<Context>) {
  const { name, resources, lists = {} } = session.provider;
  const hosts = new Map(
    Object.entries(lists).flatMap(([typeName, list]) => {
      const identity = resources[typeName]?.identity;
      if (identity === undefined) return [];
      const subject = session.subject(resourceToken(name, typeName), list.schema);
      return [[subject.token, { list, identity, subject, session }] as const];
    }),
  );
  return async function* (request: Request): AsyncGenerator<Response> {
    const host = hosts.get(request.token);
    if (host === undefined) {
      throw new CallFailure(`Nothing of type "${request.token}" is listed.`, status.UNIMPLEMENTED);
    }
    // A failure after the first object ends the stream, and engines then drop the earlier results.
    yield* await session.during(() => host.subject.answering(() => page(host, request)));
  };
}

async function page<Context>(
  host: ListHost<Context>,
  request: Request,
): Promise<readonly Response[]> {
  const { list, subject, session } = host;
  const { config, problems } = decodeInputs(list.schema.attributes, fromStruct(request.query));
  const found = problems.length > 0 ? problems : (list.validate?.(config) ?? []);
  await subject.report(found);
  if (unknownPaths(config).length > 0) return [{ computed: {} }];
  const { found: all, diagnostics } = await list.list(
    config as StateOf<Attributes>,
    session.context,
  );
  await subject.report(diagnostics);
  return pageOf(host, request, all);
}

/** The position after the previous page. The continuation token is the number of objects before it. */
async function pageOf<Context>(
  { identity, session }: ListHost<Context>,
  { limit, pageSize, continuationToken }: Request,
  all: readonly Listed[],
): Promise<readonly Response[]> {
  const start = startOf(continuationToken);
  const last = limit ? Math.min(limit, all.length) : all.length;
  const end = pageSize ? Math.min(start + pageSize, last) : last;
  const results: Response[] = [];
  for (const { identity: values, displayName } of all.slice(start, end)) {
    const id = await identity.importId(values, session.context);
    results.push({ result: { id, name: displayName } });
  }
  if (end >= last) return results;
  return [...results, { continuation: { continuationToken: String(end) } }];
}

function startOf(continuationToken: string | undefined): number {
  if (!continuationToken) return 0;
  if (/^\d{1,9}$/.test(continuationToken)) return Number(continuationToken);
  throw new DiagnosticError(
    error(
      "malformed-continuation",
      `"${continuationToken}" is not a continuation token`,
      "Pass on the token at the end of the previous page.",
    ),
  );
}
