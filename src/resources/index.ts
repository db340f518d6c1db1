import { secrets } from "../http";
import {
  anyAction,
  anyDataSource,
  anyEphemeral,
  anyResource,
  type ProviderType,
} from "../provider/contract";
import { solitaryLedger, type Run } from "../run";
import { accessToken } from "./access-token";
import { accessTokenAddressing } from "./access-token/addressing";
import { accessTokenGuard } from "./access-token/guard";
import { withInstance } from "./instance/with-instance";
import { ephemeralAccessToken } from "./ephemeral-access-token";
import { membership } from "./membership";
import { membershipAddressing } from "./membership/addressing";
import { membershipGuard } from "./membership/guard";
import { describeMembership, membershipIdOf } from "./membership/member";
import { memberships } from "./memberships";
import { membershipsAddressing } from "./memberships/addressing";
import { userIdOf } from "./memberships/describe";
import { membershipsGuard } from "./memberships/guard";
import { withOneAddress } from "./one-address/with-one-address";
import { withPolicy } from "./policy/with-policy";
import { serviceAccount } from "./service-account";
import { serviceAccountAddressing } from "./service-account/addressing";
import { serviceAccountGuard } from "./service-account/guard";
import { serviceAccountLookup } from "./service-account-lookup";
import {
  configureContext,
  settingsSchema,
  validateSettings,
  type SettingsAttributes,
} from "./settings";
import { pluralDataSources } from "./lists/data-sources";
import { lists } from "./lists/lists";
import { accountLabel, userLabel } from "./shared/account-label";
import { revokeTokenAction } from "./revoke-token";
import { checkServer } from "./shared/check-server";
import type { Context } from "./shared/context";
import { explainFailure } from "./shared/failures";
import { tellingNames } from "./shared/telling-names";

/** This host name cannot be registered, so no third party can publish a provider under it. */
export const PROVIDER_ADDRESS = "glsa.internal/glsa/glsa";

/**
 * Everything that glsa manages, for a host to serve. Starts a run of its own, unless an engine started this process.
 */
export function glsaProvider(
  version: string,
  run: Run = solitaryLedger,
  /** The same run, for an engine that validates all declarations before it plans the first. */
  validatingRun: Run = solitaryLedger,
): ProviderType<Context, SettingsAttributes> {
  return {
    name: "glsa",
    version,
    address: PROVIDER_ADDRESS,
    schema: settingsSchema,
    validate: (config) => validateSettings(config, run),
    configure: (config, engine) => configureContext(config, engine, run),
    check: checkServer,
    isSilent: ({ silent }) => silent,
    memory: ({ runMemory }) => runMemory,
    explain: explainFailure,
    hideSecrets: (text) => secrets.hide(text),
    finish: ({ atEnd }) => [...atEnd.values()].flatMap((tell) => tell()),
    stop: (context) => {
      context.stopped = true;
      if (context.ready) context.gitlab.client.stop();
    },
    resources: managedResources(validatingRun),
    dataSources: {
      glsa_service_account: anyDataSource(serviceAccountLookup),
      ...pluralDataSources,
    },
    lists,
    actions: { glsa_revoke_token: anyAction(revokeTokenAction) },
    ephemeralResources: { glsa_access_token: anyEphemeral(ephemeralAccessToken) },
  };
}

function managedResources(
  validatingRun: Run,
): ProviderType<Context, SettingsAttributes>["resources"] {
  return {
    glsa_service_account: anyResource(
      withInstance(
        withPolicy(
          withOneAddress(tellingNames(serviceAccount, validatingRun), serviceAccountAddressing),
          serviceAccountGuard,
        ),
        ({ username, id }) => `account "${username}" (${id})`,
      ),
    ),
    glsa_access_token: anyResource(
      withInstance(
        withPolicy(
          withOneAddress(
            tellingNames(accessToken, validatingRun, ({ name }) => name),
            accessTokenAddressing,
          ),
          accessTokenGuard,
        ),
        ({ name, service_account_id: account }, context) =>
          `token "${name}" of ${accountLabel(account, context)}`,
      ),
    ),
    glsa_membership: anyResource(
      withInstance(
        withPolicy(withOneAddress(membership, membershipAddressing), membershipGuard),
        (state, context) => describeMembership(membershipIdOf(state), context),
      ),
    ),
    glsa_memberships: anyResource(
      withInstance(
        withPolicy(withOneAddress(memberships, membershipsAddressing), membershipsGuard),
        (state, context) => `memberships of ${userLabel(userIdOf(state), context)}`,
      ),
    ),
  };
}
