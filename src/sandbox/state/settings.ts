/** The application settings that matter to service accounts, by their names in the API. */
export interface Settings {
  admin_mode: boolean;
  allow_top_level_group_owners_to_create_service_accounts: boolean;
  /** The number of days in which a deleted group or project can be restored. */
  deletion_adjourned_period: number;
  email_confirmation_setting: "off" | "soft" | "hard";
  /** Whether humans may create and rotate fine-grained tokens only, and the first day of that. */
  enforce_granular_tokens: boolean;
  granular_tokens_enforced_after: string | null;
  max_personal_access_token_lifetime: number | null;
  personal_access_token_prefix: string;
  instance_token_prefix: string;
  require_personal_access_token_expiry: boolean;
  service_access_tokens_expiration_enforced: boolean;
}

export function defaultSettings(): Settings {
  return {
    admin_mode: false,
    allow_top_level_group_owners_to_create_service_accounts: false,
    deletion_adjourned_period: 30,
    email_confirmation_setting: "off",
    enforce_granular_tokens: false,
    granular_tokens_enforced_after: null,
    max_personal_access_token_lifetime: null,
    personal_access_token_prefix: "glpat-",
    instance_token_prefix: "",
    require_personal_access_token_expiry: true,
    service_access_tokens_expiration_enforced: true,
  };
}
