import { Construct } from "constructs";
import { at, destinationLabel, Scope, tokenProblems, type Delivery, type Rotation } from "../words";
import { addressesOf, type AccountReference } from "./account-reference";
import { assertValid, InvalidDeclarationError } from "./invalid-declaration-error";
import { isLate, spell } from "./late";
import { placeAt } from "./place";
import { GlsaAccessToken } from "./raw/access-token";
import { StackChecks } from "./stack-checks";
import { deliveryConfig, rotationConfig } from "./token-config";

/**
 * What a token may do, how long it lives (exactly one of `expiresAt`, `rotation` and `neverExpires`) and where its
 * value goes.
 */
export interface AccessTokenOptions {
  /**
   * What the token may be used for; a text is the name of a known scope.
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
   */
  readonly scopes: readonly (Scope | string)[];
  /**
   * Day in UTC, `YYYY-MM-DD`, at whose beginning the token stops working. GitLab allows 365 days ahead, unless
   * the instance sets its own limit.
   * @default - none; then `rotation` or `neverExpires` must be set
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#access-token-expiration
   */
  readonly expiresAt?: string;
  /**
   * When the token gives way to the next, as in `Rotation.every(Duration.days(30))`.
   * @default - none; then `expiresAt` or `neverExpires` must be set
   */
  readonly rotation?: Rotation;
  /**
   * The token never ends. An instance that enforces an expiry refuses it.
   * @default false
   */
  readonly neverExpires?: boolean;
  /**
   * Words of your own, such as `{ host: "runner-7" }`: any change makes a new token in the next apply, delivers it and
   * revokes the old one after the overlap.
   * @default - none
   */
  readonly keepers?: Readonly<Record<string, string>>;
  /**
   * Numbers of this token that leaked, present or previous ones. The next apply revokes them, in use or not; a present
   * one only after a new one is delivered. They may stay in the list, or go after that.
   * @default - none
   */
  readonly revokeNow?: readonly number[];
  /**
   * Where the value goes; no two tokens may share a destination.
   * @default - nowhere; then `storeValue` must be true
   */
  readonly deliverTo?: readonly Delivery[];
  /**
   * Keep the value in the state, in clear text, so that `value` can be used in the program.
   * @default false
   */
  readonly storeValue?: boolean;
  /**
   * What the token is for, at most 210 characters. It reaches GitLab with the next token that is made.
   * @default - the account's purpose and contact
   */
  readonly description?: string;
  /**
   * The token's name before a rename: it keeps the token's place in the state. Remove it after the next apply.
   * @default - the token was not renamed
   */
  readonly formerName?: string;
}

/** A token of an account. */
export interface AccessTokenProps extends AccessTokenOptions {
  /** Whose token it is. */
  readonly account: AccountReference;
  /** Name that GitLab shows; unique among the account's declared tokens. */
  readonly name: string;
}

/**
 * A personal access token of a service account. A due rotation, a changed name, scope, expiry or keeper makes a new
 * token, which is checked and delivered before the old one is revoked.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/
 */
export class AccessToken extends Construct {
  /** The Terraform resource behind it. */
  readonly resource: GlsaAccessToken;
  readonly account: AccountReference;
  readonly name: string;
  private readonly keepsValue: boolean;

  constructor(scope: Construct, id: string, props: AccessTokenProps) {
    super(scope, id);
    const { account, name, rotation, storeValue, formerName } = props;
    const scopes = props.scopes.map((each) => Scope.from(each));
    const deliverTo = [...(props.deliverTo ?? [])];
    const description = props.description ?? account.description;
    assertValid(this, tokenProblems({ ...props, description, scopes, deliverTo }, isLate));
    this.account = account;
    this.name = name;
    this.keepsValue = storeValue ?? false;
    this.resource = new GlsaAccessToken(this, "Resource", {
      provider: account.provider,
      serviceAccountId: account.id,
      name,
      description,
      scopes: scopes.map((each) => each.name),
      expiresAt: props.expiresAt,
      rotation: rotation && rotationConfig(rotation),
      neverExpires: props.neverExpires,
      keepers: props.keepers,
      revokeNow: props.revokeNow,
      deliverTo: deliverTo.length === 0 ? undefined : deliverTo.map(deliveryConfig),
      storeValue,
    });
    const formerWords = [spell(this, formerName ?? name)];
    placeAt(this.resource, addressesOf(account, [spell(this, name)], formerWords));
    this.claimDestinations(deliverTo);
  }

  /** Stays the same when the token behind it is renewed. */
  get id(): string {
    return this.resource.id;
  }

  /** GitLab's number of the current token. */
  get tokenId(): number {
    return this.resource.tokenId;
  }

  /** Day in UTC, `YYYY-MM-DD`, at whose beginning the present token stops working; null if it never does. */
  get expiresAt(): string {
    return this.resource.expiresAt;
  }

  /** First day in UTC, `YYYY-MM-DD`, on which an apply makes the next token; null without `rotation`. */
  get rotatesAt(): string {
    return this.resource.rotatesAt;
  }

  /** `active`, `expired` or `revoked`. */
  get status(): string {
    return this.resource.status;
  }

  /** The token itself, where `storeValue` is true; Terraform treats it as sensitive. */
  get value(): string {
    if (this.keepsValue) return this.resource.value;
    throw new InvalidDeclarationError(
      this,
      at("value", {
        summary: "The value is not kept",
        detail:
          "It can be used in the program only where the state holds it, and storeValue is not true. Set storeValue: true, or deliver the value to where it is used.",
      }),
    );
  }

  private claimDestinations(deliverTo: readonly Delivery[]): void {
    const alias = this.account.provider?.alias;
    const instance = alias === undefined ? "" : ` (provider ${alias})`;
    for (const { destination } of deliverTo) {
      const label = destinationLabel(destination, (value) => spell(this, value));
      StackChecks.of(this).addDelivery(`${label}${destination.ciVariable ? instance : ""}`, this);
    }
  }
}
