import { Construct } from "constructs";
import { at, destinationLabel, Scope, tokenProblems, type Delivery } from "../words";
import { addressesOf, type AccountReference } from "./account-reference";
import { assertValid, InvalidDeclarationError } from "./invalid-declaration-error";
import { asText, isLate, spell } from "./late";
import { placeAt } from "./place";
import { GlsaAccessToken, type GlsaAccessTokenDeliverTo } from "./raw/access-token";
import { StackChecks } from "./stack-checks";

/** What a token may do, how long it lives and where its value goes. */
export interface AccessTokenOptions {
  /**
   * What the token may be used for; a text is the name of a known scope.
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes
   */
  readonly scopes: readonly (Scope | string)[];
  /**
   * Day in UTC, `YYYY-MM-DD`, at whose beginning the token stops working. GitLab allows 365 days ahead, unless
   * the instance sets its own limit.
   * @default - none; then `neverExpires` must be true
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#access-token-expiration
   */
  readonly expiresAt?: string;
  /**
   * The token never ends. An instance that enforces an expiry refuses it.
   * @default false
   */
  readonly neverExpires?: boolean;
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
 * A personal access token of a service account. A changed name, scope or expiry makes a new token, which is
 * delivered before the old one is revoked.
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
    const { account, name, expiresAt, neverExpires, storeValue, formerName } = props;
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
      expiresAt,
      neverExpires,
      deliverTo: deliverTo.length === 0 ? undefined : deliverTo.map(asConfig),
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
      StackChecks.of(this).addDelivery(`${label}${destination.file ? "" : instance}`, this);
    }
  }
}

function asConfig({ destination }: Delivery): GlsaAccessTokenDeliverTo {
  const { ciVariable, file } = destination;
  if (ciVariable === undefined) return { file };
  const { project, group } = ciVariable;
  return { ciVariable: { ...ciVariable, project: asText(project), group: asText(group) } };
}
