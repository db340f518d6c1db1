import type { GitLabClient } from "../client";
import type { ApplicationSettingsEntity, LicenceEntity, MetadataEntity } from "./entities";
import { METADATA, SETTINGS } from "./shapes";

/**
 * The instance as a whole.
 * @see https://docs.gitlab.com/api/metadata/
 * @see https://docs.gitlab.com/api/settings/
 */
export class InstanceEndpoints {
  constructor(private readonly client: GitLabClient) {}

  metadata(): Promise<MetadataEntity> {
    return this.client.one({ shape: METADATA, method: "GET", route: "/metadata" });
  }

  /** For administrators. An instance without a licence has the tier Free. */
  licence(): Promise<LicenceEntity> {
    return this.client.one({ method: "GET", route: "/license" });
  }

  /** For administrators. */
  settings(): Promise<ApplicationSettingsEntity> {
    return this.client.one({ shape: SETTINGS, method: "GET", route: "/application/settings" });
  }
}
