import { RECORDS } from "../destinations/entry";
import { camelCase } from "./names";
/** An option, such as `rotation.quietFor`, and what the official provider cannot do of it. */
type Limit = readonly [
  option: string,
  refuses: (value: unknown) => boolean,
  cannot: string,
  /** Left out where the option itself is to be left out. */
  wayOut?: string,
];

export interface Refusal {
  readonly code: "official-provider-cannot";
  readonly property: string;
  readonly summary: string;
  readonly detail: string;
}

const isWritten = (value: unknown) => value !== undefined;
const isOtherThan = (only: unknown) => (value: unknown) => isWritten(value) && value !== only;

/** One that comes late counts, too: there is no attribute for it, whatever it will be. */
function isSet(value: unknown): boolean {
  const isEmpty = Array.isArray(value) && value.length === 0;
  return isWritten(value) && value !== false && !isEmpty;
}

const ACCOUNT: readonly Limit[] = [
  [
    "formerUsername",
    isWritten,
    "cannot rename an account: it makes another one, and removes this one with its tokens and memberships",
    "Leave formerUsername out to have that",
  ],
  [
    "deletionProtection",
    (value) => isSet(value) && value !== true,
    "leaves protection from deletions to the engine, which must know of it now",
    "Write true or false",
  ],
  ["onDestroy", isOtherThan("delete"), "can only delete an account"],
  ["hardDelete", isSet, "decides by itself what becomes of an account's contributions"],
  [
    "timeouts.create",
    isWritten,
    "does not wait for a username that a deleted account still holds",
    "Leave timeouts.create out",
  ],
];

const TOKEN: readonly Limit[] = [
  [
    "storeValue",
    (value) => !isSet(value),
    "keeps every token's value in the state",
    "Write storeValue: true to accept it",
  ],
  ["neverExpires", isSet, "does not tell when the server sets a date after all", "Write expiresAt"],
  ["keepers", isSet, "makes no new token for a word of yours"],
  ["revokeNow", isSet, "cannot replace a token that leaked before it revokes it"],
  [
    "formerName",
    isWritten,
    "cannot keep a token's place: another name makes another token, and revokes this one",
    "Leave formerName out to have that",
  ],
];

const ROTATION: readonly Limit[] = [
  ["rotation.quietFor", isWritten, "revokes the old token at once, in use or not"],
  ["rotation.maxHold", isWritten, "does not hold an old token that is in use"],
];

/** Every kind of destination but the one that the official provider has a resource for. */
const ELSEWHERE = Object.keys(RECORDS).filter((kind) => kind !== "ci_variable");

const DESTINATION: readonly Limit[] = [
  ...ELSEWHERE.map((kind): Limit => [
    camelCase(kind),
    isWritten,
    "delivers to CI/CD variables only",
    "Use the token's value, which the state holds, for it yourself",
  ]),
  [
    "ciVariable.overwrite",
    isSet,
    "does not take over a variable that something else made",
    "Remove that variable or import it, and leave overwrite out",
  ],
  ["ciVariable.onDestroy", isOtherThan("remove"), "removes a variable with its declaration"],
];

const LIMITS = { account: ACCOUNT, token: TOKEN, rotation: ROTATION, destination: DESTINATION };

/** What of a declaration the official provider cannot do, in general. */
export function officialRefusals(
  of: keyof typeof LIMITS,
  declared: object,
  within = "",
): Refusal[] {
  return LIMITS[of].flatMap(([option, refuses, cannot, wayOut]) => {
    const names = option.split(".");
    const value = names.reduce<unknown>((inner, name) => (inner as Properties)?.[name], declared);
    if (!refuses(value)) return [];
    return [refusal(`${within}${option}`, cannot, wayOut ?? `Leave ${names.at(-1)} out`)];
  });
}

type Properties = Readonly<Record<string, unknown>> | undefined;

/**
 * @param cannot what the official provider does not do, or does instead
 * @param wayOut what to write to go on with it
 */
export function refusal(property: string, cannot: string, wayOut: string): Refusal {
  return {
    property,
    code: "official-provider-cannot",
    summary: `The official GitLab provider ${cannot}`,
    detail: `${wayOut}, or use glsa's provider.`,
  };
}
