import {
  datesOfNewToken,
  daysBetween,
  DEFAULT_MAXIMUM_LIFETIME_DAYS,
  NO_ROTATION,
  parseDays,
  type UtcDate,
} from "../../../src/model";
import type { OfficialObject, OfficialProperties } from "../../../src/official";
import type { AccountOwner } from "../account-owner";
import type { Duration } from "../duration";
import type { Rotation } from "../rotation";
import type { Scope } from "../scope";
import type { OfficialFront } from "./front";

interface TokenDeclaration {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string;
  readonly rotation?: Rotation;
  readonly description?: string;
  /** Whose account it is, and the number of its user. */
  readonly owner: AccountOwner;
  readonly userId: number;
}

/** The token as a resource of the official provider; only that of an instance's account can have a description. */
export function officialToken(token: TokenDeclaration, front: OfficialFront): OfficialObject {
  const { owner, userId, name, expiresAt, rotation, description } = token;
  const properties = {
    userId,
    name,
    scopes: front.scopeNames(token.scopes),
    expiresAt,
    rotationConfiguration: rotation && rotationConfiguration(rotation),
  };
  const { kind, container } = owner;
  if (container === undefined) {
    return { kind: "personalAccessToken", properties: { ...properties, description } };
  }
  const place = front.text(container);
  return kind === "group"
    ? { kind: "groupServiceAccountAccessToken", properties: { ...properties, group: place } }
    : { kind: "projectServiceAccountAccessToken", properties: { ...properties, project: place } };
}

type RotationConfiguration = OfficialProperties["personalAccessToken"]["rotationConfiguration"];

/** Differences of dates do not depend on it. */
const SOME_DAY: UtcDate = "2026-01-01";

/** The same dates that glsa's provider would give the token. */
function rotationConfiguration({ every, overlap, lifetime }: Rotation): RotationConfiguration {
  const { expiresAt, rotatesAt } = datesOfNewToken(
    {
      ...NO_ROTATION,
      everyDays: daysOf(every) ?? 0,
      overlapDays: daysOf(overlap) ?? NO_ROTATION.overlapDays,
      lifetimeDays: daysOf(lifetime) ?? NO_ROTATION.lifetimeDays,
    },
    SOME_DAY,
    DEFAULT_MAXIMUM_LIFETIME_DAYS,
  );
  return {
    expirationDays: daysBetween(SOME_DAY, expiresAt),
    rotateBeforeDays: daysBetween(rotatesAt, expiresAt),
  };
}

function daysOf(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : parseDays(duration.toString());
}
