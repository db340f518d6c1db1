import { authenticate } from "../auth/authenticate";
import { answerQuery } from "../graphql/answer";
import type { Caller } from "../http/call";
import { ApiError } from "../http/errors";
import type { Reply } from "../http/reply";
import type { Route, Visit } from "../http/route";

const longestQuery = 10_000;

function refusal(status: number, message: string): Reply {
  return { status, body: { errors: [{ message }] } };
}

/** Who asks: undefined without a token, and a refusal in GraphQL's form with one that opens nothing. */
function callerOf({ instance, incoming, token }: Visit): Caller | Reply | undefined {
  const carriesToken =
    incoming.headers["private-token"] !== undefined ||
    incoming.headers.authorization !== undefined ||
    "private_token" in incoming.query;
  if (token === undefined && !carriesToken) return undefined;
  try {
    return authenticate(instance, { ...incoming, method: "GET" }, token, "default");
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

/** One query over users and their memberships; a query only reads, so that reading scopes are enough. */
function answer(visit: Visit): Reply {
  const caller = callerOf(visit);
  if (caller !== undefined && "status" in caller) return caller;
  const {
    query,
    operationName,
    variables: given,
  } = { ...visit.incoming.query, ...visit.incoming.body };
  const text = typeof query === "string" ? query : "";
  if (text.length > longestQuery) return refusal(422, "Query too large");
  const variables = readVariables(given);
  if (variables === undefined) return refusal(422, "Invalid variables");
  const request = {
    query: text,
    operationName: typeof operationName === "string" ? operationName : undefined,
    variables,
  };
  const body = answerQuery(request, { instance: visit.instance, caller });
  return { status: 200, body, headers: { "Content-Type": "application/json; charset=utf-8" } };
}

export const graphqlRoutes: readonly Route[] = [{ method: "POST", path: "/api/graphql", answer }];
