import { runtime, type Input, type InvokeOptions, type Output } from "@pulumi/pulumi";

/** Which account to look for; exactly one of `group`, `project` and `instance` says where it lives. */
export interface GetServiceAccountArgs {
  /** Full path or number of the owning group. */
  readonly group?: Input<string>;
  /** Full path or number of the owning project. */
  readonly project?: Input<string>;
  /** True for an account of the whole instance. */
  readonly instance?: Input<boolean>;
  /** Unique among the users and groups of the instance. */
  readonly username: Input<string>;
}

/** An account as it is on the server. */
export interface GetServiceAccountResult {
  /** Full path or number of the group. */
  readonly group?: string;
  /** Full path or number of the project. */
  readonly project?: string;
  /** True for an account of the whole instance. */
  readonly instance?: boolean;
  /** Unique among the users and groups of the instance. */
  readonly username: string;
  /** `group:GROUP:USER`, `project:PROJECT:USER` or `instance:USER`, in numbers. */
  readonly id: string;
  /** GitLab's number of the user. */
  readonly userId: number;
  /** The name that GitLab shows. */
  readonly name: string;
  /** E-mail address. */
  readonly email?: string;
}

/** Looks an account up by owner and username: the function `glsa:index:getServiceAccount`. */
export function getServiceAccount(
  args: GetServiceAccountArgs,
  options?: InvokeOptions,
): Output<GetServiceAccountResult> {
  return runtime.invokeOutput("glsa:index:getServiceAccount", { ...args }, options);
}
