import { RECORDS } from "../destinations/entry";
import { camelCase } from "./names";
/** An option, such as `rotation.quietFor`, and why the official provider does not support it. */
type Limit = readonly [
  option: string,
  refuses: (value: unknown) => boolean,
  cannot: string,
  /** Left out if the option itself must be left out. */
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

/** A value that comes late counts too: there is no attribute for it. */
function isSet(value: unknown): boolean {
  const isEmpty = Array.isArray(value) && value.length === 0;
  return isWritten(value) && value !== false && !isEmpty;
}

const ACCOUNT: readonly Limit[] = [
  [
    "formerUsername",
    isWritten,
    "cannot rename an account: it creates another one, and removes this one with its tokens and memberships",
    "Leave formerUsername out to accept that",
  ],
  [
    "deletionProtection",
    (value) => isSet(value) && value !== true,
    "leaves deletion protection to the engine, which must know the value now",
    "Write true or false",
  ],
  ["onDestroy", isOtherThan("delete"), "can only delete an account"],
  ["suspended", isWritten, "cannot suspend an account"],
  ["hardDelete", isSet, "decides by itself what happens to an account's contributions"],
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
  ["granularScopes", isSet, "cannot create fine-grained tokens", "Write scopes"],
  ["neverExpires", isSet, "does not report when the server sets a date anyway", "Write expiresAt"],
  ["keepers", isSet, "does not rotate a token when a keeper changes"],
  ["revokeNow", isSet, "cannot replace a leaked token before it revokes it"],
  [
    "formerName",
    isWritten,
    "cannot keep a token's identity: another name creates another token, and revokes this one",
    "Leave formerName out to accept that",
  ],
];

const ROTATION: readonly Limit[] = [
  ["rotation.quietFor", isWritten, "revokes the old token immediately, in use or not"],
  ["rotation.maxHold", isWritten, "does not keep an old token that is in use"],
  ["rotation.spread", isSet, "counts every token's days from its own creation"],
];

/** Every kind of destination except the one for which the official provider has a resource. */
const ELSEWHERE = Object.keys(RECORDS).filter((kind) => kind !== "ci_variable");

const DESTINATION: readonly Limit[] = [
  ...ELSEWHERE.map((kind): Limit => [
    camelCase(kind),
    isWritten,
    "delivers to CI/CD variables only",
    "Deliver the token's value, which the state contains, by other means",
  ]),
  [
    "ciVariable.overwrite",
    isSet,
    "does not take over a variable that was created elsewhere",
    "Remove that variable or import it, and leave overwrite out",
  ],
  ["ciVariable.onDestroy", isOtherThan("remove"), "removes a variable with its declaration"],
];

const LIMITS = { account: ACCOUNT, token: TOKEN, rotation: ROTATION, destination: DESTINATION };

/** The parts of a declaration that the official provider does not support. */
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
 * @param wayOut what to write to continue with it
 */
export function refusal(property: string, cannot: string, wayOut: string): Refusal {
  return {
    property,
    code: "official-provider-cannot",
    summary: `The official GitLab provider ${cannot}`,
    detail: `${wayOut}, or use glsa's provider.`,
  };
}
