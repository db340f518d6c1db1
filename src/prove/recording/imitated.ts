import { TIERS, VERSIONS, type GitLabVersion, type Tier } from "../../sandbox";

/** The stand-in's release for an instance's version; for newer ones the newest. Undefined for older ones. */
export function imitatedVersion(reported: string): GitLabVersion | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(reported) ?? [];
  const exact = VERSIONS.find((version) => version === `${major}.${minor}`);
  if (exact !== undefined || major === undefined) return exact;
  const newest = VERSIONS[VERSIONS.length - 1];
  const [newestMajor = 0, newestMinor = 0] = (newest ?? "").split(".").map(Number);
  const isNewer =
    Number(major) > newestMajor || (Number(major) === newestMajor && Number(minor) > newestMinor);
  return isNewer ? newest : undefined;
}

export function isTier(text: string): text is Tier {
  return TIERS.some((tier) => tier === text);
}
