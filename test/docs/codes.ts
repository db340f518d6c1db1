import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** Calls whose first argument is a code. */
const CODED_CALLS = ["error", "warning", "fault", "problem"];
/** Their second one is. */
const CODED_TEXTS = ["withCode"];
/** Errors of commands: a class gives its code to `super`, or it is the first argument. */
const CODED_ERRORS = ["CodedError"];

/** The codes that the sources give to what users are told. */
export function codesIn(folders: readonly string[]): string[] {
  const found = folders.flatMap(sourcesIn).flatMap((path) => codesOf(parsed(path)));
  return [...new Set(found)].sort();
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path));
}

function parsed(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
}

function codesOf(node: ts.Node): string[] {
  const inside: string[] = [];
  ts.forEachChild(node, (child) => {
    inside.push(...codesOf(child));
  });
  const code = codeAt(node);
  return [...(code === undefined ? [] : literals(code)), ...inside];
}

/** The expression that is a code, wherever the type `Code` is asked for. */
function codeAt(node: ts.Node): ts.Expression | undefined {
  if (ts.isNewExpression(node)) {
    return CODED_ERRORS.includes(nameOf(node.expression)) ? node.arguments?.[0] : undefined;
  }
  if (ts.isCallExpression(node)) {
    const name = nameOf(node.expression);
    if (CODED_CALLS.includes(name)) return node.arguments[0];
    if (CODED_TEXTS.includes(name)) return node.arguments[1];
    const isOfClass = node.expression.kind === ts.SyntaxKind.SuperKeyword;
    return isOfClass && isCodedClass(node) ? node.arguments[0] : undefined;
  }
  if (ts.isPropertyAssignment(node)) {
    const isCode = node.name.getText() === "code" && isProblem(node.parent);
    return isCode || isInTable(node) ? node.initializer : undefined;
  }
  return ts.isReturnStatement(node) && returnsCode(node) ? node.expression : undefined;
}

/** `{ code: "...", summary: ..., detail: ... }` */
function isProblem({ properties }: ts.ObjectLiteralExpression): boolean {
  const names = properties.map(({ name }) => name?.getText());
  return names.includes("summary") && names.includes("detail");
}

/** An entry of a table that is declared as one of codes: `Record<..., Code>`. */
function isInTable({ parent: { parent } }: ts.PropertyAssignment): boolean {
  return ts.isVariableDeclaration(parent) && /\bCode>/.test(parent.type?.getText() ?? "");
}

function returnsCode(node: ts.ReturnStatement): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionDeclaration(at)) return at.type?.getText() === "Code";
  }
  return false;
}

function isCodedClass(node: ts.CallExpression): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isClassDeclaration(at)) continue;
    const parents = at.heritageClauses?.flatMap(({ types }) => types) ?? [];
    return parents.some(({ expression }) => CODED_ERRORS.includes(nameOf(expression)));
  }
  return false;
}

function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
}

/** None where the code comes from elsewhere, such as `problem.code`: then it is found there. */
function literals(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (!ts.isConditionalExpression(expression)) return [];
  return [...literals(expression.whenTrue), ...literals(expression.whenFalse)];
}
