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

/** What a token or a membership knows of its account. */
export interface AccountReference extends ComponentResource {
  /** The provider's id, as in `group:12:345`. */
  readonly id: Output<string>;
  /** GitLab's number of the user. */
  readonly userId: Output<number>;
  /** Where the account lives. */
  readonly owner: AccountOwner;
  /** Unique among the users and groups of the instance. */
  readonly username: Input<string>;
  /** The username before a rename, while the rename is under way. */
  readonly formerUsername?: string;
  /** The provider that manages the account; undefined for the engine's default. */
  readonly provider?: ProviderResource;
  /** What the account's tokens say of themselves by default. */
  readonly description?: Input<string>;
  /** The name that it was declared with. */
  readonly path: string;
}

/** Pulumi's own options; `import` is for the one resource behind the component. */
export interface DeclarationOptions extends ComponentResourceOptions {
  /**
   * The id of an object that exists, to take it over. It may stay; a token needs it as long as it has no destination.
   * @default - the object is made
   */
  import?: string;
}

/**
 * The names of an account (no words) or of what belongs to it (the words it is known by within the account). Nothing
 * can be made of a late username: then the account's name in the program stands for it.
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

/** The word for the GitLab instance, where the program manages more than one. */
export function aliasOf({ provider }: Pick<AccountReference, "provider">): string | undefined {
  return provider instanceof GlsaProvider ? provider.alias : undefined;
}

/** The provider that a component's children are to use: its own, an inherited one, or else the program's. */
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

/** Options of the one resource behind a component. After a rename the engine is told what it was named before. */
export function resourceOptions(
  parent: ComponentResource,
  { former }: Addresses,
  provider: ProviderResource | undefined,
  { dependsOn, import: id }: DeclarationOptions,
): CustomResourceOptions {
  const aliases = former === undefined ? [] : [{ name: former }];
  return { parent, provider, dependsOn, import: id, aliases };
}

/** The last part of a name: what tells a token or membership from the account's others. */
export function localName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
