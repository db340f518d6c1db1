import { addedWords, commandLine } from "./engine-command";

/** Of objects at once, unless the engine is told otherwise. */
const DEFAULT_PARALLELISM = 10;

/**
 * Whether the engine asks for so many objects at once that one which it does not ask for waits for another. With
 * `-parallelism=1` the order says nothing of what depends on what.
 */
export function asksForManyAtOnce(
  command: readonly string[] = commandLine(),
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  if (command.length === 0) return false;
  const words = [...command, ...addedWords(environment)].map((word) => word.replace(/["']/g, ""));
  return words.every((word, at) => {
    const [, value = words[at + 1]] = /^--?parallelism(?:=(.*))?$/.exec(word) ?? ["", "10"];
    return Number(value) >= DEFAULT_PARALLELISM;
  });
}
