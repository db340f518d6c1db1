import { isExpired, parseRole, roleOfAccessLevel, utcDate } from "../../model";
import type { MemberEntity } from "../../gitlab";
import type { Diagnostic, ReadRequest, ReadResult } from "../../provider/contract";
import { confirmSameMember } from "../membership/identity";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { describeEntry, userIdOf } from "./describe";
import { blocksOf, keyOf, knownEntriesOf, type KnownEntry } from "./entries";
import { containerOf, memoryOf, remember, type FoundMember } from "./memory";
import { othersOf } from "./others";
import type { EntryState, MembershipsAttributes } from "./schema";

type Request = ReadRequest<MembershipsAttributes>;

/** Null if no membership is left: the declared ones are created again. */
export async function readMemberships(
  { state, private: kept }: Request,
  context: Context,
): Promise<ReadResult<MembershipsAttributes> | null> {
  const userId = userIdOf(state);
  const before = knownEntriesOf(state);
  const declared = await Promise.all(before.map((entry) => find(entry, { kept, userId }, context)));
  const present = declared.flatMap((each) => asRead(each, context));
  const others = await findOthers({ state, declared, userId }, context);
  const found = [...present, ...relabelled(others.found, present)];
  if (found.length === 0 && (before.length > 0 || state.exclusive === null)) return null;
  return {
    state: { ...state, user_id: userId, ...blocksOf(found.map(({ entry }) => entry)) },
    private: remember(found, kept, context),
    diagnostics: others.diagnostics,
  };
}

async function find(
  entry: KnownEntry,
  { kept, userId }: { readonly kept: Request["private"]; readonly userId: number },
  context: Context,
): Promise<FoundMember> {
  const container = await containerOf(entry, kept, context);
  const member = await attempt(`Cannot read the ${describeEntry(entry, userId, context)}`, () =>
    context.inventory.members.find(container, userId),
  );
  if (member !== undefined)
    await confirmSameMember({ container, userId }, member, memoryOf(entry, kept), context);
  return { entry, container, member };
}

/** What GitLab removed because its day has come stays as it is: made again every night, it would only fail. */
function asRead(found: FoundMember, { gitlab }: Context): FoundMember[] {
  const { entry, member } = found;
  if (member !== undefined)
    return [{ ...found, entry: { ...entry, values: valuesAsRead(entry.values, member) } }];
  const now = gitlab.client.serverDate;
  return now !== undefined && isExpired(entry.values.expires_at, utcDate(now)) ? [found] : [];
}

function valuesAsRead(before: EntryState, member: MemberEntity): EntryState {
  const role = roleOfAccessLevel(member.access_level) ?? String(member.access_level);
  return {
    path: before.path,
    role: parseRole(before.role) === role ? before.role : role,
    custom_role_id: member.member_role?.id ?? null,
    expires_at: member.expires_at ?? null,
  };
}

/** Where they are to be removed; and where the object was just taken over, whose state says nothing of them yet. */
async function findOthers(
  {
    state: { exclusive },
    declared,
    userId,
  }: {
    readonly state: Request["state"];
    readonly declared: readonly FoundMember[];
    readonly userId: number;
  },
  context: Context,
): Promise<{
  readonly found: readonly FoundMember[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  if (exclusive === false) return { found: [], diagnostics: [] };
  const containers = declared.map(({ container }) => container);
  return othersOf(userId, containers, context);
}

/** A declared entry may have any label, another's path too. */
function relabelled(
  others: readonly FoundMember[],
  present: readonly FoundMember[],
): readonly FoundMember[] {
  const taken = new Set(present.map(({ entry }) => keyOf(entry)));
  return others.map((other) => {
    const { entry, container } = other;
    if (!taken.has(keyOf(entry))) return other;
    return { ...other, entry: { ...entry, label: `${entry.label} (${container.id})` } };
  });
}
