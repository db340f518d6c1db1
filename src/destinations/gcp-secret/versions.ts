/** Which token each version holds that glsa wrote and that can still be read. Pairs as `7:1042`, version and token. */
export type VersionTokens = ReadonlyMap<number, number>;

export function readVersions(text: string | undefined): VersionTokens {
  const pairs = [...(text ?? "").matchAll(/(\d+):(\d+)/g)];
  return new Map(pairs.map(([, version, token]) => [Number(version), Number(token)]));
}

export function formatVersions(versions: VersionTokens): string {
  return [...versions].map(([version, token]) => `${version}:${token}`).join(" ");
}
