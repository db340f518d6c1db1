/** Represents a username, token name or path that is not known yet. */
const UNKNOWN = "*";

/** The name of the run in exceptions, for rules that check the whole run. */
export const RUN_ADDRESS = "run";

/** The username. */
export function accountAddress(username: string | undefined): string {
  return username ?? UNKNOWN;
}

/** `platform-deployer/ci` */
export function tokenAddress(username: string | undefined, name: string | undefined): string {
  return `${username ?? UNKNOWN}/${name ?? UNKNOWN}`;
}

/** `platform-deployer@platform/charts`; the container as the declaration spells it. */
export function membershipAddress(
  username: string | undefined,
  container: string | undefined,
): string {
  return `${username ?? UNKNOWN}@${container ?? UNKNOWN}`;
}

/**
 * Whether an exception's `object` may name the object of an address. An unknown part may be anything: it is checked
 * when it is known.
 */
export function mayBeNamed(address: string, object: string): boolean {
  const [left, right] = [partsOf(address), partsOf(object)];
  if (left.separator !== right.separator) return false;
  return mayBeSame(left.account, right.account) && mayBeSame(left.rest, right.rest);
}

/** The kind of object that an exception names, by its form. */
export function addressForm(object: string): "account" | "token" | "membership" | "run" {
  if (object === RUN_ADDRESS) return "run";
  const { separator } = partsOf(object);
  if (separator === "") return "account";
  return separator === "/" ? "token" : "membership";
}

/** False if a part of it is not known yet. */
export function isWholeAddress(address: string): boolean {
  const { account, rest } = partsOf(address);
  return account !== UNKNOWN && rest !== UNKNOWN;
}

interface AddressParts {
  readonly account: string;
  readonly separator: string;
  readonly rest: string;
}

/** A username contains neither a slash nor an at sign, so the first of them ends it. */
function partsOf(address: string): AddressParts {
  const [, account = "", separator = "", rest = ""] = /^([^/@]*)([/@]?)(.*)$/s.exec(address) ?? [];
  // Usernames and paths ignore letter case; a token's name does not.
  return {
    account: account.toLowerCase(),
    separator,
    rest: separator === "@" ? rest.toLowerCase() : rest,
  };
}

function mayBeSame(known: string, named: string): boolean {
  return known === UNKNOWN || known === named;
}
