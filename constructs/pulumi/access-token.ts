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
 * value goes.
 */
export interface AccessTokenOptions extends Inputs<Omit<PlainOptions, "formerName">> {
  /**
   * The token's name before a rename: it keeps the token's place in the state. Remove it after the next update.
   * @default - the token was not renamed
   */
  readonly formerName?: string;
}

/** A token of an account. */
export interface AccessTokenProps extends AccessTokenOptions {
  /** Whose token it is. */
  readonly account: AccountReference;
  /** Name that GitLab shows; unique among the account's declared tokens. */
  readonly name: Input<string>;
}

/**
 * A personal access token of a service account. A due rotation, a changed name, scope, expiry or keeper makes a new
 * token, which is checked and delivered before the old one is revoked.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/
 */
export class AccessToken extends ComponentResource {
  /** Whose it is. */
  readonly account: AccountReference;
  /** Name that GitLab shows; unique among the account's declared tokens. */
  readonly name: Input<string>;
  private readonly object: TokenObject;
  private readonly keepsValue: boolean;

  constructor(
    /** The name that it was declared with. */
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

  /** The resource behind it, where that is of glsa's provider. */
  get resource(): GlsaAccessToken {
    return told(this.path, "resource", this.object.glsa);
  }

  /** The resource behind it, where that is of the official GitLab provider. */
  get officialResource(): OfficialResource {
    return told(this.path, "officialResource", this.object.official);
  }

  /** Stays the same when the token behind it is renewed. */
  get id(): Output<string> {
    return this.object.id;
  }

  /** GitLab's number of the current token; the official provider does not tell it. */
  get tokenId(): Output<number> {
    return told(this.path, "tokenId", this.object.tokenId);
  }

  /** Day in UTC, `YYYY-MM-DD`, at whose beginning the present token stops working; undefined if it never does. */
  get validUntil(): Output<string | undefined> {
    return this.object.validUntil;
  }

  /**
   * First day in UTC, `YYYY-MM-DD`, on which an update makes the next token; undefined without `rotation`. The official
   * provider does not tell it.
   */
  get rotatesAt(): Output<string | undefined> {
    return told(this.path, "rotatesAt", this.object.rotatesAt);
  }

  /** `active`, `expired` or `revoked`; the official provider does not tell it. */
  get status(): Output<string> {
    return told(this.path, "status", this.object.status);
  }

  /** The token itself, where `storeValue` is true; a secret. */
  get value(): Output<string | undefined> {
    if (this.keepsValue) return this.object.value;
    throw new InvalidDeclarationError(this.path, valueNotKeptProblem());
  }
}

/** Where all of a destination is known already, no other token may have it; else the provider looks. */
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
