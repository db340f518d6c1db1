import { Construct } from "constructs";
import {
  assertValid,
  destinationLabel,
  InvalidDeclarationError,
  Scope,
  tokenFacts,
  tokenProblems,
  valueNotKeptProblem,
  type AccessTokenOptions as PlainOptions,
  type Delivery,
  told,
  toldAs,
} from "../words";
import { addressesOf, type AccountReference } from "./account-reference";
import { backendOf, type TokenObject } from "./backend";
import { isTakenOver, type TakeOverOptions } from "./take-over-options";
import { isLate, spell } from "./late";
import { judgeLateScopes } from "./late-policy";
import { judgeAtSynth } from "./policy";
import { GlsaAccessToken } from "./generated";
import { OfficialResource } from "./raw/official";
import { StackChecks } from "./stack-checks";

/**
 * What a token may do, how long it lives (exactly one of `expiresAt`, `rotation` and `neverExpires`) and where its
 * value is delivered.
 */
export interface AccessTokenOptions extends PlainOptions, TakeOverOptions {}

/** A token of an account. */
export interface AccessTokenProps extends AccessTokenOptions {
  /** The account that the token belongs to. */
  readonly account: AccountReference;
  /** The name that GitLab shows. Unique among the account's declared tokens. */
  readonly name: string;
}

/**
 * A personal access token of a service account. A due rotation or a change of name, scopes, expiry or keepers creates a
 * new token. glsa checks and delivers the new token before it revokes the old one.
 * @see https://docs.gitlab.com/user/profile/personal_access_tokens/
 */
export class AccessToken extends Construct {
  /** The account that the token belongs to. */
  readonly account: AccountReference;
  /** The name that GitLab shows. Unique among the account's declared tokens. */
  readonly name: string;
  private readonly object: TokenObject;
  private readonly keepsValue: boolean;

  constructor(scope: Construct, id: string, props: AccessTokenProps) {
    super(scope, id);
    const { account, name, storeValue, formerName } = props;
    const scopes = (props.scopes ?? []).map((each) => Scope.from(each));
    const deliverTo = [...(props.deliverTo ?? [])];
    const description = props.description ?? account.description;
    const backend = backendOf(this, account.provider);
    const declaration = { ...props, scopes, deliverTo };
    const exists = isTakenOver(props);
    assertValid(this.node.path, [
      ...tokenProblems({ ...declaration, description, exists }, isLate),
      ...(backend.tokenProblems?.(declaration) ?? []),
    ]);
    this.account = account;
    this.name = name;
    this.keepsValue = storeValue ?? false;
    const formerWords = [spell(this, formerName ?? name)];
    const addresses = addressesOf(account, [spell(this, name)], formerWords);
    this.object = backend.token(this, declaration, addresses);
    this.claimDestinations(deliverTo);
    const { username } = account;
    const judged = { ...props, username, scopes, description };
    judgeAtSynth(this, (today) => tokenFacts(judged, isLate, today));
    judgeLateScopes(this, this.object, judged);
  }

  /**
   * The underlying Terraform resource, if glsa's provider manages it.
   * @throws InvalidDeclarationError if the official provider manages it
   */
  get resource(): GlsaAccessToken {
    return toldAs(this.node.path, "resource", this.object, GlsaAccessToken);
  }

  /**
   * The underlying Terraform resource, if the official GitLab provider manages it.
   * @throws InvalidDeclarationError if glsa's provider manages it
   */
  get officialResource(): OfficialResource {
    return toldAs(this.node.path, "officialResource", this.object, OfficialResource);
  }

  /** The resource's id. It stays the same when the token is rotated. */
  get id(): string {
    return this.object.id;
  }

  /** The current token's ID in GitLab. Not available with the official provider. */
  get tokenId(): number {
    return told(this.node.path, "tokenId", this.object.tokenId);
  }

  /**
   * The day in UTC, `YYYY-MM-DD`, at whose beginning the current token stops working. Null if the token never expires.
   */
  get validUntil(): string {
    return this.object.validUntil;
  }

  /**
   * The first day in UTC, `YYYY-MM-DD`, on which an apply creates the next token. Null without `rotation`. Not
   * available with the official provider.
   */
  get rotatesAt(): string {
    return told(this.node.path, "rotatesAt", this.object.rotatesAt);
  }

  /** `active`, `expired` or `revoked`. Not available with the official provider. */
  get status(): string {
    return told(this.node.path, "status", this.object.status);
  }

  /** The token's value, if `storeValue` is true. Terraform treats it as sensitive. */
  get value(): string {
    if (this.keepsValue) return this.object.value;
    throw new InvalidDeclarationError(this.node.path, valueNotKeptProblem());
  }

  private claimDestinations(deliverTo: readonly Delivery[]): void {
    const alias = this.account.provider?.alias;
    const instance = alias === undefined ? "" : ` (provider ${alias})`;
    for (const { destination } of deliverTo) {
      const label = destinationLabel(destination, (value) => spell(this, value), instance);
      StackChecks.of(this).addDelivery(label, this);
    }
  }
}
