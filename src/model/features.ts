import type { Problem } from "./problem";

/** Features of later GitLab releases that glsa supports, and what needs them. */
const FEATURES = {
  "service accounts of a subgroup": "18.11",
  "service accounts of a project": "18.11",
  "changing an instance's service account": "18.2",
  "changing a service account's email": "18.2",
  "declared fine-grained tokens": "19.6",
  "external of a service account": "19.4",
} as const;

export type Feature = keyof typeof FEATURES;

/**
 * Whether a server has a feature, by the `version` of `GET /metadata`.
 * @see https://docs.gitlab.com/api/service_accounts/
 */
export function featureProblem(feature: Feature, serverVersion: string): Problem | undefined {
  const needed = FEATURES[feature];
  if (isAtLeast(serverVersion, needed)) return undefined;
  return {
    code: "gitlab-too-old",
    summary: `This GitLab is too old for ${feature}`,
    detail: `It needs GitLab ${needed}; the server is ${serverVersion}. Upgrade the server, or leave this out; nothing was changed.`,
  };
}

export function isAtLeast(version: string, needed: string): boolean {
  const [major = 0, minor = 0] = numbers(version);
  const [neededMajor = 0, neededMinor = 0] = numbers(needed);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

function numbers(version: string): number[] {
  return version.split(/[.-]/, 2).map((part) => Number.parseInt(part, 10) || 0);
}
