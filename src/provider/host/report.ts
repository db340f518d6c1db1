import { basename } from "node:path";
import type { ProviderType } from "../contract";

/** What of a provider its failures need. */
export type FailingProvider = Pick<
  ProviderType<unknown>,
  "name" | "version" | "explain" | "hideSecrets"
>;

/** What maintainers need in order to look for a bug; nothing of it is about the user's objects. */
export function reportOf({ name, version }: FailingProvider, failure: unknown): string {
  const versions = `${name} ${version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
  return failure instanceof Error ? `${versions}, ${placeOf(failure)}` : versions;
}

/** The kind of error and where it was thrown, without the folders of this machine. */
function placeOf({ name, stack = "" }: Error): string {
  const frame = /^\s+at (?:(.+) \()?([^()]*?):(\d+):\d+\)?$/m.exec(stack);
  if (frame === null) return name;
  const [, work, file = "", line] = frame;
  return `${name} in ${work === undefined ? "" : `${work}, `}${basename(file)} line ${line}`;
}
