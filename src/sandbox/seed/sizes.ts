/** The sizes of a seeded estate, beside its administrator. */
export interface EstateSizes {
  /** Service accounts, including those of agents. */
  readonly accounts: number;
  /** Their tokens, including expired and revoked ones. */
  readonly tokens: number;
  /** Their direct memberships. */
  readonly memberships: number;
  /** People, each with memberships, every fourth with a token. */
  readonly humans: number;
  /** Groups, in trees of up to four levels. */
  readonly groups: number;
  /** Projects in these groups. */
  readonly projects: number;
  /** Access tokens of groups and projects, each with its bot. */
  readonly bots: number;
}

const accountsOf = { small: 50, medium: 500, large: 5000 } as const;

/** Names of sizes: 50, 500 and 5,000 accounts, and everything else in proportion. */
export type EstatePreset = keyof typeof accountsOf;
/** The names of `EstatePreset`. */
export const ESTATE_PRESETS = Object.keys(accountsOf) as readonly EstatePreset[];

/** The seed of a stand-in. Sizes that are left out follow from the number of accounts. */
export interface EstateSeed extends Partial<EstateSizes> {
  /** @default "small" */
  readonly preset?: EstatePreset;
  /** Another number creates other data of the same sizes. @default 1 */
  readonly seed?: number;
}

/** A complete seed: the same data in every run on one day. */
export interface EstatePlan {
  readonly sizes: EstateSizes;
  readonly seed: number;
}

const mostOfOne = 1_000_000;

function proportionate(accounts: number): EstateSizes {
  const groups = Math.max(8, Math.ceil(accounts / 10));
  return {
    accounts,
    tokens: accounts * 2,
    memberships: accounts * 5,
    humans: accounts * 4,
    groups,
    projects: groups * 3,
    bots: Math.ceil(accounts / 10),
  };
}

const sizeNames = Object.keys(proportionate(0)) as readonly (keyof EstateSizes)[];

/** Every size of an estate. @throws RangeError for an invalid size */
export function planEstate(wanted: EstatePreset | EstateSeed): EstatePlan {
  const { preset = "small", seed = 1, ...given } = asSeed(wanted);
  if (!Object.hasOwn(accountsOf, preset)) throw unknown(preset);
  const chosen: Record<string, number> = { seed, ...given };
  for (const [name, value] of Object.entries(chosen)) {
    if (name !== "seed" && !isSizeName(name)) throw unknown(name);
    if (Number.isInteger(value) && value >= 0 && value <= mostOfOne) continue;
    throw new RangeError(`"${name}" of a seed is a whole number up to ${mostOfOne}.`);
  }
  return { seed, sizes: { ...proportionate(given.accounts ?? accountsOf[preset]), ...given } };
}

function asSeed(wanted: EstatePreset | EstateSeed): EstateSeed {
  return typeof wanted === "string" ? { preset: wanted } : wanted;
}

/** Reads `large` or `accounts=200,humans=40,seed=7`, or both together. @throws RangeError for anything else */
export function parseSeed(text: string): EstateSeed {
  const found: Record<string, string | number> = {};
  for (const part of text.split(",")) {
    const [name = "", value] = part.trim().split("=");
    if (value === undefined && Object.hasOwn(accountsOf, name)) found["preset"] = name;
    else if (value !== undefined && (name === "seed" || isSizeName(name))) {
      found[name] = value.trim() === "" ? NaN : Number(value);
    } else throw unknown(name);
  }
  planEstate(found);
  return found;
}

function isSizeName(name: string): boolean {
  return (sizeNames as readonly string[]).includes(name);
}

function unknown(name: string): RangeError {
  const sizes = [...sizeNames, "seed"].map((size) => `${size}=<number>`);
  return new RangeError(
    `A seed has no "${name}". It is made of ${[...ESTATE_PRESETS, ...sizes].join(", ")}.`,
  );
}
