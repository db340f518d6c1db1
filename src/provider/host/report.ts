import { placeOfFailure, type ProviderType } from "../contract";

/** What error reports need to know of a provider. */
export type FailingProvider = Pick<
  ProviderType<unknown>,
  "name" | "version" | "explain" | "hideSecrets"
>;

/** What maintainers need to find a bug, without anything about the user's objects. */
export function reportOf({ name, version }: FailingProvider, failure: unknown): string {
  const versions = `${name} ${version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
  return failure instanceof Error ? `${versions}, ${placeOfFailure(failure)}` : versions;
}
