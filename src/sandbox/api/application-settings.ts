import type { Call } from "../http/call";
import { isGiven } from "../http/call";
import { invalidRecord } from "../http/errors";
import { ok } from "../http/reply";
import { route } from "../http/route";
import { boolean, date, integer, oneOf, string } from "../params/types";
import type { Settings } from "../state/settings";
import { requireAdmin } from "./find";

const settingsParams = {
  admin_mode: boolean(),
  allow_top_level_group_owners_to_create_service_accounts: boolean(),
  deletion_adjourned_period: integer(),
  email_confirmation_setting: oneOf("off", "soft", "hard"),
  enforce_granular_tokens: boolean(),
  granular_tokens_enforced_after: date(),
  max_personal_access_token_lifetime: integer(),
  personal_access_token_prefix: string(),
  instance_token_prefix: string(),
  require_personal_access_token_expiry: boolean(),
  service_access_tokens_expiration_enforced: boolean(),
};

function settingsJson({ instance }: Call) {
  return { id: 1, ...instance.store.settings };
}

export const applicationSettingsRoutes = [
  route({
    method: "GET",
    path: "/application/settings",
    before: requireAdmin,
    handle: (call) => ok(settingsJson(call)),
  }),
  route({
    method: "PUT",
    path: "/application/settings",
    before: requireAdmin,
    params: settingsParams,
    handle(call, params) {
      const lifetime = params.max_personal_access_token_lifetime;
      if (lifetime !== undefined && (lifetime < 1 || lifetime > 365)) {
        throw invalidRecord({
          max_personal_access_token_lifetime: ["must be between 1 and 365"],
        });
      }
      const period = params.deletion_adjourned_period ?? 1;
      if (period < 1 || period > 90) {
        throw invalidRecord({ deletion_adjourned_period: ["must be between 1 and 90"] });
      }
      const given = Object.entries(params).filter(([, value]) => value !== undefined);
      const { store } = call.instance;
      store.settings = { ...store.settings, ...(Object.fromEntries(given) as Partial<Settings>) };
      // An explicit null lifts the limit; other settings have no empty value.
      if (isGiven(call, "max_personal_access_token_lifetime") && lifetime === undefined) {
        store.settings.max_personal_access_token_lifetime = null;
      }
      return ok(settingsJson(call));
    },
  }),
];
