import type {
  ComponentResource,
  ComponentResourceOptions,
  CustomResourceOptions,
  Input,
  Output,
  ProviderResource,
} from "@pulumi/pulumi";
import { addressesUnder, type AccountOwner, type Addresses } from "../words";
import type { Backend } from "./backend";
import { isLate } from "./late";
import { Program } from "./program";
import { GlsaProvider } from "./provider";

/** What a token or a membership needs to know of its account. */
export interface AccountReference extends ComponentResource {
  /** The id in the provider's form, as in `group:12:345`. */
  readonly id: Output<string>;
  /** The user's ID in GitLab. */
  readonly userId: Output<number>;
  /** Where the account lives. */
  readonly owner: AccountOwner;
  /** The username. Unique among the users and groups of the instance. */
  readonly username: Input<string>;
  /** The username before a rename, while the rename is under way. */
  readonly formerUsername?: string;
  /** The provider that manages the account. Undefined for the engine's default. */
  readonly provider?: ProviderResource;
  /** The default description of the account's tokens. */
  readonly description?: Input<string>;
  /** The component's name in the program. */
  readonly path: string;
}

/** Pulumi's own options. `import` applies to the one resource in the component. */
export interface DeclarationOptions extends ComponentResourceOptions {
  /**
   * The id of an existing object to take over. It may stay after the import; a token without a destination needs it.
   * @default - the object is created
   */
  import?: string;
}

/**
 * The names of an account (no words) or of an object that belongs to it (the words that identify it within the
 * account). A late username cannot become part of a name, so the account's name in the program is used.
 */
export function addressesOf(
  account: Pick<AccountReference, "username" | "formerUsername" | "provider" | "path">,
  words: readonly string[] = [],
  formerWords: readonly string[] = words,
): Addresses {
  const { username, formerUsername, path } = account;
  const names = {
    username: isLate(username) ? path : username,
    formerUsername,
    instance: aliasOf(account),
  };
  return addressesUnder(names, words, formerWords);
}

/** Identifies the GitLab instance, if the program manages more than one. */
export function aliasOf({ provider }: Pick<AccountReference, "provider">): string | undefined {
  return provider instanceof GlsaProvider ? provider.alias : undefined;
}

/** The provider for a component's children: its own, an inherited one, or else the program's. */
export function providerOf(
  component: ComponentResource,
  { memberType }: Backend,
): ProviderResource | undefined {
  return component.getProvider(memberType) ?? Program.current().providerFor(memberType);
}

/** Options of a component, for which `import` has no meaning. */
export function componentOptions(
  options: DeclarationOptions,
  defaults: ComponentResourceOptions,
): ComponentResourceOptions {
  const merged: DeclarationOptions = { ...defaults, ...options };
  delete merged.import;
  return merged;
}

/** Options of the one resource in a component. After a rename, they pass the old name to the engine. */
export function resourceOptions(
  parent: ComponentResource,
  { former }: Addresses,
  provider: ProviderResource | undefined,
  { dependsOn, import: id }: DeclarationOptions,
): CustomResourceOptions {
  const aliases = former === undefined ? [] : [{ name: former }];
  return { parent, provider, dependsOn, import: id, aliases };
}

/** The last part of a name, which distinguishes a token or membership from the account's others. */
export function localName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
