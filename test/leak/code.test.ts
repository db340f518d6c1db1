import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withRevokeNow } from "../../src/leak";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-code-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const CI = "glsa_access_token.ci";
const block = (body: string) => `resource "glsa_access_token" "ci" {\n${body}}\n`;

function edited(text: string, address = CI) {
  writeFileSync(join(folder, "main.tf"), text);
  return withRevokeNow(folder, address, 12);
}

test("a token gets the line in front, apart from what is aligned", () => {
  const edit = edited(block('  name   = "ci"\n'));
  expect(edit?.after).toBe(
    block(
      '  # It leaked. Take this out once the token is gone.\n  revoke_now = [12]\n\n  name   = "ci"\n',
    ),
  );
  expect(edit?.diff).toContain("+  revoke_now = [12]");
});

test("a list that is there gets the number, once", () => {
  const body = '  name       = "ci"\n  revoke_now = [7]\n';
  expect(edited(block(body))?.after).toBe(block(body.replace("[7]", "[7, 12]")));
  const again = edited(block(body.replace("[7]", "[7, 12]")));
  expect(again?.after).toBe(again?.before);
});

test.each<[string, string, string]>([
  ["a loop", block("  for_each = local.teams\n"), CI],
  ["a count", block("  count = 2\n"), CI],
  ["an instance of a loop", block(""), 'glsa_access_token.ci["a"]'],
  ["a module's token", block(""), "module.a.glsa_access_token.ci"],
  ["a list that is computed", block("  revoke_now = var.leaked\n"), CI],
  ["a text of many lines", block("  description = <<EOT\n}\nEOT\n"), CI],
  ["a block without an end", 'resource "glsa_access_token" "ci" {\n  name = "ci"\n', CI],
  ["another token", block(""), "glsa_access_token.other"],
])("%s is left to a person", (_, text, address) => {
  expect(edited(text, address)).toBeUndefined();
});

test("braces in texts and comments close nothing", () => {
  const body = '  # }\n  name = "}"\n  rotation {\n    every = "30d"\n  }\n';
  expect(edited(block(body))?.after).toContain("revoke_now = [12]\n\n  # }");
});
