import {
  CustomResource,
  type CustomResourceOptions,
  type Input,
  type Output,
} from "@pulumi/pulumi";
import type { AccountTimeouts } from "../../words";
import type { Inputs } from "../inputs";

/** Properties of an account; exactly one of `group`, `project` and `instance` says where it lives. */
export interface GlsaServiceAccountArgs {
  /** Full path or number of the owning group. */
  readonly group?: Input<string>;
  /** Full path or number of the owning project. */
  readonly project?: Input<string>;
  /** True for an account of the whole instance. */
  readonly instance?: Input<boolean>;
  /** Unique among the users and groups of the instance. */
  readonly username: Input<string>;
  /**
   * The name that GitLab shows.
   * @default - the username
   */
  readonly name?: Input<string>;
  /**
   * E-mail address.
   * @default - one that GitLab makes up
   */
  readonly email?: Input<string>;
  /**
   * While true, an update that would delete or replace the account is an error.
   * @default false
   */
  readonly deletionProtection?: Input<boolean>;
  /**
   * `delete`, `disable` or `retain`.
   * @default "delete"
   */
  readonly onDestroy?: Input<string>;
  /**
   * Delete what the account contributed, too.
   * @default false
   */
  readonly hardDelete?: Input<boolean>;
  /**
   * How long to wait for the server.
   * @default - as the provider documents
   */
  readonly timeouts?: Input<Inputs<AccountTimeouts>>;
}

/** The resource `glsa:index:ServiceAccount`. */
export class GlsaServiceAccount extends CustomResource {
  /** Pulumi's name of the type. */
  static readonly type = "glsa:index:ServiceAccount";

  /** Full path or number of the group. */
  declare readonly group: Output<string | undefined>;
  /** Full path or number of the project. */
  declare readonly project: Output<string | undefined>;
  /** True for an account of the whole instance. */
  declare readonly instance: Output<boolean | undefined>;
  /** Unique among the users and groups of the instance. */
  declare readonly username: Output<string>;
  /** The name that GitLab shows. */
  declare readonly name: Output<string>;
  /** E-mail address. */
  declare readonly email: Output<string>;
  /** While true, deleting or replacing the account is an error. */
  declare readonly deletionProtection: Output<boolean>;
  /** `delete`, `disable` or `retain`. */
  declare readonly onDestroy: Output<string>;
  /** Whether deleting takes what the account contributed with it. */
  declare readonly hardDelete: Output<boolean>;
  /** How long to wait for the server. */
  declare readonly timeouts: Output<AccountTimeouts | undefined>;
  /** GitLab's number of the user. */
  declare readonly userId: Output<number>;
  /** `active`, or `awaiting_email_confirmation`. */
  declare readonly status: Output<string>;

  constructor(name: string, args: GlsaServiceAccountArgs, options?: CustomResourceOptions) {
    super(GlsaServiceAccount.type, name, { ...PROPERTIES, ...args }, options);
  }
}

/** What is not given must be named, or it would not come back. */
const PROPERTIES: Record<Exclude<keyof GlsaServiceAccount, keyof CustomResource>, undefined> = {
  group: undefined,
  project: undefined,
  instance: undefined,
  username: undefined,
  name: undefined,
  email: undefined,
  deletionProtection: undefined,
  onDestroy: undefined,
  hardDelete: undefined,
  timeouts: undefined,
  userId: undefined,
  status: undefined,
};
