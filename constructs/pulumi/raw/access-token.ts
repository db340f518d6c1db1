import {
  CustomResource,
  type CustomResourceOptions,
  type Input,
  type Output,
} from "@pulumi/pulumi";
import type { DeliveryDestination } from "../../words";
import type { GlsaAccessTokenDeliverTo } from "./access-token-delivery";

/** Replaces the token on schedule; each a text of whole days, such as `30d` or `4w`. */
export interface GlsaAccessTokenRotation {
  /** Whole days from one token to the next, at least 1. */
  readonly every: Input<string>;
  /** Whole days for which the old token still works beside the delivered new one. */
  readonly overlap?: Input<string>;
  /** Whole days from a token's creation to its expiry. */
  readonly lifetime?: Input<string>;
  /** An old token that was used within so many days is not revoked yet. */
  readonly quietFor?: Input<string>;
  /** So many days after its overlap an old token is revoked, used or not. */
  readonly holdAtMost?: Input<string>;
}

/** Properties of a token. */
export interface GlsaAccessTokenArgs {
  /** The `id` of a service account. */
  readonly serviceAccountId: Input<string>;
  /** The name that GitLab shows. */
  readonly name: Input<string>;
  /**
   * What the token is for, at most 210 characters.
   * @default - none
   */
  readonly description?: Input<string>;
  /** Names of scopes; one that the provider does not know is written `scope:name`. */
  readonly scopes: Input<readonly Input<string>[]>;
  /**
   * Day in UTC, `YYYY-MM-DD`, at whose beginning the token stops working.
   * @default - none; then `rotation` must be given, or `neverExpires` be true
   */
  readonly expiresAt?: Input<string>;
  /**
   * When the token gives way to the next.
   * @default - none; then `expiresAt` must be given, or `neverExpires` be true
   */
  readonly rotation?: Input<GlsaAccessTokenRotation>;
  /**
   * The token never ends, where the instance allows that.
   * @default false
   */
  readonly neverExpires?: Input<boolean>;
  /**
   * Words of your own; any change makes a new token.
   * @default - none
   */
  readonly keepers?: Input<Readonly<Record<string, Input<string>>>>;
  /**
   * Numbers of this declaration's tokens that leaked: revoked in the next update, after a new one is delivered.
   * @default - none
   */
  readonly revokeNow?: Input<readonly Input<number>[]>;
  /**
   * Where the value goes.
   * @default - nowhere; then `storeValue` must be true
   */
  readonly deliverTo?: Input<readonly Input<GlsaAccessTokenDeliverTo>[]>;
  /**
   * Keep the value in the state, as a secret, and offer it as `value`.
   * @default false
   */
  readonly storeValue?: Input<boolean>;
}

/** A token that a newer one has replaced and that still works. */
export interface GlsaAccessTokenPrevious {
  /** GitLab's number of it. */
  readonly tokenId: number;
  /** Which token of the declaration it was, counted from 1. */
  readonly generation: number;
  /** When every destination held a newer token, in UTC; missing as long as one may still hold this one. */
  readonly deliveredAt?: string;
  /** When its overlap ends, in UTC; the first update after that revokes it. */
  readonly revokeAt?: string;
  /** When GitLab last saw it used, in UTC, up to ten minutes late. */
  readonly lastUsedAt?: string;
  /** From where it was used; empty before GitLab 19.4. */
  readonly lastUsedIps?: readonly string[];
  /** Why it is still alive, and for how long. */
  readonly note?: string;
}

/** The resource `glsa:index:AccessToken`. */
export class GlsaAccessToken extends CustomResource {
  /** Pulumi's name of the type. */
  static readonly type = "glsa:index:AccessToken";

  /** The `id` of the service account. */
  declare readonly serviceAccountId: Output<string>;
  /** The name that GitLab shows. */
  declare readonly name: Output<string>;
  /** What the token is for. */
  declare readonly description: Output<string>;
  /** Names of scopes. */
  declare readonly scopes: Output<readonly string[]>;
  /** Missing where the token never ends. */
  declare readonly expiresAt: Output<string | undefined>;
  /** When the token gives way to the next; undefined where it does not. */
  declare readonly rotation: Output<
    { readonly [K in keyof GlsaAccessTokenRotation]: string } | undefined
  >;
  /** Whether the token never ends. */
  declare readonly neverExpires: Output<boolean>;
  /** Words of your own; any change makes a new token. */
  declare readonly keepers: Output<Readonly<Record<string, string>> | undefined>;
  /** Numbers of tokens that leaked. */
  declare readonly revokeNow: Output<readonly number[] | undefined>;
  /** Where the value goes. */
  declare readonly deliverTo: Output<readonly DeliveryDestination[] | undefined>;
  /** Whether the value stands in the engine's state. */
  declare readonly storeValue: Output<boolean>;
  /** GitLab's number of the current token. */
  declare readonly tokenId: Output<number>;
  /** 1 for the first token, and one more for each that took its place. */
  declare readonly generation: Output<number>;
  /** When the present token was made, in UTC. */
  declare readonly createdAt: Output<string>;
  /** `active`, `expired` or `revoked`. */
  declare readonly status: Output<string>;
  /** First day in UTC, `YYYY-MM-DD`, on which an update makes the next token; missing without `rotation`. */
  declare readonly rotatesAt: Output<string | undefined>;
  /** Why the present token was made. */
  declare readonly rotationReason: Output<string | undefined>;
  /** Tells one value from another without showing either. */
  declare readonly fingerprint: Output<string | undefined>;
  /** Tokens that a newer one has replaced and that still work, oldest first. */
  declare readonly previous: Output<readonly GlsaAccessTokenPrevious[]>;
  /** Numbers of active tokens that an interrupted run left; the next update replaces and then retires them. */
  declare readonly strays: Output<readonly number[]>;
  /** Secret; missing unless `storeValue` is true. */
  declare readonly value: Output<string | undefined>;

  constructor(name: string, args: GlsaAccessTokenArgs, options?: CustomResourceOptions) {
    super(GlsaAccessToken.type, name, { ...PROPERTIES, ...args }, options);
  }
}

/** What is not given must be named, or it would not come back. */
const PROPERTIES: Record<Exclude<keyof GlsaAccessToken, keyof CustomResource>, undefined> = {
  serviceAccountId: undefined,
  name: undefined,
  description: undefined,
  scopes: undefined,
  expiresAt: undefined,
  rotation: undefined,
  neverExpires: undefined,
  keepers: undefined,
  revokeNow: undefined,
  deliverTo: undefined,
  storeValue: undefined,
  tokenId: undefined,
  generation: undefined,
  createdAt: undefined,
  status: undefined,
  rotatesAt: undefined,
  rotationReason: undefined,
  fingerprint: undefined,
  previous: undefined,
  strays: undefined,
  value: undefined,
};
