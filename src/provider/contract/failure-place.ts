import { basename } from "node:path";

/** The kind of error and where it was thrown, without this machine's folders. */
export function placeOfFailure({ name, stack = "" }: Error): string {
  const frame = /^\s+at (?:(.+) \()?([^()]*?):(\d+):\d+\)?$/m.exec(stack);
  if (frame === null) return name;
  const [, work, file = "", line] = frame;
  return `${name} in ${work === undefined ? "" : `${work}, `}${basename(file)} line ${line}`;
}
