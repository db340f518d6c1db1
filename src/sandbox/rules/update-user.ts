import { conflict, invalidRecord } from "../http/errors";
import type { Instance } from "../instance";
import type { User } from "../state/rows";
import { passwordProblems } from "./password";
import { emailProblems, usernameProblems } from "./username";

export interface UserChanges {
  readonly username?: string;
  readonly name?: string;
  readonly email?: string;
  readonly public_email?: string;
  readonly password?: string;
  readonly admin?: boolean;
  readonly external?: boolean;
  readonly can_create_group?: boolean;
  readonly projects_limit?: number;
  readonly note?: string;
}

/** Changes a user as an administrator may. Values that are not given stay. */
export function updateUser(instance: Instance, user: User, changes: UserChanges): User {
  const { store, clock } = instance;
  const { username = user.username, email = user.email, name = user.name } = changes;
  const emails = email === user.email ? [] : emailProblems(store, email, user);
  const usernames = username === user.username ? [] : usernameProblems(store, username, user);
  const taken = [...emails, ...usernames].find((problem) => problem.endsWith("already been taken"));
  if (taken !== undefined) throw conflict(taken);
  const problems = Object.entries({
    email: emails.map(withoutAttribute),
    username: usernames.map(withoutAttribute),
    name: name.trim() === "" ? ["can't be blank"] : [],
    password:
      changes.password === undefined
        ? []
        : passwordProblems(changes.password, { name, username, email }),
  }).filter(([, texts]) => texts.length > 0);
  if (problems.length > 0) throw invalidRecord(Object.fromEntries(problems));
  const external = changes.external ?? user.external;
  return store.users.update(user, {
    ...{ username, name, email, external },
    public_email: changes.public_email ?? user.public_email,
    admin: changes.admin ?? user.admin,
    can_create_group: !external && (changes.can_create_group ?? user.can_create_group),
    projects_limit: external ? 0 : (changes.projects_limit ?? user.projects_limit),
    note: changes.note ?? user.note,
    updated_at: clock.now(),
  });
}

function withoutAttribute(message: string): string {
  return message.slice(message.indexOf(" ") + 1);
}
