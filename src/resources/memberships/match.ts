import type { Container } from "../../model";
import { type PrivateState } from "../../provider/contract";
import { meansContainer } from "../shared/container-attributes";
import type { Context } from "../shared/context";
import { keyOf, spellingOf, type Entry, type KnownEntry } from "./entries";
import { containerOf } from "./memory";

/** A declared entry with the one of the state that is in the same group or project. */
export interface Match {
  readonly entry: Entry;
  /** Undefined for one that is new. */
  readonly prior: KnownEntry | undefined;
  /** Where the prior one is. */
  readonly container: Container | undefined;
}

interface Before {
  readonly prior: readonly KnownEntry[];
  readonly kept: PrivateState | null;
}

/**
 * Entries of the same label come first. One whose path is not known yet is taken for the same until it is known to be
 * another. Then those that only changed their labels.
 */
export async function matchEntries(
  entries: readonly Entry[],
  before: Before,
  context: Context,
): Promise<Match[]> {
  const left = new Map(before.prior.map((entry) => [keyOf(entry), entry]));
  const matches: Match[] = [];
  for (const entry of entries) {
    const same = left.get(keyOf(entry));
    const isSame = same !== undefined && (await means(entry, same, before, context));
    if (isSame) left.delete(keyOf(entry));
    matches.push(await matched(entry, isSame ? same : undefined, before, context));
  }
  return Promise.all(
    matches.map(async (match) => {
      if (match.prior !== undefined || spellingOf(match.entry) === undefined) return match;
      for (const [key, candidate] of left) {
        if (candidate.kind !== match.entry.kind) continue;
        if (!(await means(match.entry, candidate, before, context)) || !left.delete(key)) continue;
        return matched(match.entry, candidate, before, context);
      }
      return match;
    }),
  );
}

async function matched(
  entry: Entry,
  prior: KnownEntry | undefined,
  { kept }: Before,
  context: Context,
): Promise<Match> {
  const isKnown = prior !== undefined && context.ready;
  return { entry, prior, container: isKnown ? await containerOf(prior, kept, context) : undefined };
}

async function means(
  entry: Entry,
  prior: KnownEntry,
  { kept }: Before,
  context: Context,
): Promise<boolean> {
  const written = spellingOf(entry);
  if (written === undefined) return keyOf(entry) === keyOf(prior);
  const { path: spelling } = prior.values;
  if (written.spelling === spelling) return true;
  if (!context.ready) return keyOf(entry) === keyOf(prior);
  const container = await containerOf(prior, kept, context);
  try {
    return (await meansContainer(written, { ...container, spelling }, context)) === true;
  } catch {
    // What a path that exists nowhere means is told where the entry is foreseen.
    return false;
  }
}
