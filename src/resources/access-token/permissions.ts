import {
  asDeclared,
  grantInWords,
  granularProblem,
  grantsBeyond,
  repeatedPlace,
  sameGrants,
  type GranularScope,
  type RotationReason,
} from "../../model";
import type { TokenEntity } from "../../gitlab";
import { holdsUnknown, isUnknown, type Diagnostic } from "../../provider/contract";
import { asError } from "../shared/problems";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

type Written = AccessTokenConfig["granular_scopes"];
type Read = AccessTokenState["granular_scopes"];

/** Undefined while a part is not known. */
export function knownPermissions(written: Written): readonly GranularScope[] | undefined {
  if (isUnknown(written) || holdsUnknown(written)) return undefined;
  return (written ?? []) as readonly GranularScope[];
}

export function comparePermissions(wanted: Written, before: Read): "same" | "other" | "unknown" {
  const known = knownPermissions(wanted);
  if (known === undefined) return "unknown";
  return sameGrants(known, before ?? []) ? "same" : "other";
}

export function permissionsChanged(wanted: Written, before: Read): RotationReason {
  const [now, was] = [knownPermissions(wanted) ?? [], before ?? []];
  return {
    code: "permissions-changed",
    changes: [
      ...grantsBeyond(now, was).map((grant) => `+${grantInWords(grant)}`),
      ...grantsBeyond(was, now).map((grant) => `-${grantInWords(grant)}`),
    ],
  };
}

/** Whether the token will do less than before in any place. */
export function losesPermissions(wanted: Written, before: Read): boolean {
  const known = knownPermissions(wanted);
  return known !== undefined && grantsBeyond(before ?? [], known).length > 0;
}

/** The problems of the declaration, as far as it is known. */
export function permissionErrors(written: Written): Diagnostic[] {
  if (isUnknown(written) || written === null) return [];
  const errors = written.flatMap((entry, at) => {
    if (isUnknown(entry) || holdsUnknown(entry)) return [];
    const found = granularProblem(entry as GranularScope);
    return asError(found?.problem, ["granular_scopes", at, found?.attribute ?? ""]);
  });
  const known = knownPermissions(written);
  if (errors.length > 0 || known === undefined) return errors;
  return asError(repeatedPlace(known), ["granular_scopes"]);
}

/** Before 19.2 GitLab says that a token is fine-grained, and not what it may do. */
export function isGranular({ granular, granular_scopes: shown }: TokenEntity): boolean {
  return granular === true || shown !== undefined;
}

/** Equal permissions keep their spelling and order. */
export function permissionsAsRead(before: Read, token: TokenEntity): Read {
  if (!isGranular(token)) return null;
  const { granular_scopes: shown } = token;
  if (shown === undefined || shown === null) return before;
  const now = asDeclared(shown);
  const isSame = before !== null && sameGrants(before, now);
  return isSame ? before : now.map(asState);
}

function asState({ access, permissions, group_ids, project_ids }: GranularScope): ReadEntry {
  return {
    access,
    permissions: [...permissions],
    group_ids: group_ids ? [...group_ids] : null,
    project_ids: project_ids ? [...project_ids] : null,
  };
}

type ReadEntry = NonNullable<Read>[number];
