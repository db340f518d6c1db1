import { anyDataSource, anyEphemeral, anyResource, type ProviderType } from "../provider/contract";
import { accessToken } from "./access-token";
import { accessTokenGuard } from "./access-token/guard";
import { withInstance } from "./instance/with-instance";
import { ephemeralAccessToken } from "./ephemeral-access-token";
import { membership } from "./membership";
import { membershipGuard } from "./membership/guard";
import { withPolicy } from "./policy/with-policy";
import { serviceAccount } from "./service-account";
import { serviceAccountGuard } from "./service-account/guard";
import { serviceAccountLookup } from "./service-account-lookup";
import {
  configureContext,
  settingsSchema,
  validateSettings,
  type SettingsAttributes,
} from "./settings";
import type { Context } from "./shared/context";

/** Nobody can register a name under this host, so no stranger can ever stand in for the provider. */
export const PROVIDER_ADDRESS = "glsa.internal/glsa/glsa";

/** Everything that glsa manages, for a host to serve. */
export function glsaProvider(version: string): ProviderType<Context, SettingsAttributes> {
  return {
    name: "glsa",
    version,
    address: PROVIDER_ADDRESS,
    schema: settingsSchema,
    validate: validateSettings,
    configure: configureContext,
    stop: (context) => {
      context.stopped = true;
      if (context.ready) context.gitlab.client.stop();
    },
    resources: {
      glsa_service_account: anyResource(
        withInstance(
          withPolicy(serviceAccount, serviceAccountGuard),
          ({ username, id }) => `account "${username}" (${id})`,
        ),
      ),
      glsa_access_token: anyResource(
        withInstance(
          withPolicy(accessToken, accessTokenGuard),
          ({ name, service_account_id: account }) => `token "${name}" of ${account}`,
        ),
      ),
      glsa_membership: anyResource(
        withInstance(withPolicy(membership, membershipGuard), ({ id }) => `membership ${id}`),
      ),
    },
    dataSources: { glsa_service_account: anyDataSource(serviceAccountLookup) },
    ephemeralResources: { glsa_access_token: anyEphemeral(ephemeralAccessToken) },
  };
}
