/** How an object that exists is taken over, instead of being made. */
export interface TakeOverOptions {
  /**
   * The id of the object, for an import block: `group:GROUP:USER`, a token's with its number after that. It may stay; a
   * token needs it as long as it has no destination.
   * @default - the object is not imported
   */
  readonly importFrom?: string;
  /**
   * Where the state has the object as one of the official GitLab provider, for a `moved` block:
   * `gitlab_group_service_account.bot`. It may stay as `importFrom` may.
   * @default - the object comes from no other provider
   */
  readonly moveFrom?: string;
}

/** Whether the object exists already, so that it is as it is. */
export function isTakenOver({ importFrom, moveFrom }: TakeOverOptions): boolean {
  return importFrom !== undefined || moveFrom !== undefined;
}
