import { complexityOf } from "./complexity";
import type { Document, Operation } from "./document";
import { SyntaxProblem, type GraphqlError } from "./errors";
import { Execution } from "./execute";
import { introspection } from "./load-introspection";
import { splitBySubject } from "./subjects";
import { parseDocument } from "./parser";
import { queryType } from "./query";
import type { Context } from "./schema";
import { validate } from "./validate";
import { readVariables } from "./values";

const highestComplexity = 250;

export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
}

/** Runs a query, or returns its errors. */
export function answerQuery(request: GraphqlRequest, context: Context): GraphqlAnswer {
  let document: Document;
  try {
    document = parseDocument(request.query);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return { errors: [{ message: error.message, locations: error.locations }] };
  }
  const operation = chosenOperation(document, request.operationName);
  if (operation === undefined) {
    const named = request.operationName === undefined ? "" : `: "${request.operationName}"`;
    const message =
      named === "" ? "An operation name is required" : `No operation named${named.slice(1)}`;
    return { errors: [{ message }] };
  }
  if (operation.kind !== "query") {
    return { errors: [{ message: `Schema is not configured for ${operation.kind}s` }] };
  }
  const { aboutSchema, others } = splitBySubject(operation);
  if (aboutSchema.length === 0) return answerOperation(document, operation, request, context);
  const answerIntrospection = introspection();
  const schema = answerIntrospection(request);
  if (schema.errors !== undefined || others.length === 0) return schema;
  const rest = answerOperation(document, { ...operation, selections: others }, request, context);
  if (rest.data === undefined || rest.data === null) return rest;
  return { ...rest, data: inOrder(operation, { ...rest.data, ...schema.data }) };
}

/** A response's keys in the order of the operation; those of fragments come last. */
function inOrder(
  { selections }: Operation,
  data: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const keys = selections.flatMap((selection) =>
    selection.kind === "field" && Object.hasOwn(data, selection.key) ? [selection.key] : [],
  );
  return { ...Object.fromEntries(keys.map((key) => [key, data[key]])), ...data };
}

function answerOperation(
  document: Document,
  operation: Operation,
  request: GraphqlRequest,
  context: Context,
): GraphqlAnswer {
  const problems = validate(document, operation, queryType);
  if (problems.length > 0) return { errors: problems };
  const { variables, errors } = readVariables(operation.variables, request.variables);
  if (errors.length > 0) return { errors };
  const complexity = complexityOf(document, operation.selections, queryType, variables);
  if (complexity > highestComplexity) {
    const message = `Query has complexity of ${complexity}, which exceeds max complexity of ${highestComplexity}`;
    return { errors: [{ message }] };
  }
  const execution = new Execution(document, variables, context);
  const data = execution.run(operation, queryType);
  return execution.errors.length > 0 ? { data, errors: execution.errors } : { data };
}

function chosenOperation({ operations }: Document, name?: string): Operation | undefined {
  if (name === undefined) return operations.length === 1 ? operations[0] : undefined;
  return operations.find((operation) => operation.name === name);
}
