import { LONGEST_WORDS } from "./limits";
import { SHORTEST_PIECE } from "./redact";
import { secrets } from "./secrets";

/** The number of characters that are read. The rest is dropped. */
const LONGEST_LOOK = 65_536;

/**
 * A server's text as a message may repeat it: without secrets, on one line, of limited length, and without characters
 * that control a terminal.
 * @param also values that are secret in this text only
 */
export function serverText(text: string, also: readonly string[] = []): string {
  const isCut = text.length > LONGEST_LOOK;
  const shown = secrets.hide(printable(text.slice(0, LONGEST_LOOK)), also);
  // The cut may have gone through a secret and left too little of it to be recognised.
  const whole = isCut ? shown.slice(0, -2 * SHORTEST_PIECE) : shown;
  const line = whole.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST_WORDS ? line : `${line.slice(0, LONGEST_WORDS)}…`;
}

/** Without colours, cursor movements, and characters that change the order or the look of the text around them. */
export function printable(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are what is removed
      .replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, "")
      .replace(/[^\P{C}\n\t]/gu, "")
  );
}
