import { Construct } from "constructs";
import {
  assertValid,
  destinationLabel,
  InvalidDeclarationError,
  Scope,
  tokenFacts,
  tokenProblems,
  valueNotKeptProblem,
  type AccessTokenOptions,
  type Delivery,
} from "../words";
import { addressesOf, type AccountReference } from "./account-reference";
import { isLate, spell } from "./late";
import { placeAt } from "./place";
import { judgeAtSynth } from "./policy";
import { GlsaAccessToken } from "./raw/access-token";
import { StackChecks } from "./stack-checks";
import { deliveryConfig, rotationConfig } from "./token-config";

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
    assertValid(
      this.node.path,
      tokenProblems({ ...props, description, scopes, deliverTo }, isLate),
    );
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
    const { username } = account;
    const judged = { ...props, username, scopes, description };
    judgeAtSynth(this, (today) => tokenFacts(judged, isLate, today));
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
    throw new InvalidDeclarationError(this.node.path, valueNotKeptProblem());
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
