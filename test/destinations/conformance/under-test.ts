import { randomBytes } from "node:crypto";
import type { Delivered, Destination, NewValue } from "../../../src/destinations/destination";
import { withDefaults } from "../../../src/destinations/entry";
import { contentOf } from "../../../src/destinations/format/content";
import { formatOf } from "../../../src/destinations/format/record";
import type { DestinationRecord, Written } from "../../../src/destinations/record";
import { secrets } from "../../../src/http";
import { fingerprint } from "../../../src/model";
import { Checkpoint, Gate } from "../../support/gate";

/** What a kind of destination shows of itself to the promises that every kind keeps. */
export interface DestinationUnderTest {
  /** Every request to the place passes it; absent for what is on this machine. */
  readonly checkpoint?: Checkpoint;
  /** The place of this name as a new run sees it, made of the settings of `deliver_to`; another name is another place. */
  place(name: string, settings?: Written): Destination | Promise<Destination>;
  /** The same place, written otherwise; absent where there is one spelling only. */
  respelled?(name: string): Destination | Promise<Destination>;
  /** What a consumer reads there, by a way of its own; undefined where there is nothing to read. */
  held(name: string): Promise<string | undefined>;
  /** Somebody else's hand: writes without any note. */
  write(name: string, value: string): Promise<void>;
  /** Everything beside the place that must stay as it is. */
  neighbours?(name: string): Promise<unknown>;
  /** Each takes something away without which nothing can be delivered. */
  readonly denials?: Readonly<Record<string, () => void | Promise<void>>>;
  /** Takes away the permission to read values, where delivering without it is possible. */
  hide?(): void | Promise<void>;
  /** Gives everything back that a denial or `hide` took. */
  allow?(): void | Promise<void>;
  close(): Promise<void>;
}

/** What a kind cannot do, by its nature; each is said in docs/delivery.md. */
export interface Limits {
  /** Nobody can look at what it holds: there is neither drift nor ownership. */
  readonly isBlind?: boolean;
  /** A place that is empty is no drift, since it may be another machine's. */
  readonly ignoresMissing?: boolean;
}

export interface Conforming {
  readonly limits?: Limits;
  /** Settings with which GitLab or the service takes a form with keys. */
  readonly forKeys?: Written;
  start(): Promise<DestinationUnderTest>;
}

/** A gate that a harness puts before its server. */
export async function gateBefore(url: string): Promise<{ checkpoint: Checkpoint; gate: Gate }> {
  const checkpoint = new Checkpoint(async () => undefined);
  return { checkpoint, gate: await Gate.before(url, checkpoint) };
}

/** Settings as an implementation gets them from a declaration. */
export function settingsOf<S>(record: DestinationRecord, written: Written): S {
  return withDefaults(record, written) as S;
}

export const KEY = "0123456789abcdef0123";
export const OTHER_STACK = "fedcba9876543210fedc";
/** The first delivery of a declaration. */
export const FIRST = { key: KEY, deliveredBefore: false };
/** Each later one. */
export const AGAIN = { key: KEY, deliveredBefore: true };

let tokens = 100;

/** A new token in the form of these settings; its value is recognised wherever it must not be. */
export function newValue(settings: Written = {}, key = KEY): NewValue {
  const value = `glpat-${randomBytes(20).toString("hex")}`;
  secrets.add(value);
  const tokenId = ++tokens;
  const { text, entries } = contentOf(formatOf(settings), {
    value,
    tokenId,
    username: "deploy-bot",
    expiresAt: "2027-01-01",
    baseUrl: "https://gitlab.example.com",
    registry: "registry.example.com",
  });
  return {
    value: text,
    ...(entries && { entries }),
    tokenId,
    marker: { key, generation: tokenId - 100 },
    expiresAt: "2027-01-01",
  };
}

export function deliveredBy({ value, tokenId }: NewValue): Delivered {
  return { tokenId, fingerprint: fingerprint(value) };
}
