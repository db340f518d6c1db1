import { placeOfFailure, type ProviderType } from "../contract";

/** What of a provider its failures need. */
export type FailingProvider = Pick<
  ProviderType<unknown>,
  "name" | "version" | "explain" | "hideSecrets"
>;

/** What maintainers need in order to look for a bug; nothing of it is about the user's objects. */
export function reportOf({ name, version }: FailingProvider, failure: unknown): string {
  const versions = `${name} ${version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
  return failure instanceof Error ? `${versions}, ${placeOfFailure(failure)}` : versions;
}
