import {
  destinationLabel,
  destinationSettings,
  type Delivery,
  type DeliveryDestination,
} from "../../words";
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
      ...plain("token", (name) => `the token "${name}"`),
      isIdentity: true,
    },
    to: destinationProperty(),
  },
};

function destinationProperty(): Property<DeclaredDelivery, Delivery> {
  return {
    of: ({ to }) => to,
    equals: ({ destination }, declared) => isSame(destination, declared as DeliveryDestination),
    say: ({ destination }) =>
      `to ${destinationText(destination, destinationSettings(destination).written)}`,
    spelled: ({ destination }) => destinationLabel(destination, spell),
  };
}

function isSame(expected: DeliveryDestination, declared: DeliveryDestination): boolean {
  if (destinationLabel(expected, spell) !== destinationLabel(declared, spell)) return false;
  const { written, defaults } = destinationSettings(declared);
  return Object.entries(destinationSettings(expected).written).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(written[name] ?? defaults[name]),
  );
}

/** The settings that differ from their defaults. */
function differing(destination: DeliveryDestination): Readonly<Record<string, unknown>> {
  const { written, defaults } = destinationSettings(destination);
  return Object.fromEntries(
    Object.entries(written).filter(([name, value]) => value !== defaults[name]),
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
