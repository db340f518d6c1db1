import { destinationLabel, type Delivery, type DeliveryDestination } from "../../words";
import type { DeclaredDelivery } from "../declarations";
import { spell } from "../late";
import { accountProperty } from "./account-property";
import type { ExpectedDelivery } from "./expected";
import type { Kind, Property } from "./kind";
import { plain } from "./plain";

export const DELIVERIES: Kind<DeclaredDelivery, ExpectedDelivery> = {
  matcher: "toDeliver",
  singular: "delivery",
  plural: "deliveries",
  list: ({ deliveries }) => deliveries,
  describe: ({ account, token, to }) =>
    `the token "${spell(token)}" of ${spell(account)} goes to ${destinationText(to, differing(to))}`,
  properties: {
    account: accountProperty(),
    token: {
      ...plain(
        ({ token }) => token,
        (name) => `the token "${name}"`,
      ),
      isIdentity: true,
    },
    to: destinationProperty(),
  },
};

/** What tells one destination from another stands in its label; the rest are settings. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  protected: false,
  masked: true,
  hidden: false,
  raw: true,
  overwrite: false,
  onDestroy: "remove",
  mode: "0600",
  redeliverMissing: false,
  timeout: "1m",
  checkArgv: undefined,
  removeArgv: undefined,
};

function destinationProperty(): Property<DeclaredDelivery, Delivery> {
  return {
    of: ({ to }) => to,
    equals: ({ destination }, declared) => isSame(destination, declared as DeliveryDestination),
    say: ({ destination }) => `to ${destinationText(destination, settingsOf(destination))}`,
    spelled: ({ destination }) => destinationLabel(destination, spell),
  };
}

function isSame(expected: DeliveryDestination, declared: DeliveryDestination): boolean {
  if (destinationLabel(expected, spell) !== destinationLabel(declared, spell)) return false;
  const settings = settingsOf(declared);
  return Object.entries(settingsOf(expected)).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(settings[name] ?? DEFAULTS[name]),
  );
}

/** The settings that are written. */
function settingsOf(destination: DeliveryDestination): Record<string, unknown> {
  const [settings = {}] = Object.values(destination).filter((each) => each !== undefined);
  return Object.fromEntries(
    Object.entries(settings as object).filter(
      ([name, value]) => name in DEFAULTS && value !== undefined,
    ),
  );
}

/** The settings that are not as by default. */
function differing(destination: DeliveryDestination): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settingsOf(destination)).filter(([name, value]) => value !== DEFAULTS[name]),
  );
}

function destinationText(
  destination: DeliveryDestination,
  settings: Readonly<Record<string, unknown>>,
): string {
  const written = Object.entries(settings).map(([name, value]) => `${name}: ${spell(value)}`);
  const text = destinationLabel(destination, spell);
  return written.length === 0 ? text : `${text} (${written.join(", ")})`;
}
