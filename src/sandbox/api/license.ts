import { ok } from "../http/reply";
import { route } from "../http/route";
import type { Instance } from "../instance";
import { requireAdmin } from "./find";

/** The licence of a paid tier: without a limit and without an end. */
function licenseJson({ store, tier }: Instance) {
  const humans = store.users.rows().filter(({ user_type }) => user_type === "human");
  const users = humans.filter(({ state }) => state === "active").length;
  return {
    id: 1,
    plan: tier,
    created_at: "2024-01-01T00:00:00.000Z",
    starts_at: "2024-01-01",
    expires_at: null,
    historical_max: users,
    maximum_user_count: users,
    licensee: { Name: "Administrator", Email: "admin@example.com", Company: "Example" },
    add_ons: {},
    expired: false,
    overage: 0,
    user_limit: 0,
    active_users: users,
  };
}

export const licenseRoutes = [
  route({
    method: "GET",
    path: "/license",
    before: requireAdmin,
    handle: ({ instance }) => ok(instance.tier === "free" ? null : licenseJson(instance)),
  }),
];
