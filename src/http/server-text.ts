import { LONGEST_WORDS } from "./limits";
import { SHORTEST_PIECE } from "./redact";
import { secrets } from "./secrets";

/** Characters that are looked at; what follows them is dropped. */
const LONGEST_LOOK = 65_536;

/**
 * A server's words as a message may repeat them: without secrets, on one line, of bounded length, and with nothing in
 * them that steers a terminal.
 * @param also values that are secret in this text alone
 */
export function serverText(text: string, also: readonly string[] = []): string {
  const isCut = text.length > LONGEST_LOOK;
  const shown = secrets.hide(printable(text.slice(0, LONGEST_LOOK)), also);
  // The cut may have gone through a secret and left too little of it to be recognised.
  const whole = isCut ? shown.slice(0, -2 * SHORTEST_PIECE) : shown;
  const line = whole.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST_WORDS ? line : `${line.slice(0, LONGEST_WORDS)}…`;
}

/** Without colours, cursor movements, and characters that change the order or the look of what stands around them. */
export function printable(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are what is removed
      .replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, "")
      .replace(/[^\P{C}\n\t]/gu, "")
  );
}
