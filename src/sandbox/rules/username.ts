import type { Store } from "../state/store";
import type { User } from "../state/rows";
import { isReservedAtTopLevel } from "./reserved-names";

const longest = 255;

/** What is wrong with a username, as full messages. */
export function usernameProblems(store: Store, username: string, of?: User): string[] {
  const isTaken =
    (store.usersByUsername.first(username.toLowerCase()) ?? of) !== of ||
    store.groupsByPath.first(username.toLowerCase()) !== undefined;
  return [
    ...(isTaken ? ["Username has already been taken"] : []),
    ...(username.length > longest
      ? [`Username is too long (maximum is ${longest} characters)`]
      : []),
    ...(isWellFormed(username)
      ? []
      : [
          "Username can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.",
        ]),
    ...(isReservedAtTopLevel(username) ? [`Username ${username} is a reserved name`] : []),
  ];
}

function isWellFormed(username: string): boolean {
  return /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(username) && !/(?:\.|\.git|\.atom)$/i.test(username);
}

/** What is wrong with an e-mail address, as full messages. */
export function emailProblems(store: Store, email: string, of?: User): string[] {
  const isTaken = (store.usersByEmail.first(email.toLowerCase()) ?? of) !== of;
  return [
    ...(isTaken ? ["Email has already been taken"] : []),
    ...(/^[^\s@]+@[^\s@]+$/.test(email) ? [] : ["Email is invalid"]),
  ];
}
