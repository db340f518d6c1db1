import type { HeldMemberships, Place } from "../adopt/regroup";
import { parseAccountId, parseMembershipId } from "../model";
import { CodedError } from "../model/code";
import { objectsIn, type StateObject } from "../review";

type Values = StateObject["values"];

/** The memberships of a state of Terraform or OpenTofu. */
export function heldMemberships(name: string, text: string): HeldMemberships {
  const { engine, objects } = objectsIn(text);
  if (engine === "pulumi") {
    throw new CodedError(
      "unreadable-input",
      `${name} is of Pulumi, for which this command writes no code. Follow "On Pulumi" in docs/memberships.md.`,
    );
  }
  const managed = objects.filter(({ isLookedUp }) => !isLookedUp);
  const of = (type: string) => managed.filter((object) => object.type === type);
  return {
    accounts: new Map(objects.flatMap(accountOf)),
    single: of("glsa_membership").map(singleOf),
    together: of("glsa_memberships").map(togetherOf),
  };
}

/** One in a module cannot be referred to from the root. */
function accountOf({ address, type, values }: StateObject): [string, string][] {
  const isInRoot = !address.startsWith("module.");
  const { id } = values;
  if (type !== "glsa_service_account" || !isInRoot || typeof id !== "string") return [];
  return [[id, address]];
}

function singleOf({ address, values }: StateObject): HeldMemberships["single"][number] {
  const id = parseMembershipId(textOf(values, "id") ?? "");
  if (id === undefined) throw incomplete(address);
  const kind = id.container.kind;
  const obstacles = [
    ...(values["status"] === "expired" ? ["it has expired"] : []),
    ...(values["remove_memberships_below"] === true ? ["remove_memberships_below is set"] : []),
  ];
  return {
    address,
    userId: id.userId,
    accountId: textOf(values, "service_account_id"),
    place: placeOf(address, kind, textOf(values, kind), values),
    obstacle: obstacles[0],
  };
}

function togetherOf({ address, values }: StateObject): HeldMemberships["together"][number] {
  const accountId = textOf(values, "service_account_id");
  const [, digits] = /^user:(\d+)$/.exec(textOf(values, "id") ?? "") ?? [];
  const userId = digits === undefined ? parseAccountId(accountId ?? "")?.userId : Number(digits);
  if (userId === undefined) throw incomplete(address);
  const places = (["group", "project"] as const).flatMap((kind) =>
    Object.entries((values[kind] ?? {}) as Record<string, Values>).map(([label, entry]) => ({
      ...placeOf(address, kind, textOf(entry, "path"), entry),
      label,
    })),
  );
  return { address, userId, accountId, isExclusive: values["exclusive"] === true, places };
}

function placeOf(address: string, kind: Place["kind"], path: string | null, values: Values): Place {
  const role = textOf(values, "role");
  const customRole = values["custom_role_id"];
  if (path === null || role === null) throw incomplete(address);
  return {
    kind,
    path,
    role,
    customRoleId: typeof customRole === "number" ? customRole : null,
    expiresAt: textOf(values, "expires_at"),
  };
}

function textOf(values: Values, name: string): string | null {
  const value = values[name];
  return typeof value === "string" ? value : null;
}

function incomplete(address: string): CodedError {
  return new CodedError(
    "unreadable-input",
    `The state does not say all of ${address}. Apply the configuration once, and read the state then.`,
  );
}
