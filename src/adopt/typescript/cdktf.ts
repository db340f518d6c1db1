import type { AdoptedAccount, Origin } from "../adoption";
import { camelCase } from "../names";
import {
  accountEntries,
  importedWords,
  joinCall,
  membershipEntries,
  ownerExpression,
  tokenEntries,
} from "./declarations";
import { call, object, statement, text, word, type Entry, type Expression } from "./expression";

/** Terraform reads every string of a stack as a template. */
function literal(value: string): Expression {
  return text(value.replace(/[$%](?=\{)/g, "$&$&"));
}

/** A function that declares one account in the given stack. */
export function cdktfAccount(account: AdoptedAccount, lookupId: string): string {
  const { origin, username } = account;
  const declared =
    origin === null
      ? call("ServiceAccount.fromUsername", [
          word("scope"),
          text(lookupId),
          ownerExpression(account),
          text(username),
        ])
      : call("new ServiceAccount", [
          word("scope"),
          text(username),
          object([...accountEntries(account, literal), originEntry(origin)]),
        ]);
  return [
    `export function ${camelCase(account.name)}(scope: Construct): void {`,
    ...declaration(account, declared),
    "}",
  ].join("\n");
}

function declaration(account: AdoptedAccount, declared: ReturnType<typeof call>): string[] {
  const inside = [...account.memberships.map(joined), ...account.tokens.map(added)];
  if (inside.length === 0) return [statement("", declared, 2)];
  return [statement("const account = ", declared, 2), ...inside];
}

function joined(membership: AdoptedAccount["memberships"][number]): string {
  const { method, parameters } = joinCall(membership);
  const options = object([...membershipEntries(membership), originEntry(membership.origin)]);
  return statement("", call(`account.${method}`, [...parameters, options]), 2);
}

function added(token: AdoptedAccount["tokens"][number]): string {
  const options = object([...tokenEntries(token, literal), originEntry(token.origin)]);
  return statement("", call("account.addToken", [literal(token.tokenName), options]), 2);
}

function originEntry({ importId, officialAddress }: Origin): Entry {
  return officialAddress === null
    ? { key: "importFrom", value: text(importId) }
    : { key: "moveFrom", value: text(officialAddress) };
}

/** The imports of a file with these accounts. */
export function cdktfImports(accounts: readonly AdoptedAccount[]): string {
  return [
    'import type { Construct } from "constructs";',
    `import { ${importedWords(accounts).join(", ")} } from "glsa/cdktf";`,
  ].join("\n");
}

/** Calls the functions of several accounts. */
export function cdktfAll(names: readonly string[]): string {
  return [
    "export function declareServiceAccounts(scope: Construct): void {",
    ...names.map((name) => `  ${name}(scope);`),
    "}",
  ].join("\n");
}
