import { conflict, invalidRecord } from "../http/errors";
import type { Instance } from "../instance";
import type { User } from "../state/rows";
import { passwordProblems } from "./password";
import { emailProblems, usernameProblems } from "./username";

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  readonly external: boolean;
  readonly can_create_group: boolean;
  readonly projects_limit: number;
  readonly note?: string;
  /** Checked and dropped: no user signs in here. */
  readonly password?: string;
}

/** Creates a human user, confirmed immediately. */
export function createUser(instance: Instance, request: NewUser, createdBy: User | null): User {
  const { store, clock } = instance;
  const email = emailProblems(store, request.email);
  const username = usernameProblems(store, request.username);
  const taken = [...email, ...username].find((problem) => problem.endsWith("already been taken"));
  if (taken !== undefined) throw conflict(taken);
  if (email.length > 0) throw invalidRecord({ email: email.map(withoutAttribute) });
  if (username.length > 0) throw invalidRecord({ username: username.map(withoutAttribute) });
  const password =
    request.password === undefined ? [] : passwordProblems(request.password, request);
  if (password.length > 0) throw invalidRecord({ password });
  const now = clock.now();
  return store.users.insert({
    username: request.username,
    name: request.name,
    email: request.email,
    unconfirmed_email: null,
    public_email: null,
    user_type: "human",
    state: "active",
    admin: request.admin,
    external: request.external,
    // External users own nothing.
    projects_limit: request.external ? 0 : request.projects_limit,
    can_create_group: request.can_create_group && !request.external,
    composite_identity_enforced: false,
    provisioned_by_group_id: null,
    provisioned_by_project_id: null,
    namespace_id: store.groups.reserveId(),
    confirmed_at: now,
    last_activity_on: null,
    note: request.note ?? null,
    created_at: now,
    updated_at: now,
    created_by_id: createdBy?.id ?? null,
    deletion: null,
  });
}

function withoutAttribute(message: string): string {
  return message.slice(message.indexOf(" ") + 1);
}
