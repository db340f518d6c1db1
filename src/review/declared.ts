import {
  parseAccountId,
  parseMembershipId,
  parseTokenId,
  type Container,
  type Owner,
  type UtcDate,
} from "../model";
import { officialType } from "../official";
import { standingOf } from "./calendar/standing";
import type { DestinationForm, TokenForm } from "./objects/forms";
import type { PlannedObject } from "./objects/planned-object";
import { plannedObject } from "./objects/planned-objects";
import type { PlannedResource } from "./objects/planned-resource";
import { asNumber, asText, known, type Told, type Values } from "./objects/values";
import type { Engine } from "./review";

/** What a state, or a plan once it is applied, declares of objects that exist. */
export interface Declarations {
  readonly engine: Engine;
  readonly accounts: readonly DeclaredAccount[];
  readonly tokens: readonly DeclaredToken[];
  readonly memberships: readonly DeclaredMembership[];
}

interface DeclaredObject {
  /** The engine's own name of the resource. */
  readonly address: string;
  readonly userId: number;
  /** False where a plan would change it, so that what is need not be what is declared. */
  readonly isSettled: boolean;
}

/** A group or project as far as the state tells it: its number, or how it is written. */
export interface DeclaredContainer {
  readonly kind: Container["kind"];
  readonly id: number | undefined;
  readonly path: string | undefined;
}

export interface DeclaredAccount extends DeclaredObject {
  readonly username: string | undefined;
  /** Undefined for an account of the instance. */
  readonly container: DeclaredContainer | undefined;
  readonly name: string | undefined;
}

export interface DeclaredToken extends DeclaredObject {
  readonly tokenId: number;
  /** Those that it replaced, and that an interrupted run left: they are its own, too. */
  readonly others: readonly number[];
  readonly name: string | undefined;
  readonly scopes: readonly string[] | undefined;
  /** Null when it never expires. */
  readonly expiresAt: UtcDate | null | undefined;
  readonly rotatesAt: UtcDate | undefined;
  /** When the tokens that it replaced are revoked, of those whose overlap has begun. */
  readonly revocations: readonly { readonly tokenId: number; readonly on: UtcDate }[];
  readonly variables: readonly DeclaredVariable[];
  /** The placeholder for its value. Undefined if no run has created it yet. */
  readonly fingerprint: string | undefined;
  /** Whose account it is. */
  readonly owner: Owner | undefined;
  /** Where it is delivered, in words: `CI/CD variable DEPLOY_TOKEN of platform/charts`. */
  readonly destinations: readonly string[];
}

/** A CI/CD variable that a token is delivered to. */
export interface DeclaredVariable {
  readonly container: DeclaredContainer;
  readonly key: string;
  readonly environmentScope: string;
}

export interface DeclaredMembership extends DeclaredObject {
  readonly container: DeclaredContainer;
  readonly role: string | undefined;
  readonly customRole: number | null;
  readonly expiresAt: UtcDate | null;
}

/**
 * What is declared of objects that exist already; what a plan would only create is left out.
 * @param text a state (`terraform show -json`, `tofu show -json`, `pulumi stack export`, a stored state) or a plan
 * @throws UnreadablePlanError for anything else
 */
export function declarationsIn(text: string): Declarations {
  const { engine, resources } = standingOf(text);
  const objects = resources
    .filter(({ action }) => action !== "create")
    .map((resource) => plannedObject(resource));
  return {
    engine,
    accounts: objects.flatMap(accountOf),
    tokens: objects.flatMap(tokenOf),
    memberships: objects.flatMap(membershipOf),
  };
}

function accountOf(object: PlannedObject): DeclaredAccount[] {
  if (object.kind !== "account" || object.after === null) return [];
  const { userId, username, name } = object.after;
  const id = known(userId);
  if (id === undefined) return [];
  return [
    {
      address: object.resource.address,
      isSettled: isSettled(object.resource),
      userId: id,
      username: known(username),
      name: known(name),
      container: containerOfAccount(object.resource),
    },
  ];
}

export function containerOfAccount({
  type,
  after,
}: PlannedResource): DeclaredContainer | undefined {
  const owner = parseAccountId(known(asText(after?.["id"])) ?? "")?.owner;
  return owner === undefined ? writtenContainer(type, after ?? {}) : containerOfOwner(owner);
}

/** Undefined for the instance. */
export function containerOfOwner(owner: Owner): DeclaredContainer | undefined {
  if (owner.kind === "instance") return undefined;
  return { kind: owner.kind, id: owner.id, path: undefined };
}

function tokenOf(object: PlannedObject): DeclaredToken[] {
  if (object.kind !== "token" || object.after === null) return [];
  const { after, resource } = object;
  const userId = known(after.account.userId);
  const tokenId = known(after.tokenId) ?? known(object.before?.tokenId ?? null);
  if (userId === undefined || tokenId === undefined) return [];
  return [
    {
      address: resource.address,
      isSettled: isSettled(resource),
      userId,
      tokenId,
      others: [...replacedBy(after), ...(object.before === null ? [] : replacedBy(object.before))],
      name: known(after.name),
      scopes: known(after.scopes)?.flatMap((scope) => known(scope) ?? []),
      expiresAt: toldOrNothing(after.expiresAt),
      rotatesAt: known(after.rotatesAt)?.slice(0, 10),
      revocations: revocationsOf(after),
      variables: variablesOf(after),
      fingerprint: known(asText(resource.after?.["fingerprint"])),
      owner: parseTokenId(known(asText(resource.after?.["id"])) ?? "")?.account.owner,
      destinations: (known(after.destinations) ?? []).map(({ label }) => label),
    },
  ];
}

function isSettled({ action, isDrift }: PlannedResource): boolean {
  return action === "none" && !isDrift;
}

function replacedBy({ previous }: TokenForm): number[] {
  return (known(previous) ?? []).flatMap(({ tokenId }) => known(tokenId) ?? []);
}

function revocationsOf({ previous }: TokenForm): { tokenId: number; on: UtcDate }[] {
  return (known(previous) ?? []).flatMap((old) => {
    const tokenId = known(old.tokenId);
    const on = known(old.revokeAt)?.slice(0, 10);
    return tokenId === undefined || on === undefined ? [] : [{ tokenId, on }];
  });
}

function variablesOf({ destinations }: TokenForm): DeclaredVariable[] {
  return (known(destinations) ?? []).flatMap((destination) => {
    const variable = variableOf(destination);
    return variable === undefined ? [] : [variable];
  });
}

function variableOf({ kind, written }: DestinationForm): DeclaredVariable | undefined {
  if (kind !== "ci_variable" || written === undefined) return undefined;
  const container = writtenContainer("", written);
  const key = known(asText(written["key"]));
  if (container === undefined || key === undefined) return undefined;
  const scope = known(asText(written["environment_scope"])) ?? "*";
  return { container, key, environmentScope: scope };
}

function membershipOf(object: PlannedObject): DeclaredMembership[] {
  if (object.kind !== "membership" || object.after === null) return [];
  const { after, resource } = object;
  const userId = known(after.account.userId);
  const container = containerOfMembership(resource);
  if (userId === undefined || container === undefined) return [];
  return [
    {
      address: resource.address,
      isSettled: isSettled(resource),
      userId,
      container,
      role: known(after.role),
      customRole: known(after.customRole) ?? null,
      expiresAt: known(after.expiresAt) ?? null,
    },
  ];
}

export function containerOfMembership({
  type,
  after,
}: PlannedResource): DeclaredContainer | undefined {
  const id = parseMembershipId(known(asText(after?.["id"])) ?? "");
  if (id !== undefined) return { ...id.container, path: undefined };
  return writtenContainer(type, after ?? {});
}

/** By the attribute that names it, as glsa's and the official provider's types have it. */
function writtenContainer(type: string, values: Values): DeclaredContainer | undefined {
  const official = officialType(type)?.in;
  for (const kind of ["group", "project"] as const) {
    if (official !== undefined && official !== kind) continue;
    const spelled = known(asText(values[kind] ?? values[`${kind}_id`] ?? null));
    if (spelled === undefined) continue;
    return /^\d+$/.test(spelled)
      ? { kind, id: known(asNumber(spelled)), path: undefined }
      : { kind, id: undefined, path: spelled };
  }
  return undefined;
}

function toldOrNothing<T>(value: Told<T>): T | null | undefined {
  return value === null ? null : known(value);
}
