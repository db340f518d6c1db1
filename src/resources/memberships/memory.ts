import type { MemberEntity } from "../../gitlab";
import type { Container } from "../../model";
import type { PrivateState } from "../../provider/contract";
import { rememberMember } from "../membership/identity";
import { resolveContainer } from "../shared/container-attributes";
import type { Context } from "../shared/context";
import { keyOf, type KnownEntry } from "./entries";

/** By the key of an entry, which group or project it is and since when the account is a member. */
const PLACES = "places";

interface Place {
  readonly id: number;
  readonly since: string | null;
}

type Places = { readonly [key: string]: Place };

/** A member as it was found, under the entry that declares it. */
export interface FoundMember {
  readonly entry: KnownEntry;
  readonly container: Container;
  readonly member: MemberEntity | undefined;
}

/** What a removal counts as, once in a run. */
export function removalId({ kind, id }: Container, userId: number): string {
  return `${kind} ${id}, user ${userId}`;
}

function placesOf(kept: PrivateState | null): Places {
  return (kept?.[PLACES] ?? {}) as Places;
}

/** By the number that is remembered, since paths change; at first by path. */
export async function containerOf(
  entry: KnownEntry,
  kept: PrivateState | null,
  context: Context,
): Promise<Container> {
  const { kind } = entry;
  const { [keyOf(entry)]: place } = placesOf(kept);
  if (place !== undefined) return { kind, id: place.id };
  const { id } = await resolveContainer({ kind, spelling: entry.values.path }, context);
  return { kind, id };
}

export function remember(
  found: readonly FoundMember[],
  kept: PrivateState | null,
  context: Context,
): PrivateState {
  const before = placesOf(kept);
  const member = found.find((each) => each.member !== undefined)?.member;
  const places = Object.fromEntries(
    found.map(({ entry, container, member: own }) => {
      const key = keyOf(entry);
      const since = own?.created_at ?? before[key]?.since ?? null;
      return [key, { id: container.id, since }];
    }),
  );
  return {
    ...(member === undefined ? kept : userOf(rememberMember(member, kept, context))),
    [PLACES]: places,
  };
}

/** Each entry has a moment of its own. */
function userOf({ memberSince, ...user }: PrivateState): PrivateState {
  void memberSince;
  return user;
}

/** What tells whether the member of an entry is still the one that it was. */
export function memoryOf(entry: KnownEntry, kept: PrivateState | null): PrivateState | null {
  return kept && { ...kept, memberSince: placesOf(kept)[keyOf(entry)]?.since ?? null };
}
