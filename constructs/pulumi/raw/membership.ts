import {
  CustomResource,
  type CustomResourceOptions,
  type Input,
  type Output,
} from "@pulumi/pulumi";

/** Properties of a membership: who (one of the first two), where (one of the next two), and as what. */
export interface GlsaMembershipArgs {
  /** The `id` of a service account. */
  readonly serviceAccountId?: Input<string>;
  /** Number of a user that glsa does not manage. */
  readonly userId?: Input<number>;
  /** Full path or number of the group. */
  readonly group?: Input<string>;
  /** Full path or number of the project. */
  readonly project?: Input<string>;
  /** Name of a base role, such as `developer`. */
  readonly role: Input<string>;
  /**
   * Number of a custom role, which builds on `role`.
   * @default - none: the base role alone
   */
  readonly customRoleId?: Input<number>;
  /**
   * Day in UTC, `YYYY-MM-DD`, at whose beginning the membership ends.
   * @default - it does not end
   */
  readonly expiresAt?: Input<string>;
  /**
   * Destroying it removes the memberships in groups and projects below, too.
   * @default false
   */
  readonly removeMembershipsBelow?: Input<boolean>;
}

/** The resource `glsa:index:Membership`. */
export class GlsaMembership extends CustomResource {
  /** Pulumi's name of the type. */
  static readonly type = "glsa:index:Membership";

  /** The `id` of the service account. */
  declare readonly serviceAccountId: Output<string | undefined>;
  /** GitLab's number of the user. */
  declare readonly userId: Output<number>;
  /** Full path or number of the group. */
  declare readonly group: Output<string | undefined>;
  /** Full path or number of the project. */
  declare readonly project: Output<string | undefined>;
  /** Name of the base role. */
  declare readonly role: Output<string>;
  /** Number of the custom role, where it is one. */
  declare readonly customRoleId: Output<number | undefined>;
  /** Day in UTC, `YYYY-MM-DD`, at whose beginning the membership ends. */
  declare readonly expiresAt: Output<string | undefined>;
  /** Whether destroying removes the memberships below, too. */
  declare readonly removeMembershipsBelow: Output<boolean>;
  /** `active`, or `expired`. */
  declare readonly status: Output<string>;

  constructor(name: string, args: GlsaMembershipArgs, options?: CustomResourceOptions) {
    super(GlsaMembership.type, name, { ...PROPERTIES, ...args }, options);
  }
}

/** What is not given must be named, or it would not come back. */
const PROPERTIES: Record<Exclude<keyof GlsaMembership, keyof CustomResource>, undefined> = {
  serviceAccountId: undefined,
  userId: undefined,
  group: undefined,
  project: undefined,
  role: undefined,
  customRoleId: undefined,
  expiresAt: undefined,
  removeMembershipsBelow: undefined,
  status: undefined,
};
