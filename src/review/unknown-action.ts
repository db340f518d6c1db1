/** What an engine means to do, in words that no release before knew. */
export interface UnknownAction {
  readonly action: unknown;
  readonly address: string;
}
