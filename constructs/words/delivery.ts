import type { ContainerRef } from "./account-owner";

/** What destroying a token does with the value that it delivered. */
export type DeliveryOnDestroy = "remove" | "keep";

/**
 * A CI/CD variable that receives a token's value.
 * @see https://docs.gitlab.com/ci/variables/
 */
export interface CiVariableDelivery {
  /**
   * The project whose variable it is: full path or number.
   * @default - none; then `group` must be given
   */
  readonly project?: ContainerRef;
  /**
   * The group whose variable it is: full path or number.
   * @default - none; then `project` must be given
   */
  readonly group?: ContainerRef;
  /** Name of the variable: letters, digits and underscores, at most 255 characters. */
  readonly key: string;
  /**
   * Environments that see the variable, such as `production` or `review/*`. For a group's variable this needs
   * GitLab Premium.
   * @default "*"
   * @see https://docs.gitlab.com/ci/environments/#limit-the-environment-scope-of-a-cicd-variable
   */
  readonly environmentScope?: string;
  /**
   * Only jobs on protected branches and tags see it.
   * @default false
   */
  readonly protected?: boolean;
  /**
   * Job logs show `[masked]` in its place.
   * @default true
   */
  readonly masked?: boolean;
  /**
   * Nobody can read it back in GitLab. Only a new variable can be hidden, and it stays so.
   * @default false
   * @see https://docs.gitlab.com/ci/variables/#hide-a-cicd-variable
   */
  readonly hidden?: boolean;
  /**
   * A `$` in the value is not expanded.
   * @default true
   */
  readonly raw?: boolean;
  /**
   * Takes over a variable that something else made.
   * @default false
   */
  readonly overwrite?: boolean;
  /**
   * What destroying the token does with the variable; it is removed only while it holds this token's value.
   * @default "remove"
   */
  readonly onDestroy?: DeliveryOnDestroy;
}

/** A file, on the machine that runs the apply, that receives a token's value and nothing else. */
export interface FileDelivery {
  /** Absolute, or relative to the folder in which the engine runs. */
  readonly path: string;
  /**
   * Permissions in octal digits.
   * @default "0600"
   */
  readonly mode?: string;
  /**
   * Replaces a file that something else made.
   * @default false
   */
  readonly overwrite?: boolean;
  /**
   * What destroying the token does with the file; it is removed only while it holds this token's value.
   * @default "remove"
   */
  readonly onDestroy?: DeliveryOnDestroy;
}

/** Exactly one of the kinds of destination. */
export interface DeliveryDestination {
  readonly ciVariable?: CiVariableDelivery;
  readonly file?: FileDelivery;
}

/** Where a token's value goes, past the engine's state. */
export class Delivery {
  /** A CI/CD variable of a project or group. */
  static ciVariable(variable: CiVariableDelivery): Delivery {
    return new Delivery({ ciVariable: { ...variable } });
  }

  /** A file on the machine that runs the apply. */
  static file(file: FileDelivery): Delivery {
    return new Delivery({ file: { ...file } });
  }

  private constructor(readonly destination: DeliveryDestination) {}
}
