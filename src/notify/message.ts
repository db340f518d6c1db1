import type { Occasion } from "../config";

/** One line of a message, about one object. */
export interface Item {
  readonly account: string;
  /** `token "ci"`. */
  readonly object: string;
  /** The engine's name of it, or empty. */
  readonly address: string;
  /** What is with it. */
  readonly text: string;
}

/** What users are told. Plain text: each channel escapes it in its own way. No value of a token is ever in it. */
export interface Message {
  readonly occasion: Occasion;
  /** What the stack is called. */
  readonly name: string;
  /** One sentence, without names from plans. */
  readonly title: string;
  readonly reason: string | null;
  readonly items: readonly Item[];
  /** What to do now. */
  readonly remedy: string;
  readonly jobUrl: string | undefined;
}
