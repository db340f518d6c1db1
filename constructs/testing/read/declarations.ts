import { RECORDS } from "../../../src/destinations/entry";
import { placesInWords, scopeName } from "../../../src/model";
import { camelCase, inGlsaTerms, nounOf, officialType, type Noun } from "../../../src/official";
import type { DeliveryDestination } from "../../words";
import type {
  Declarations,
  DeclaredAccount,
  DeclaredDelivery,
  DeclaredMembership,
  DeclaredToken,
} from "../declarations";
import type { FoundResource, FoundResources, Properties } from "./resource";
import { flagOf, listOf, objectOf, textOf } from "./values";

/** The declarations that the resources of glsa's provider and of the official one represent. */
export function readDeclarations(resources: FoundResources): Declarations {
  const reader = new Reader(resources);
  const each = <T>(noun: Noun, read: (resource: FoundResource) => T): T[] =>
    resources.all.filter(({ type, isData }) => !isData && nounOf(type) === noun).map(read);
  return {
    accounts: each("account", (account) => reader.account(account)),
    memberships: each("membership", (membership) => reader.membership(membership)),
    tokens: each("token", (token) => reader.token(token)),
    deliveries: [
      ...each("token", (token) => reader.ownDeliveries(token)),
      ...each("variable", (variable) => reader.deliveryTo(variable)),
    ].flat(),
  };
}

/** Reads the resources of either provider by the attribute names of glsa's. */
class Reader {
  constructor(private readonly resources: FoundResources) {}

  account(resource: FoundResource): DeclaredAccount {
    const properties = inTerms(resource);
    const username = String(properties.username);
    const { preventDestroy } = objectOf(properties.lifecycle) ?? {};
    return {
      username,
      owner: this.owner(properties),
      name: textOf(properties.name) ?? username,
      email: textOf(properties.email),
      deletionProtection: flagOf(properties.deletionProtection) ?? flagOf(preventDestroy) ?? false,
      onDestroy: textOf(properties.onDestroy) ?? "delete",
    };
  }

  membership(resource: FoundResource): DeclaredMembership {
    const properties = inTerms(resource);
    const { group, project, customRoleId } = properties;
    return {
      account: this.accountOf(properties),
      on: this.container(group ?? project),
      role: String(properties.role),
      customRoleId: customRoleId === undefined ? undefined : Number(customRoleId),
      expiresAt: textOf(properties.expiresAt),
    };
  }

  token(resource: FoundResource): DeclaredToken {
    const properties = inTerms(resource);
    const rotation = objectOf(properties.rotation);
    const expiresAt = textOf(properties.expiresAt);
    const common = {
      name: String(properties.name),
      scopes: listOf(properties.scopes)
        .map((scope) => scopeName(String(scope)))
        .sort(),
      expiresAt,
      description: textOf(properties.description),
      account: this.accountOf(properties),
    };
    if (officialType(resource.type) === undefined) {
      const granular = permissionsOf(properties.granularScopes);
      return {
        ...common,
        ...(granular.length > 0 && { permissions: granular }),
        rotates: textOf(rotation?.every),
        overlap: textOf(rotation?.overlap),
        neverExpires: flagOf(properties.neverExpires) ?? false,
        storeValue: flagOf(properties.storeValue) ?? false,
      };
    }
    // With the official provider the value is always in the state, and a rotation leaves no overlap.
    return {
      ...common,
      rotates: rotation && daysOfOfficial(rotation),
      neverExpires: rotation === undefined && expiresAt === undefined,
      storeValue: true,
    };
  }

  ownDeliveries({ properties }: FoundResource): DeclaredDelivery[] {
    return listOf(properties.deliverTo).map((entry) => {
      const kinds = objectOf(entry) ?? {};
      const [to] = Object.keys(RECORDS).flatMap((kind) => {
        const settings = objectOf(kinds[camelCase(kind)]);
        return settings === undefined ? [] : [this.destination(kind, settings)];
      });
      return {
        account: this.accountOf(properties),
        token: String(properties.name),
        to: to ?? {},
      };
    });
  }

  /** A variable of the official provider whose value is a token's value. */
  deliveryTo({ properties }: FoundResource): DeclaredDelivery[] {
    const token = this.resources.behind(properties.value);
    if (token === undefined || officialType(token.type)?.noun !== "token") return [];
    return [
      {
        account: this.accountOf(token.properties),
        token: String(token.properties.name),
        to: this.destination("ci_variable", properties),
      },
    ];
  }

  private destination(kind: string, properties: Properties): DeliveryDestination {
    const { attributes = {}, inContainer } = RECORDS[kind] ?? {};
    const settings = Object.entries(attributes).map(([name, { type }]) => {
      const property = camelCase(name);
      const value = properties[property] ?? undefined;
      if (value === undefined) return [property, undefined];
      if (inContainer && (name === "project" || name === "group")) {
        return [property, this.container(value)];
      }
      if (type === "boolean") return [property, flagOf(value)];
      return [property, type === "string" ? textOf(value) : value];
    });
    return { [camelCase(kind)]: Object.fromEntries(settings) as unknown };
  }

  /** The username for an account's id or a user's number. Otherwise the written value. */
  private accountOf({ serviceAccountId, userId }: Properties): string {
    const value = serviceAccountId ?? userId;
    const username = this.resources.behind(value)?.properties.username;
    if (username !== undefined) return String(username);
    const text = this.resources.asReference(value);
    return /^\d+$/.test(text) ? `user ${text}` : text;
  }

  /** The path of a looked-up group or project. Otherwise the written value. */
  private container(value: unknown): string {
    const { properties = {} } = this.resources.behind(value) ?? {};
    const path = textOf(properties.fullPath) ?? textOf(properties.pathWithNamespace);
    return (path ?? this.resources.asReference(value)).replace(/^\/+|\/+$/g, "");
  }

  /** `group platform`, `project platform/web` or `the instance`. */
  private owner({ group, project }: Properties): string {
    if (group !== undefined) return `group ${this.container(group)}`;
    return project === undefined ? "the instance" : `project ${this.container(project)}`;
  }
}

/** Properties by the names of glsa's own resource. Those without such a name keep their own. */
function inTerms({ type, properties }: FoundResource): Properties {
  const official = officialType(type);
  if (official === undefined) return properties;
  const { terms, settings } = inGlsaTerms(official, properties);
  return { ...settings, ...terms };
}

/** As far as the program knows them. */
function permissionsOf(granularScopes: unknown): string[] {
  const entries = listOf(granularScopes).map((entry) => objectOf(entry) ?? {});
  return placesInWords(
    entries.map(({ access, permissions, groupIds, projectIds }) => ({
      access: String(access),
      permissions: listOf(permissions).map(String),
      group_ids: listOf(groupIds).map(Number),
      project_ids: listOf(projectIds).map(Number),
    })),
  );
}

function daysOfOfficial({ expirationDays, rotateBeforeDays }: Properties): string {
  return `${Number(expirationDays) - Number(rotateBeforeDays)}d`;
}
