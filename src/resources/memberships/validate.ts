import { pathWord } from "../../model";
import { error, type Diagnostic } from "../../provider/contract";
import { placeErrors } from "../membership/validate";
import { accountIdErrors, exactlyOne } from "../shared/problems";
import { asMembership, atEntry, entriesOf, spellingOf, type Entry } from "./entries";
import type { MembershipsConfig } from "./schema";

export function validateMemberships(config: MembershipsConfig): Diagnostic[] {
  const entries = entriesOf(config);
  return [
    ...exactlyOne(config, ["service_account_id", "user_id"]),
    ...accountIdErrors(config.service_account_id),
    ...entries.flatMap((entry) => atEntry(entry, placeErrors(asMembership(entry, config)))),
    ...repeated(entries),
  ];
}

/** By spelling; the plan compares what two spellings mean. */
function repeated(entries: readonly Entry[]): Diagnostic[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const place = spellingOf(entry);
    if (place === undefined) return [];
    const word = `${place.kind} ${pathWord(place.spelling)}`;
    if (!seen.has(word)) {
      seen.add(word);
      return [];
    }
    return [placeTwice(entry, place.spelling)];
  });
}

export function placeTwice(
  { kind, label }: Pick<Entry, "kind" | "label">,
  path: string,
): Diagnostic {
  return error(
    "place-declared-twice",
    `The account is declared twice in ${kind} "${path}"`,
    "An account has one direct membership in a group or project. Leave one of the two blocks.",
    [kind, label, "path"],
  );
}
