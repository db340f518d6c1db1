/** How to take over an object that exists, instead of creating it. */
export interface TakeOverOptions {
  /**
   * The id of the object, for an import block: `group:GROUP:USER`, or a token's with its number after that. It may stay
   * after the import; a token without a destination needs it.
   * @default - the object is not imported
   */
  readonly importFrom?: string;
  /**
   * The address that the object has in the state as a resource of the official GitLab provider, for a `moved` block:
   * `gitlab_group_service_account.bot`. It may stay as `importFrom` may.
   * @default - the object does not come from another provider
   */
  readonly moveFrom?: string;
}

/** Whether the object already exists. */
export function isTakenOver({ importFrom, moveFrom }: TakeOverOptions): boolean {
  return importFrom !== undefined || moveFrom !== undefined;
}
