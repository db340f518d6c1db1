import { parseTokenId, type Owner, type UtcDate } from "../model";
import { officialType } from "../official";
import { standingOf } from "./calendar/standing";
import {
  containerOfAccount,
  containerOfMembership,
  containerOfOwner,
  type DeclaredContainer,
} from "./declared";
import type { DestinationForm } from "./objects/forms";
import type { PlannedObject, PlannedToken } from "./objects/planned-object";
import { plannedObject } from "./objects/planned-objects";
import { asText, known, type Values } from "./objects/values";

/** The groups, projects and destinations that an apply deals with. */
export interface Touched {
  /** Owners of accounts and of their tokens; undefined for the instance. */
  readonly owners: readonly (DeclaredContainer | undefined)[];
  readonly memberships: readonly TouchedMembership[];
  readonly tokens: readonly TouchedToken[];
}

interface TouchedMembership {
  readonly container: DeclaredContainer;
  readonly role: string | undefined;
}

interface TouchedToken {
  readonly address: string;
  /** Of the present token and those that it replaced. */
  readonly tokenIds: readonly number[];
  readonly rotatesAt: UtcDate | undefined;
  readonly destinations: readonly TouchedDestination[];
}

export interface TouchedDestination {
  readonly label: string;
  readonly kind: string;
  /** Undefined where a setting is secret, or only an apply tells it. */
  readonly written: Readonly<Record<string, unknown>> | undefined;
}

/**
 * What a state, or a plan once it is applied, deals with; unlike `declarationsIn` also what is yet to be created.
 * @throws UnreadablePlanError for a text that is neither
 */
export function touchedIn(text: string): Touched {
  const objects = standingOf(text).resources.map((resource) => plannedObject(resource));
  return {
    owners: objects.flatMap(ownersOf),
    memberships: objects.flatMap(membershipOf),
    tokens: objects.flatMap(tokenOf),
  };
}

function ownersOf(object: PlannedObject): (DeclaredContainer | undefined)[] {
  const { kind, resource, after } = object;
  if (after === null) return [];
  if (kind === "account") {
    const official = officialType(resource.type)?.in;
    const container = containerOfAccount(resource);
    // What names no container is the instance's, unless the container is yet to be created.
    return container === undefined && (official ?? writesContainer(resource.after))
      ? []
      : [container];
  }
  const owner = kind === "token" ? ownerOfToken(object) : undefined;
  return owner === undefined ? [] : [containerOfOwner(owner)];
}

function writesContainer(after: Values | null): boolean {
  return ["group", "project"].some((name) => (after?.[name] ?? null) !== null);
}

function ownerOfToken({ resource }: PlannedToken): Owner | undefined {
  return parseTokenId(known(asText(resource.after?.["id"])) ?? "")?.account.owner;
}

function membershipOf(object: PlannedObject): TouchedMembership[] {
  if (object.kind !== "membership" || object.after === null) return [];
  const container = containerOfMembership(object.resource);
  return container === undefined ? [] : [{ container, role: known(object.after.role) }];
}

function tokenOf(object: PlannedObject): TouchedToken[] {
  if (object.kind !== "token" || object.after === null) return [];
  const { tokenId, previous, rotatesAt, destinations } = object.after;
  const ids = [tokenId, ...(known(previous) ?? []).map((old) => old.tokenId)];
  return [
    {
      address: object.resource.address,
      tokenIds: ids.flatMap((id) => known(id) ?? []),
      rotatesAt: known(rotatesAt)?.slice(0, 10),
      destinations: (known(destinations) ?? []).flatMap(destinationOf),
    },
  ];
}

function destinationOf({ kind, written, label }: DestinationForm): TouchedDestination[] {
  if (kind === undefined || written === undefined) return [];
  const isWhole = Object.values(written).every((value) => value === null || isPlain(value));
  return [{ label, kind, written: isWhole ? written : undefined }];
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object" || value === null) return true;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}
