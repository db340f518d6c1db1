import { authenticate } from "../auth/authenticate";
import { answerQuery } from "../graphql/answer";
import { loadIntrospection } from "../graphql/load-introspection";
import { tokenParameters } from "../auth/token-parameters";
import type { Caller } from "../http/call";
import { ApiError } from "../http/errors";
import type { Reply } from "../http/reply";
import type { Route, Visit } from "../http/route";

const longestQuery = 10_000;

function refusal(status: number, message: string): Reply {
  return { status, body: { errors: [{ message }] } };
}

/** GitLab judges each field; here no fine-grained token reads any. */
const unsupported: Reply = {
  status: 200,
  body: {
    data: null,
    errors: [
      {
        message:
          "Access denied: This operation doesn't support fine-grained personal access tokens.",
      },
    ],
  },
};

/** The caller: undefined without a token, and a refusal in GraphQL's form with an invalid one. */
function callerOf({ instance, incoming, token }: Visit): Caller | Reply | undefined {
  const carriesToken =
    incoming.headers["private-token"] !== undefined ||
    incoming.headers.authorization !== undefined ||
    tokenParameters.some((name) => name in incoming.query || name in incoming.body);
  if (token === undefined && !carriesToken) return undefined;
  try {
    return authenticate(instance, { ...incoming, method: "GET" }, token, {
      scopes: "default",
      jobToken: [],
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const isBlocked = error.reply.status === 403 && error.reply.rescued !== true;
    return isBlocked ? refusal(403, "API not accessible for user") : refusal(401, "Invalid token");
  }
}

function readVariables(value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === null || value === "") return {};
  let variables = value;
  if (typeof value === "string") {
    try {
      variables = JSON.parse(value);
    } catch {
      return undefined;
    }
  }
  const isObject = typeof variables === "object" && variables !== null && !Array.isArray(variables);
  return isObject ? (variables as Record<string, unknown>) : undefined;
}

interface Request {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: unknown;
}

/** One request, or several in one body. */
function requestsOf({ incoming }: Visit): Request | Request[] {
  const several = incoming.method === "GET" ? undefined : jsonList(incoming.rawBody);
  if (several !== undefined) return several.map(readRequest);
  return readRequest({ ...incoming.query, ...incoming.body });
}

function jsonList(text: string): unknown[] | undefined {
  if (!text.trimStart().startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readRequest(value: unknown): Request {
  const given = typeof value === "object" && value !== null ? value : {};
  const { query, operationName, variables } = given as Record<string, unknown>;
  return {
    query: typeof query === "string" ? query : "",
    operationName: typeof operationName === "string" ? operationName : undefined,
    variables,
  };
}

/** Reading scopes are enough, because nothing here changes anything. */
function answer(visit: Visit): Reply {
  const caller = callerOf(visit);
  if (caller !== undefined && "status" in caller) return caller;
  if (caller?.token?.granular_scopes !== undefined) return unsupported;
  const requests = requestsOf(visit);
  const all = Array.isArray(requests) ? requests : [requests];
  if (all.reduce((size, { query }) => size + query.length, 0) > longestQuery) {
    return refusal(422, "Query too large");
  }
  const bodies = [];
  for (const { variables: given, ...request } of all) {
    const variables = readVariables(given);
    if (variables === undefined) return refusal(422, "Invalid variables");
    bodies.push(answerQuery({ ...request, variables }, { instance: visit.instance, caller }));
  }
  const body = Array.isArray(requests) ? bodies : bodies[0];
  return { status: 200, body, headers: { "Content-Type": "application/json; charset=utf-8" } };
}

export const graphqlRoutes: readonly Route[] = [
  { method: "GET", path: "/api/graphql", prepare: loadIntrospection, answer },
  { method: "POST", path: "/api/graphql", prepare: loadIntrospection, answer },
];
