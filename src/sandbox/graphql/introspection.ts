import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  graphqlSync,
  type GraphQLInputType,
  type GraphQLOutputType,
} from "graphql";
import type { Operation } from "./document";
import { queryType } from "./query";
import type { Field, ObjectType } from "./schema";

interface IntrospectionRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Whether an operation asks about the schema alone. */
export function isIntrospection({ kind, selections }: Operation): boolean {
  return (
    kind === "query" &&
    selections.some((selection) => selection.kind === "field" && isAboutSchema(selection.name)) &&
    selections.every((selection) => selection.kind === "field" && selection.name.startsWith("__"))
  );
}

function isAboutSchema(name: string): boolean {
  return name === "__schema" || name === "__type";
}

/** Answers what the schema is. */
export function answerIntrospection({ query, operationName, variables }: IntrospectionRequest) {
  const answer = graphqlSync({
    schema: (known ??= schemaOf(queryType)),
    source: query,
    operationName,
    variableValues: variables,
  });
  const errors = answer.errors?.map((error) => error.toJSON());
  return { data: answer.data ?? null, ...(errors && { errors }) };
}

let known: GraphQLSchema | undefined;

function schemaOf(root: ObjectType): GraphQLSchema {
  const types = new TypeMap();
  return new GraphQLSchema({ query: types.object(root) });
}

/** The library's types for ours, each made once. */
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
