import { digestOf } from "../auth/token-value";
import { addDays } from "../clock";
import type { Instance } from "../instance";
import type { User } from "../state/rows";
import { createUser } from "../rules/create-user";

const lifetimeInDays = 365;

/** A fresh instance has one user: the administrator, with a token that may do everything. */
export function seedAdministrator(instance: Instance, tokenValue: string): User {
  const { store, clock } = instance;
  const root = createUser(
    instance,
    {
      username: "root",
      name: "Administrator",
      email: "admin@example.com",
      admin: true,
      external: false,
      can_create_group: true,
      projects_limit: 100_000,
    },
    null,
  );
  const now = clock.now();
  store.tokens.insert({
    user_id: root.id,
    name: "Root token",
    description: null,
    scopes: ["api", "admin_mode", "sudo"],
    revoked: false,
    created_at: now,
    updated_at: now,
    last_used_at: null,
    last_used_ips: [],
    ips_recorded_at: null,
    expires_at: addDays(clock.today(), lifetimeInDays),
    previous_id: null,
    impersonation: false,
    digest: digestOf(tokenValue),
  });
  return root;
}
