import {
  AccountOwner,
  Delivery,
  Duration,
  Role,
  Rotation,
  Scope,
  type AccessTokenOptions,
  type AccountOptions,
} from "../../constructs/words";

/** What the official provider cannot do, as it is declared, and what is said of it in every front. */
type Refusals<T> = readonly (readonly [
  feature: string,
  declaration: Partial<T>,
  message: string,
])[];

const official = (text: string) =>
  `The official GitLab provider ${text}, or use glsa's provider. [official-provider-cannot]`;

export const ACCOUNT_REFUSALS: Refusals<AccountOptions> = [
  [
    "an account of a subgroup",
    { owner: AccountOwner.group("/platform/apps/") },
    `owner: ${official('supports accounts of top-level groups only; got "platform/apps". Write AccountOwner.group("platform")')}`,
  ],
  [
    "a rename",
    { formerUsername: "robot" },
    `formerUsername: ${official("cannot rename an account: it creates another one, and removes this one with its tokens and memberships. Leave formerUsername out to accept that")}`,
  ],
  [
    "disabling an account",
    { onDestroy: "disable" },
    `onDestroy: ${official("can only delete an account. Leave onDestroy out")}`,
  ],
  [
    "retaining an account",
    { onDestroy: "retain" },
    `onDestroy: ${official("can only delete an account. Leave onDestroy out")}`,
  ],
  [
    "a hard deletion",
    { hardDelete: true },
    `hardDelete: ${official("decides by itself what happens to an account's contributions. Leave hardDelete out")}`,
  ],
  [
    "waiting for a username",
    { timeouts: { create: "10m" } },
    `timeouts.create: ${official("does not wait for a username that a deleted account still holds. Leave timeouts.create out")}`,
  ],
];

const MONTHLY = Duration.days(30);

/** To be added to a token with scopes, an end and `storeValue`. */
export const TOKEN_REFUSALS: Refusals<AccessTokenOptions> = [
  [
    "a value out of the state",
    { storeValue: false, deliverTo: [Delivery.ciVariable({ project: 7, key: "TOKEN" })] },
    `storeValue: ${official("keeps every token's value in the state. Write storeValue: true to accept it")}`,
  ],
  [
    "a token that never ends",
    { expiresAt: undefined, neverExpires: true },
    `neverExpires: ${official("does not report when the server sets a date anyway. Write expiresAt")}`,
  ],
  [
    "keepers",
    { keepers: { machine: "runner-7" } },
    `keepers: ${official("does not rotate a token when a keeper changes. Leave keepers out")}`,
  ],
  [
    "revoking what leaked",
    { revokeNow: [678] },
    `revokeNow: ${official("cannot replace a leaked token before it revokes it. Leave revokeNow out")}`,
  ],
  [
    "another name",
    { formerName: "old" },
    `formerName: ${official("cannot keep a token's identity: another name creates another token, and revokes this one. Leave formerName out to accept that")}`,
  ],
  [
    "a description",
    { description: "release" },
    `description: ${official("cannot describe the token of a group's account. Leave description out")}`,
  ],
  [
    "a rotation",
    { expiresAt: undefined, rotation: Rotation.every(MONTHLY) },
    `rotation: ${official("rotates in place, without overlap: the old value stops working before the new one is delivered. Write allowInPlaceRotation: true to accept the outage")}`,
  ],
  [
    "an overlap",
    { expiresAt: undefined, rotation: Rotation.every(MONTHLY, { overlap: "5d" }) },
    `rotation.overlap: ${official("rotates in place, without overlap: the old value stops working before the new one is delivered. Write allowInPlaceRotation: true to accept the outage")}`,
  ],
  [
    "asking whether the old token is quiet",
    {
      expiresAt: undefined,
      rotation: Rotation.every(MONTHLY, { quietFor: "1d", allowInPlaceRotation: true }),
    },
    `rotation.quietFor: ${official("revokes the old token immediately, in use or not. Leave quietFor out")}`,
  ],
  [
    "holding an old token",
    {
      expiresAt: undefined,
      rotation: Rotation.every(MONTHLY, { maxHold: "9d", allowInPlaceRotation: true }),
    },
    `rotation.maxHold: ${official("does not keep an old token that is in use. Leave maxHold out")}`,
  ],
  ...(
    [
      ["vault", Delivery.vault({ path: "platform/charts" })],
      ["file", Delivery.file({ path: "token" })],
      ["command", Delivery.command({ argv: ["./publish"] })],
    ] as const
  ).map(
    ([kind, delivery]) =>
      [
        `delivery to a ${kind}`,
        { deliverTo: [delivery] },
        `deliverTo[0].${kind}: ${official("delivers to CI/CD variables only. Deliver the token's value, which the state contains, by other means")}`,
      ] as const,
  ),
  [
    "taking over a variable",
    { deliverTo: [Delivery.ciVariable({ project: 7, key: "TOKEN", overwrite: true })] },
    `deliverTo[0].ciVariable.overwrite: ${official("does not take over a variable that was created elsewhere. Remove that variable or import it, and leave overwrite out")}`,
  ],
  [
    "keeping a variable",
    { deliverTo: [Delivery.ciVariable({ project: 7, key: "TOKEN", onDestroy: "keep" })] },
    `deliverTo[0].ciVariable.onDestroy: ${official("removes a variable with its declaration. Leave onDestroy out")}`,
  ],
];

/** A token that can be made. */
export const ACCEPTED_TOKEN: AccessTokenOptions = {
  scopes: [Scope.READ_API],
  expiresAt: "2027-03-31",
  storeValue: true,
};

export const REFUSED_ROLE = Role.SECURITY_MANAGER;
export const ROLE_REFUSAL = `role: ${official('does not support the role "security_manager". Write another role, such as Role.REPORTER')}`;
