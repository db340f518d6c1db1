import { ComponentResource, type Input, type Output } from "@pulumi/pulumi";
import {
  assertValid,
  destinationLabel,
  InvalidDeclarationError,
  tokenFacts,
  told,
  tokenProblems,
  valueNotKeptProblem,
  type AccessTokenOptions as PlainOptions,
  type Delivery,
  type Spell,
} from "../words";
import {
  addressesOf,
  aliasOf,
  componentOptions,
  localName,
  resourceOptions,
  type AccountReference,
  type DeclarationOptions,
} from "./account-reference";
import { backendOf, type TokenObject } from "./backend";
import { asWritten, type Inputs } from "./inputs";
import { isLate } from "./late";
import { judgedScopes } from "./late-policy";
import { judgeDeclaration } from "./policy";
import { Program } from "./program";
import type { GlsaAccessToken } from "./generated";
import type { OfficialResource } from "./raw/official";
import { isLateLabel, scopesOf } from "./token-args";

/**
 * What a token may do, how long it lives (exactly one of `expiresAt`, `rotation` and `neverExpires`) and where its
 * value is delivered.
 */
export interface AccessTokenOptions extends Inputs<Omit<PlainOptions, "formerName">> {
  /**
   * The token's name before a rename. It keeps the token's identity in the state. Remove it after the next update.
   * @default - the token was not renamed
   */
  readonly formerName?: string;
}

/** A token of an account. */
export interface AccessTokenProps extends AccessTokenOptions {
  /** The account that the token belongs to. */
  readonly account: AccountReference;
  /** The name that GitLab shows. Unique among the account's declared tokens. */
  readonly name: Input<string>;
}

/**
 * A personal access token of a service account. A due rotation or a change of name, scopes, expiry or keepers creates a
 * new token. glsa checks and delivers the new token before it revokes the old one.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/
 */
export class AccessToken extends ComponentResource {
  /** The account that the token belongs to. */
  readonly account: AccountReference;
  /** The name that GitLab shows. Unique among the account's declared tokens. */
  readonly name: Input<string>;
  private readonly object: TokenObject;
  private readonly keepsValue: boolean;

  constructor(
    /** The component's name in the program. */
    readonly path: string,
    props: AccessTokenProps,
    options: DeclarationOptions = {},
  ) {
    const { account, name, storeValue, formerName } = props;
    const scopes = scopesOf(props.scopes);
    const deliverTo = [...(props.deliverTo ?? [])];
    const description = props.description ?? account.description;
    const written = asWritten<PlainOptions & { name: string }>({ ...props, description });
    const backend = backendOf(path, account.provider);
    const declaration = { ...props, scopes, deliverTo };
    const exists = options.import !== undefined;
    assertValid(path, [
      ...tokenProblems({ ...written, scopes, deliverTo, exists }, isLate),
      ...(backend.tokenProblems?.(declaration) ?? []),
    ]);
    const word = isLate(name) ? localName(path) : name;
    const addresses = addressesOf(account, [word], [formerName ?? word]);
    claimDestinations(path, deliverTo, aliasOf(account));
    const judged = { ...written, username: account.username as string, scopes };
    const parent = options.parent ?? account;
    judgeDeclaration({ path, parent }, (today) => tokenFacts(judged, isLate, today));
    const judgedLate = { ...declaration, scopes: judgedScopes({ path, parent }, judged) };

    super("glsa:constructs:AccessToken", path, {}, componentOptions(options, { parent: account }));
    this.account = account;
    this.name = name;
    this.keepsValue = storeValue !== undefined && storeValue !== false;
    this.object = backend.token(judgedLate, {
      name: addresses.current,
      path,
      options: resourceOptions(this, addresses, account.provider, options),
    });
    this.registerOutputs();
  }

  /**
   * The underlying resource, if glsa's provider manages it.
   * @throws InvalidDeclarationError if the official provider manages it
   */
  get resource(): GlsaAccessToken {
    return told(this.path, "resource", this.object.glsa);
  }

  /**
   * The underlying resource, if the official GitLab provider manages it.
   * @throws InvalidDeclarationError if glsa's provider manages it
   */
  get officialResource(): OfficialResource {
    return told(this.path, "officialResource", this.object.official);
  }

  /** The resource's id. It stays the same when the token is rotated. */
  get id(): Output<string> {
    return this.object.id;
  }

  /** The current token's ID in GitLab. Not available with the official provider. */
  get tokenId(): Output<number> {
    return told(this.path, "tokenId", this.object.tokenId);
  }

  /**
   * The day in UTC, `YYYY-MM-DD`, at whose beginning the current token stops working. Undefined if the token never
   * expires.
   */
  get validUntil(): Output<string | undefined> {
    return this.object.validUntil;
  }

  /**
   * The first day in UTC, `YYYY-MM-DD`, on which an update creates the next token. Undefined without `rotation`. Not
   * available with the official provider.
   */
  get rotatesAt(): Output<string | undefined> {
    return told(this.path, "rotatesAt", this.object.rotatesAt);
  }

  /** `active`, `expired` or `revoked`. Not available with the official provider. */
  get status(): Output<string> {
    return told(this.path, "status", this.object.status);
  }

  /** The token's value, if `storeValue` is true. A secret. */
  get value(): Output<string | undefined> {
    if (this.keepsValue) return this.object.value;
    throw new InvalidDeclarationError(this.path, valueNotKeptProblem());
  }
}

/** If a destination is fully known here, no other token may use it. Otherwise the provider checks this. */
function claimDestinations(path: string, deliverTo: readonly Delivery[], alias?: string): void {
  const instance = alias === undefined ? "" : ` (provider ${alias})`;
  for (const [index, { destination }] of deliverTo.entries()) {
    const seen: unknown[] = [];
    const spell: Spell = (value) => {
      seen.push(value);
      return typeof value === "object" ? JSON.stringify(value) : String(value);
    };
    const label = destinationLabel(destination, spell, instance);
    if (isLateLabel(seen)) continue;
    Program.current().addDelivery(label, path, `deliverTo[${index}]`);
  }
}
