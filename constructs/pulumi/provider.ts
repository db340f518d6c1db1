import {
  getProject,
  getStack,
  ProviderResource,
  secret,
  type Input,
  type ResourceOptions,
} from "@pulumi/pulumi";
import type { GlsaProviderSettings } from "./generated";
import { policyForProvider } from "./policy";
import { Program } from "./program";

/** How the provider connects to GitLab. */
export interface GlsaProviderConfig extends GlsaProviderSettings {
  /**
   * The name of this set of declarations. It marks the tokens that belong to it, so that stacks do not touch each
   * other's tokens. Do not change it: existing tokens keep the old name.
   * @default - project and stack, as in `platform/production`
   */
  readonly stack?: Input<string>;
  /**
   * A name that distinguishes this provider from another one in the same program.
   * @default - none: later declarations that name no provider use this one
   */
  readonly alias?: string;
}

/**
 * The provider that manages service accounts, their tokens and their memberships. A program needs one per instance, or
 * the settings `glsa:*` in the configuration of its stack.
 */
export class GlsaProvider extends ProviderResource {
  /** The name of this set of declarations. */
  readonly stack: Input<string>;
  /** The name that distinguishes this provider from others. Undefined for the default one. */
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
