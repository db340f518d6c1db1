import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  Kind,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  executeSync,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLOutputType,
} from "graphql";
import { queryType } from "./query";
import type { Field, ObjectType } from "./schema";
import { schemaFields } from "./subjects";

interface IntrospectionRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The rest of an operation may use variables that its introspection does not. */
const rules = specifiedRules.filter(
  (rule) => rule !== NoUnusedFragmentsRule && rule !== NoUnusedVariablesRule,
);

/** Runs the introspection of an operation, and nothing else of it. */
export function answerIntrospection({ query, operationName, variables }: IntrospectionRequest) {
  const schema = (known ??= schemaOf(queryType));
  const document = readDocument(query);
  if (document instanceof GraphQLError) return { data: null, errors: [document.toJSON()] };
  const problems = validate(schema, document, rules);
  const { data, errors = problems } =
    problems.length > 0
      ? { data: null }
      : executeSync({ schema, document, operationName, variableValues: variables });
  return {
    data: data ?? null,
    ...(errors.length > 0 && { errors: errors.map((error) => error.toJSON()) }),
  };
}

/** The library is stricter than this parser in a few places. */
function readDocument(query: string): DocumentNode | GraphQLError {
  try {
    return onlyAboutSchema(parse(query));
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function onlyAboutSchema(document: DocumentNode): DocumentNode {
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const selections = definition.selectionSet.selections.filter(
      (selection) => selection.kind === Kind.FIELD && schemaFields.has(selection.name.value),
    );
    return { ...definition, selectionSet: { ...definition.selectionSet, selections } };
  });
  return { ...document, definitions };
}

let known: GraphQLSchema | undefined;

function schemaOf(root: ObjectType): GraphQLSchema {
  const types = new TypeMap();
  return new GraphQLSchema({ query: types.object(root) });
}

/** The library's types for ours, each created once. */
class TypeMap {
  private readonly objects = new Map<string, GraphQLObjectType>();
  private readonly scalars = new Map<string, GraphQLScalarType>(
    [GraphQLID, GraphQLString, GraphQLInt, GraphQLFloat, GraphQLBoolean].map((type) => [
      type.name,
      type,
    ]),
  );

  object(type: ObjectType): GraphQLObjectType {
    const made = this.objects.get(type.name);
    if (made !== undefined) return made;
    const object = new GraphQLObjectType({
      name: type.name,
      fields: () =>
        Object.fromEntries(
          Object.entries(type.fields()).map(([name, field]) => [name, this.field(field)]),
        ),
    });
    this.objects.set(type.name, object);
    return object;
  }

  private field({ type, isList, arguments: given = {} }: Field<unknown>) {
    const inner: GraphQLOutputType =
      typeof type === "string" ? this.scalar(type) : this.object(type);
    const args = Object.entries(given).map(([name, { type: notation, fallback }]) => [
      name,
      { type: this.input(notation), defaultValue: fallback },
    ]);
    return {
      type: isList === true ? new GraphQLList(inner) : inner,
      args: Object.fromEntries(args) as Record<string, { type: GraphQLInputType }>,
    };
  }

  private scalar(name: string): GraphQLScalarType {
    const made = this.scalars.get(name) ?? new GraphQLScalarType({ name });
    this.scalars.set(name, made);
    return made;
  }

  private input(notation: string): GraphQLInputType {
    if (notation.endsWith("!")) return new GraphQLNonNull(this.input(notation.slice(0, -1)));
    if (notation.startsWith("[")) return new GraphQLList(this.input(notation.slice(1, -1)));
    return this.scalar(notation);
  }
}
