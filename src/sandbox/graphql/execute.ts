import type { Directive, Document, FieldSelection, Operation, Selection } from "./document";
import { FieldProblem, type GraphqlError } from "./errors";
import type { Context, Field, ObjectType } from "./schema";
import { argumentsOf, resolveValue, type Variables } from "./values";

type Path = readonly (string | number)[];

/** Runs an operation that has been validated. */
export class Execution {
  readonly errors: GraphqlError[] = [];

  constructor(
    private readonly document: Document,
    private readonly variables: Variables,
    private readonly context: Context,
  ) {}

  run({ selections }: Operation, root: ObjectType): Record<string, unknown> {
    return this.object(selections, root, null, []);
  }

  private object(
    selections: readonly Selection[],
    type: ObjectType,
    source: unknown,
    path: Path,
  ): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [key, [first, ...others]] of this.fieldsByKey(selections)) {
      const merged = [first, ...others].flatMap((selection) => selection.selections);
      result[key] = this.value({ ...first, selections: merged }, type, source, [...path, key]);
    }
    return result;
  }

  private value(
    selection: FieldSelection,
    parent: ObjectType,
    source: unknown,
    path: Path,
  ): unknown {
    if (selection.name === "__typename") return parent.name;
    const field = parent.fields()[selection.name];
    if (field === undefined) return null;
    const found = this.resolved(selection, field, source, path);
    const { type } = field;
    if (found === null || found === undefined) return null;
    if (typeof type === "string") return found;
    if (!field.isList) return this.object(selection.selections, type, found, path);
    return (found as readonly unknown[]).map((item, index) =>
      this.object(selection.selections, type, item, [...path, index]),
    );
  }

  private resolved(
    selection: FieldSelection,
    field: Field<unknown>,
    source: unknown,
    path: Path,
  ): unknown {
    try {
      return field.resolve(source, argumentsOf(selection, field, this.variables), this.context);
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      this.errors.push({ message: error.message, locations: [selection.location], path });
      return null;
    }
  }

  private fieldsByKey(
    selections: readonly Selection[],
  ): Map<string, [FieldSelection, ...FieldSelection[]]> {
    const fields = new Map<string, [FieldSelection, ...FieldSelection[]]>();
    for (const selection of this.fieldsOf(selections)) {
      const known = fields.get(selection.key);
      if (known === undefined) fields.set(selection.key, [selection]);
      else known.push(selection);
    }
    return fields;
  }

  /** The fields of selections, including those of fragments, without what directives leave out. */
  private fieldsOf(selections: readonly Selection[]): FieldSelection[] {
    return selections.flatMap((selection) => {
      if (!this.isIncluded(selection.directives)) return [];
      if (selection.kind === "field") return [selection];
      const inner =
        selection.kind === "inline"
          ? selection.selections
          : (this.document.fragments.get(selection.name) ?? []);
      return this.fieldsOf(inner);
    });
  }

  private isIncluded(directives: readonly Directive[]): boolean {
    return directives.every((directive) => {
      const condition = directive.arguments.find(({ name }) => name === "if");
      const value = condition && resolveValue(condition.value, this.variables);
      if (directive.name === "skip") return value !== true;
      return directive.name !== "include" || value === true;
    });
  }
}
