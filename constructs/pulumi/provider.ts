import {
  getProject,
  getStack,
  ProviderResource,
  secret,
  type Input,
  type ResourceOptions,
} from "@pulumi/pulumi";
import { policyForProvider } from "./policy";
import { Program } from "./program";

/** How the provider reaches GitLab. */
export interface GlsaProviderConfig {
  /**
   * Address of the instance, with or without `/api/v4`.
   * @default - the environment's GITLAB_BASE_URL, else CI_SERVER_URL, else https://gitlab.com
   */
  readonly baseUrl?: Input<string>;
  /**
   * Further addresses of the same instance: an internal one that runners use, an external one of laptops, or the one
   * before a move. Objects that were made under any other address are refused.
   * @default - none
   */
  readonly instanceAddresses?: Input<readonly Input<string>[]>;
  /**
   * Personal access token that manages the accounts. It stands in the state, as a secret, if it is given here.
   * @default - the environment's GITLAB_TOKEN
   */
  readonly token?: Input<string>;
  /**
   * Name of this set of declarations. It marks the tokens that belong to it, so that two stacks leave each other's
   * alone; changing it makes the tokens strangers.
   * @default - project and stack, as in `platform/production`
   */
  readonly stack?: Input<string>;
  /**
   * PEM file of certificates to trust beside the system's.
   * @default - the system's alone
   */
  readonly caFile?: Input<string>;
  /**
   * HTTP headers to send with every request, for gateways in front of GitLab.
   * @default - none
   */
  readonly headers?: Input<Readonly<Record<string, Input<string>>>>;
  /**
   * Requests begun per minute, retries included.
   * @default - no limit but the server's
   */
  readonly maxRequestsPerMinute?: Input<number>;
  /**
   * Requests in flight at once.
   * @default 10
   */
  readonly maxConcurrency?: Input<number>;
  /**
   * Name that tells this provider from another one in the same program.
   * @default - none: what is declared after it and names no provider uses this one
   */
  readonly alias?: string;
}

/**
 * The provider that manages service accounts, their tokens and memberships. A program needs one per instance, or the
 * settings `glsa:*` in the configuration of its stack.
 */
export class GlsaProvider extends ProviderResource {
  /** Name of this set of declarations. */
  readonly stack: Input<string>;
  /** Name that tells this provider from another one; undefined for the main one. */
  readonly alias?: string;

  constructor(name: string, config: GlsaProviderConfig = {}, options: ResourceOptions = {}) {
    const { alias, token, headers, ...settings } = config;
    const stack = config.stack ?? `${getProject()}/${getStack()}`;
    const confidential = {
      token: token === undefined ? undefined : secret(token),
      headers: headers === undefined ? undefined : secret(headers),
    };
    const policy = policyForProvider();
    super("glsa", name, { ...settings, ...confidential, stack, policy }, options);
    this.stack = stack;
    this.alias = alias;
    if (alias === undefined) Program.current().addProvider(this, name);
  }
}
