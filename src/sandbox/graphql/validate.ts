import type { Argument, Document, FieldSelection, Operation, Selection, Value } from "./document";
import type { GraphqlError } from "./errors";
import type { Field, ObjectType } from "./schema";
import { fits, isInputType, isOfType, resolveValue } from "./values";

/** The problems of an operation before it runs: names and types that do not fit the schema. */
export function validate(
  document: Document,
  operation: Operation,
  root: ObjectType,
): readonly GraphqlError[] {
  const validation = new Validation(document, operation);
  validation.variables();
  const name = operation.name === undefined ? "query" : `query ${operation.name}`;
  validation.selections(operation.selections, root, [name]);
  return validation.errors;
}

class Validation {
  readonly errors: GraphqlError[] = [];
  private readonly open = new Set<string>();
  private readonly checked = new Set<string>();

  constructor(
    private readonly document: Document,
    private readonly operation: Operation,
  ) {}

  variables(): void {
    for (const { name, type, location } of this.operation.variables) {
      if (isInputType(type)) continue;
      const typeName = type.replace(/[[\]!]/g, "");
      this.errors.push({
        message: `${typeName} isn't a defined input type (on $${name})`,
        locations: [location],
        path: ["query"],
        extensions: { code: "variableRequiresValidType", typeName, variableName: name },
      });
    }
  }

  selections(selections: readonly Selection[], type: ObjectType, path: readonly string[]): void {
    for (const selection of selections) {
      if (selection.kind === "field") this.field(selection, type, [...path, selection.key]);
      else if (selection.kind === "inline") this.selections(selection.selections, type, path);
      else this.spread(selection, type, path);
    }
  }

  private spread(
    { name, location }: Extract<Selection, { kind: "spread" }>,
    type: ObjectType,
    path: readonly string[],
  ): void {
    const fragment = this.document.fragments.get(name);
    const place = { locations: [location], path: [...path, `... ${name}`] };
    if (fragment === undefined) {
      const extensions = { code: "useAndDefineFragment", fragmentName: name };
      const message = `Fragment ${name} was used, but not defined`;
      this.errors.push({ message, ...place, extensions });
    } else if (this.open.has(name)) {
      const extensions = { code: "infiniteLoop", fragmentName: name };
      this.errors.push({
        message: `Fragment ${name} contains an infinite loop`,
        ...place,
        extensions,
      });
    } else if (!this.checked.has(`${name} on ${type.name}`)) {
      this.open.add(name);
      this.selections(fragment, type, [...path, `... ${name}`]);
      this.open.delete(name);
      this.checked.add(`${name} on ${type.name}`);
    }
  }

  private field(selection: FieldSelection, type: ObjectType, path: readonly string[]): void {
    const { name, location } = selection;
    if (name === "__typename") return;
    const fields = type.fields();
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      this.errors.push({
        message: `Field '${name}' doesn't exist on type '${type.name}'`,
        locations: [location],
        path,
        extensions: { code: "undefinedField", typeName: type.name, fieldName: name },
      });
      return;
    }
    for (const argument of selection.arguments) this.argument(argument, field, name, path);
    this.requiredArguments(selection, field, path);
    this.depth(selection, field, path);
  }

  private requiredArguments(
    { name, arguments: given, location }: FieldSelection,
    field: Field<unknown>,
    path: readonly string[],
  ): void {
    const missing = Object.entries(field.arguments ?? {})
      .filter(([key, { type }]) => type.endsWith("!") && !given.some((one) => one.name === key))
      .map(([key]) => key);
    if (missing.length === 0) return;
    this.errors.push({
      message: `Field '${name}' is missing required arguments: ${missing.join(", ")}`,
      locations: [location],
      path,
      extensions: {
        code: "missingRequiredArguments",
        className: "Field",
        name,
        arguments: missing.join(", "),
      },
    });
  }

  /** Objects need selections, and scalars must have none. */
  private depth(
    selection: FieldSelection,
    { type }: Field<unknown>,
    path: readonly string[],
  ): void {
    const { name, selections, location } = selection;
    const isObject = typeof type !== "string";
    if (isObject && selections.length > 0) {
      this.selections(selections, type, path);
      return;
    }
    if (isObject === selections.length > 0) return;
    const typeName = isObject ? type.name : type;
    const message = isObject
      ? `Field must have selections (field '${name}' returns ${typeName} but has no selections. Did you mean '${name} { ... }'?)`
      : `Selections can't be made on scalars (field '${name}' returns ${typeName} but has selections ${namesOf(selections)})`;
    const extensions = { code: "selectionMismatch", nodeName: `field '${name}'`, typeName };
    this.errors.push({ message, locations: [location], path, extensions });
  }

  private argument(
    { name, value, location }: Argument,
    field: Field<unknown>,
    fieldName: string,
    path: readonly string[],
  ): void {
    const known = field.arguments ?? {};
    const definition = Object.hasOwn(known, name) ? known[name] : undefined;
    const place = { locations: [location], path: [...path, name] };
    if (definition === undefined) {
      const message = `Field '${fieldName}' doesn't accept argument '${name}'`;
      const code = "argumentNotAccepted";
      const extensions = { code, name: fieldName, typeName: "Field", argumentName: name };
      this.errors.push({ message, ...place, extensions });
      return;
    }
    const { type } = definition;
    if (value.kind === "variable") this.variable(value, name, type, path);
    else if (!containsVariable(value) && !isOfType(resolveValue(value, new Map()), type)) {
      const shown = JSON.stringify(resolveValue(value, new Map()));
      const message = `Argument '${name}' on Field '${fieldName}' has an invalid value (${shown}). Expected type '${type}'.`;
      const code = "argumentLiteralsIncompatible";
      const extensions = { code, typeName: "Field", argumentName: name };
      this.errors.push({ message, ...place, extensions });
    }
  }

  private variable(
    { name, location }: Extract<Value, { kind: "variable" }>,
    argumentName: string,
    argumentType: string,
    path: readonly string[],
  ): void {
    const declared = this.operation.variables.find((variable) => variable.name === name);
    const place = { locations: [location], path: [...path, argumentName] };
    if (declared === undefined) {
      const user = this.operation.name ?? "anonymous query";
      const message = `Variable $${name} is used by ${user} but not declared`;
      const extensions = { code: "variableNotDefined", variableName: name };
      this.errors.push({ message, ...place, extensions });
    } else if (
      isInputType(declared.type) &&
      (!fits(declared.type, argumentType) || mayBeMissing(declared, argumentType))
    ) {
      const isOther = !fits(declared.type, argumentType);
      const errorMessage = isOther ? "Type mismatch" : "Nullability mismatch";
      const types = `${declared.type} / ${argumentType}`;
      const message = `${errorMessage} on variable $${name} and argument ${argumentName} (${types})`;
      const typeName = declared.type;
      const code = "variableMismatch";
      const extensions = { code, variableName: name, typeName, argumentName, errorMessage };
      this.errors.push({ message, ...place, extensions });
    }
  }
}

/** A nullable variable cannot be used where a value is required. */
function mayBeMissing(
  { type, fallback }: Operation["variables"][number],
  argumentType: string,
): boolean {
  return argumentType.endsWith("!") && !type.endsWith("!") && fallback === undefined;
}

function containsVariable(value: Value): boolean {
  return value.kind === "variable" || (value.kind === "list" && value.items.some(containsVariable));
}

function namesOf(selections: readonly Selection[]): string {
  return JSON.stringify(
    selections.map((selection) => (selection.kind === "inline" ? "..." : selection.name)),
  );
}
