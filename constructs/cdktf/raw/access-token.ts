import type { IResolvable, TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { GlsaResource, type Attributes } from "./resource";

/** One destination of a token's value: exactly one of its members. */
export interface GlsaAccessTokenDeliverTo {
  readonly ciVariable?: GlsaAccessTokenCiVariable;
  readonly file?: GlsaAccessTokenFile;
}

/** A CI/CD variable; exactly one of `project` and `group` says whose. */
export interface GlsaAccessTokenCiVariable {
  readonly project?: string;
  readonly group?: string;
  readonly key: string;
  readonly environmentScope?: string;
  readonly protected?: boolean | IResolvable;
  readonly masked?: boolean | IResolvable;
  readonly hidden?: boolean | IResolvable;
  readonly raw?: boolean | IResolvable;
  readonly overwrite?: boolean | IResolvable;
  /** `remove` or `keep`. */
  readonly onDestroy?: string;
}

/** A file on the machine that runs the apply. */
export interface GlsaAccessTokenFile {
  readonly path: string;
  readonly mode?: string;
  readonly overwrite?: boolean | IResolvable;
  /** `remove` or `keep`. */
  readonly onDestroy?: string;
}

/** Attributes of `glsa_access_token`. */
export interface GlsaAccessTokenConfig extends TerraformMetaArguments {
  /** The `id` of a `glsa_service_account`. */
  readonly serviceAccountId: string;
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
   * @default - none; then `neverExpires` must be true
   */
  readonly expiresAt?: string;
  /**
   * The token never ends, where the instance allows that.
   * @default false
   */
  readonly neverExpires?: boolean | IResolvable;
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
  static readonly tfResourceType = "glsa_access_token";

  private readonly config: GlsaAccessTokenConfig;

  constructor(scope: Construct, id: string, config: GlsaAccessTokenConfig) {
    super(scope, id, { terraformResourceType: GlsaAccessToken.tfResourceType, ...config });
    this.config = {
      ...config,
      scopes: [...config.scopes],
      deliverTo: config.deliverTo && config.deliverTo.map(copyOf),
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

  get createdAt(): string {
    return this.getStringAttribute("created_at");
  }

  get expiresAt(): string {
    return this.getStringAttribute("expires_at");
  }

  /** `active`, `expired` or `revoked`. */
  get status(): string {
    return this.getStringAttribute("status");
  }

  /** Why the present token was made. */
  get rotationReason(): string {
    return this.getStringAttribute("rotation_reason");
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
      never_expires: config.neverExpires,
      deliver_to: config.deliverTo && config.deliverTo.map(deliverToAttributes),
      store_value: config.storeValue,
    };
  }
}

function copyOf({ ciVariable, file }: GlsaAccessTokenDeliverTo): GlsaAccessTokenDeliverTo {
  return { ciVariable: ciVariable && { ...ciVariable }, file: file && { ...file } };
}

function deliverToAttributes({ ciVariable, file }: GlsaAccessTokenDeliverTo): Attributes {
  return {
    ci_variable: ciVariable && {
      project: ciVariable.project,
      group: ciVariable.group,
      key: ciVariable.key,
      environment_scope: ciVariable.environmentScope,
      protected: ciVariable.protected,
      masked: ciVariable.masked,
      hidden: ciVariable.hidden,
      raw: ciVariable.raw,
      overwrite: ciVariable.overwrite,
      on_destroy: ciVariable.onDestroy,
    },
    file: file && {
      path: file.path,
      mode: file.mode,
      overwrite: file.overwrite,
      on_destroy: file.onDestroy,
    },
  };
}
