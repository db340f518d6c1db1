import type { IResolvable, TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import {
  copyOfDelivery,
  deliveryAttributes,
  type GlsaAccessTokenDeliverTo,
} from "./access-token-delivery";
import { GlsaAccessTokenPreviousList } from "./access-token-previous";
import { GlsaResource, type Attributes } from "./resource";

/** Replaces the token on schedule; each a text of whole days, such as `30d` or `4w`. */
export interface GlsaAccessTokenRotation {
  /** Whole days from one token to the next, at least 1. */
  readonly every: string;
  /** Whole days for which the old token still works beside the delivered new one. */
  readonly overlap?: string;
  /** Whole days from a token's creation to its expiry. */
  readonly lifetime?: string;
  /** An old token that was used within so many days is not revoked yet. */
  readonly quietFor?: string;
  /** So many days after its overlap an old token is revoked, used or not. */
  readonly holdAtMost?: string;
}

/** Attributes of `glsa_access_token`. */
export interface GlsaAccessTokenConfig extends TerraformMetaArguments {
  /** The `id` of a `glsa_service_account`. */
  readonly serviceAccountId: string;
  /** The name that GitLab shows. */
  readonly name: string;
  /**
   * What the token is for, at most 210 characters.
   * @default - none
   */
  readonly description?: string;
  /** Names of scopes; one that the provider does not know is written `scope:name`. */
  readonly scopes: readonly string[];
  /**
   * Day in UTC, `YYYY-MM-DD`, at whose beginning the token stops working.
   * @default - none; then `rotation` must be given, or `neverExpires` be true
   */
  readonly expiresAt?: string;
  /**
   * When the token gives way to the next.
   * @default - none; then `expiresAt` must be given, or `neverExpires` be true
   */
  readonly rotation?: GlsaAccessTokenRotation;
  /**
   * The token never ends, where the instance allows that.
   * @default false
   */
  readonly neverExpires?: boolean | IResolvable;
  /**
   * Words of your own; any change makes a new token.
   * @default - none
   */
  readonly keepers?: Readonly<Record<string, string>>;
  /**
   * Numbers of this declaration's tokens that leaked: revoked in the next apply, after a new one is delivered.
   * @default - none
   */
  readonly revokeNow?: readonly number[];
  /**
   * Where the value goes.
   * @default - nowhere; then `storeValue` must be true
   */
  readonly deliverTo?: readonly GlsaAccessTokenDeliverTo[];
  /**
   * Keep the value in the state, in clear text, as the attribute `value`.
   * @default false
   */
  readonly storeValue?: boolean | IResolvable;
}

/** The Terraform resource `glsa_access_token`. */
export class GlsaAccessToken extends GlsaResource {
  /** Terraform's name of the type. */
  static readonly tfResourceType = "glsa_access_token";

  private readonly config: GlsaAccessTokenConfig;

  constructor(scope: Construct, id: string, config: GlsaAccessTokenConfig) {
    super(scope, id, { terraformResourceType: GlsaAccessToken.tfResourceType, ...config });
    this.config = {
      ...config,
      scopes: [...config.scopes],
      rotation: config.rotation && { ...config.rotation },
      keepers: config.keepers && { ...config.keepers },
      revokeNow: config.revokeNow && [...config.revokeNow],
      deliverTo: config.deliverTo && config.deliverTo.map(copyOfDelivery),
    };
  }

  /** Stays the same when the token behind it is renewed. */
  get id(): string {
    return this.getStringAttribute("id");
  }

  /** GitLab's number of the current token. */
  get tokenId(): number {
    return this.getNumberAttribute("token_id");
  }

  /** 1 for the first token, and one more for each that took its place. */
  get generation(): number {
    return this.getNumberAttribute("generation");
  }

  /** When the present token was made, in UTC. */
  get createdAt(): string {
    return this.getStringAttribute("created_at");
  }

  /** Day in UTC, `YYYY-MM-DD`, at whose beginning it stops working. */
  get expiresAt(): string {
    return this.getStringAttribute("expires_at");
  }

  /** First day in UTC, `YYYY-MM-DD`, on which an apply makes the next token; null without `rotation`. */
  get rotatesAt(): string {
    return this.getStringAttribute("rotates_at");
  }

  /** `active`, `expired` or `revoked`. */
  get status(): string {
    return this.getStringAttribute("status");
  }

  /** Why the present token was made. */
  get rotationReason(): string {
    return this.getStringAttribute("rotation_reason");
  }

  /** Tokens that a newer one has replaced and that still work, oldest first. */
  get previous(): GlsaAccessTokenPreviousList {
    return new GlsaAccessTokenPreviousList(this, "previous", false);
  }

  /** Numbers of active tokens that an interrupted run left; the next apply replaces and then retires them. */
  get strays(): number[] {
    return this.getNumberListAttribute("strays");
  }

  /** Tells one value from another without showing either. */
  get fingerprint(): string {
    return this.getStringAttribute("fingerprint");
  }

  /** Sensitive; null unless `storeValue` is true. */
  get value(): string {
    return this.getStringAttribute("value");
  }

  protected override attributes(): Attributes {
    const { config } = this;
    return {
      service_account_id: config.serviceAccountId,
      name: config.name,
      description: config.description,
      scopes: config.scopes,
      expires_at: config.expiresAt,
      rotation: config.rotation && rotationAttributes(config.rotation),
      never_expires: config.neverExpires,
      keepers: config.keepers,
      revoke_now: config.revokeNow,
      deliver_to: config.deliverTo && config.deliverTo.map(deliveryAttributes),
      store_value: config.storeValue,
    };
  }
}

function rotationAttributes(rotation: GlsaAccessTokenRotation): Attributes {
  return {
    every: rotation.every,
    overlap: rotation.overlap,
    lifetime: rotation.lifetime,
    quiet_for: rotation.quietFor,
    hold_at_most: rotation.holdAtMost,
  };
}
