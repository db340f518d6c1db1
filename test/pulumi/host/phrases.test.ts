import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { inPulumiPhrases } from "../../../src/provider/pulumi/words";

const SOURCES = ["destinations", "gitlab", "inventory", "resources"].map((room) => `src/${room}`);

/** Only Terraform hands over another provider's objects, or takes a schema's descriptions into its plans. */
const TERRAFORM_ONLY = /\/(official-state|schema|record)\.ts$/;

const TERRAFORMS_WORDS =
  /provider'?s? block|terraform |tofu |moved \{|moved block|import \{|import block|root module|ignore_changes|\(-target|-refresh=|\b(the|next|same|an?|first) apply\b|\bapply again\b|^apply /i;

/** Texts as they are written, parts that are added up included, with … for what only a run knows. */
function textsOf(node: ts.Node): string[] {
  const text = textOf(node);
  if (text !== undefined) return [text];
  const inside: string[] = [];
  ts.forEachChild(node, (child) => {
    inside.push(...textsOf(child));
  });
  return inside;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined && right === undefined ? undefined : `${left ?? "…"}${right ?? "…"}`;
}

test("no message keeps Terraform's words on Pulumi", () => {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  ).filter((path) => path.endsWith(".ts") && !TERRAFORM_ONLY.test(path));
  const texts = files.flatMap((path) => {
    const text = readFileSync(path, "utf8");
    return textsOf(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  });
  expect(texts.length).toBeGreaterThan(500);
  const kept = texts.map(inPulumiPhrases).filter((told) => TERRAFORMS_WORDS.test(told));
  // The two halves of one message, which the next test puts together, and what only a moved block leads to.
  expect(
    kept.filter(
      (told) =>
        !/add this block to the root module|^import \{|(Remove|Correct) the moved block/.test(told),
    ),
  ).toEqual([]);
});

test("blocks become options, and names that people chose stay", () => {
  const moved =
    "If only the address changed, add\n\nmoved {\n  from = a\n  to   = b\n}\n\nwith both addresses.";
  expect(inPulumiPhrases(moved)).toBe(
    "If only the address changed, give the new resource the old one's URN in `aliases`.",
  );
  const imported =
    'add this block to the root module, with the address (such as bot["ci"]), and plan again:\n\nimport {\n  to = a.b\n  id = "group:1:2"\n}';
  expect(inPulumiPhrases(imported)).toBe(
    'give the resource the option `import: "group:1:2"` and preview again',
  );
  expect(inPulumiPhrases('Token "apply-ignore" is gone. Apply again.')).toBe(
    'Token "apply-ignore" is gone. Run the update again.',
  );
});
