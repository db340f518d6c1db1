import type { Review } from "../review";
import { digested, isDigest } from "./digest";
import type { Expectation } from "./expectation";

/** How much of a note the prints may take; without them, a later plan is compared by the digest alone. */
const SHARE = 0.25;
/** For an empty list. */
const NONE = ".";
const PRINT = /^[\w-]{22}$/;

/**
 * What a note keeps of a review and does not show: by it the apply sees whether it does what was reviewed.
 * @param name of the stack
 * @param limit how long the note may be
 */
export function hiddenDigest(review: Review, name: string, limit: number): string {
  const { digest, parts, due } = digested(review);
  const lists = [parts, due].map((all) => all.map(({ print }) => print).join(","));
  const whole = comment(name, [digest, ...lists.map((list) => list || NONE)].join(" "));
  return `${whole.length <= limit * SHARE ? whole : comment(name, digest)}${END}`;
}

/**
 * What a note keeps of a stack; undefined where it keeps nothing. Only the lines above all that is shown are read: a name
 * further down may look like one of them.
 */
export function readHiddenDigest(note: string, name: string): Expectation | undefined {
  const start = comment(name, "");
  const lines = note.split("\n");
  const shownAt = lines.findIndex((line) => !line.startsWith("<!-- glsa-"));
  const line = lines
    .slice(0, shownAt < 0 ? undefined : shownAt)
    .find((each) => each.startsWith(start));
  if (line === undefined || !line.endsWith(END)) return undefined;
  const [digest = "", parts, due] = line.slice(start.length, -END.length).split(" ");
  if (!isDigest(digest)) return undefined;
  const [prints, dueThen] = [printsIn(parts), printsIn(due)];
  if (prints === undefined || dueThen === undefined) return { digest };
  return { digest, prints, due: dueThen };
}

const END = " -->";

/** Without a hyphen inside: two could end the comment. */
function comment(name: string, words: string): string {
  return `<!-- glsa-reviewed ${encodeURIComponent(name).replaceAll("-", "%2D")} ${words.replaceAll("-", "~")}`;
}

function printsIn(list: string | undefined): ReadonlySet<string> | undefined {
  if (list === undefined) return undefined;
  const prints = list === NONE ? [] : list.replaceAll("~", "-").split(",");
  return prints.every((print) => PRINT.test(print)) ? new Set(prints) : undefined;
}
