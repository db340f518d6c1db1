import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** Functions whose first argument is what a user reads first of an error or warning. */
const TOLD_FIRST = ["attempt", "explain"];
/** The same for their second argument. */
const TOLD_SECOND = ["error", "warning"];
/** And for their third one. */
const TOLD_THIRD = ["problem"];

/** What stands for a value that only a run knows. */
export const BLANK = "…";

/**
 * The summary of every error and warning in the sources below some folders: the literals in calls such as
 * `error("...", detail)`, in properties named `summary` and in variables named so. Values inside a text become `…`.
 */
export function summariesIn(folders: readonly string[]): string[] {
  const found = folders.flatMap(sourcesIn).flatMap((path) => {
    const file = ts.createSourceFile(
      path,
      readFileSync(path, "utf8"),
      ts.ScriptTarget.ES2022,
      true,
    );
    return textsIn(file);
  });
  return [...new Set(found)].sort();
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path));
}

function textsIn(node: ts.Node): string[] {
  const inside: string[] = [];
  ts.forEachChild(node, (child) => {
    inside.push(...textsIn(child));
  });
  return [...summaryOf(node).flatMap(literals), ...inside];
}

/** The expressions that are summaries. */
function summaryOf(node: ts.Node): ts.Expression[] {
  if (ts.isNewExpression(node)) return messageOf(node);
  if (ts.isCallExpression(node)) {
    const name = calledName(node.expression);
    // What a provider says that a person has started.
    if (node.expression.getText() === "console.error") return [...node.arguments].slice(0, 1);
    const position = [TOLD_FIRST, TOLD_SECOND, TOLD_THIRD].findIndex((told) => told.includes(name));
    const argument = node.arguments[position];
    return argument === undefined ? [] : [argument];
  }
  const isNamed =
    (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
    ts.isIdentifier(node.name) &&
    node.name.text === "summary" &&
    !isDescription(node);
  return isNamed && node.initializer !== undefined ? [node.initializer] : [];
}

/** Rules and settings of a policy have a summary that describes them; nobody is told it as a message. */
function isDescription({ parent }: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(parent)) return false;
  const names = parent.properties.map(({ name }) => name?.getText());
  return names.includes("stages") || names.includes("example");
}

/** The command line throws errors that have no summary. */
function messageOf(node: ts.NewExpression): ts.Expression[] {
  const isTold =
    node.getSourceFile().fileName.includes("/cli/") && calledName(node.expression) === "CodedError";
  return isTold ? [...(node.arguments ?? [])].slice(1, 2) : [];
}

function calledName(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
}

/** The texts that an expression may be; none where it is made elsewhere. */
function literals(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isConditionalExpression(expression)) {
    return [...literals(expression.whenTrue), ...literals(expression.whenFalse)];
  }
  if (!ts.isTemplateExpression(expression)) return [];
  const rest = expression.templateSpans.map(({ literal }) => `${BLANK}${literal.text}`);
  return [`${expression.head.text}${rest.join("")}`];
}
