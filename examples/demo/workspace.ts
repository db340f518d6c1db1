/** A folder in which somebody works on a copy of the demo's declaration, with an engine of theirs. */
export interface Workspace {
  /** Puts the provider where the engine finds it. */
  init(): Promise<void>;
  /** What would change, in the engine's own lines; not every attribute of it. */
  plan(): Promise<string[]>;
  apply(): Promise<string[]>;
  destroy(): Promise<string[]>;
  /** Commands with which to go on by hand. */
  byHand(): string[];
  remove(): void;
}

/** Where the stand-in answers, and the token to ask it with. */
export interface Instance {
  readonly url: string;
  readonly token: string;
}
