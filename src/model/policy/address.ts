/** Stands for a username, token name or path that is not known yet. */
const UNKNOWN = "*";

/** What an exception names the run by, for rules that judge all of it. */
export const RUN_ADDRESS = "run";

/** The username. */
export function accountAddress(username: string | undefined): string {
  return username ?? UNKNOWN;
}

/** `platform-deployer/ci` */
export function tokenAddress(username: string | undefined, name: string | undefined): string {
  return `${username ?? UNKNOWN}/${name ?? UNKNOWN}`;
}

/** `platform-deployer@platform/charts` */
export function membershipAddress(username: string | undefined, path: string | undefined): string {
  return `${username ?? UNKNOWN}@${path ?? UNKNOWN}`;
}
