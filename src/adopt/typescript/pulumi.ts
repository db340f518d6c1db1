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
import { call, object, statement, text } from "./expression";

/** The statements that declare one account. */
export function pulumiAccount(account: AdoptedAccount, lookupName: string): string[] {
  const { origin, username, memberships, tokens } = account;
  const constant = camelCase(account.name);
  const declared =
    origin === null
      ? call("ServiceAccount.fromUsername", [
          text(lookupName),
          ownerExpression(account),
          text(username),
        ])
      : call("new ServiceAccount", [
          text(username),
          object(accountEntries(account)),
          imported(origin),
        ]);
  return [
    statement(`export const ${constant} = `, declared, 0),
    ...memberships.map((membership) => {
      const { method, parameters } = joinCall(membership);
      const options = object(membershipEntries(membership));
      const all = [...parameters, options, imported(membership.origin)];
      return statement("", call(`${constant}.${method}`, all), 0);
    }),
    ...tokens.map((token) => {
      const all = [text(token.tokenName), object(tokenEntries(token)), imported(token.origin)];
      return statement("", call(`${constant}.addToken`, all), 0);
    }),
  ];
}

/** Pulumi moves no resource to another package, so an official one is imported, too. */
function imported({ importId }: Origin): ReturnType<typeof object> {
  return object([{ key: "import", value: text(importId) }]);
}

export function pulumiImports(accounts: readonly AdoptedAccount[]): string {
  return `import { ${importedWords(accounts).join(", ")} } from "glsa/pulumi";`;
}
