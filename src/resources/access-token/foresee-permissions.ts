import {
  asDeclared,
  featureProblem,
  grantInWords,
  grantsOf,
  type Grant,
  type GranularScope,
} from "../../model";
import { error, isUnknown, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { asError } from "../shared/problems";
import { knownPermissions } from "./permissions";
import type { AccessTokenConfig } from "./schema";

const PATH = ["granular_scopes"];

/** Why GitLab would not create a fine-grained token, as far as reads can tell. */
export async function permissionRefusals(
  written: AccessTokenConfig["granular_scopes"],
  context: Context,
): Promise<Diagnostic[]> {
  if (written === null || isUnknown(written) || written.length === 0) return [];
  const { gitlab } = context;
  return attempt("Cannot tell whether GitLab takes granular_scopes", async () => {
    const tooOld = featureProblem("declared fine-grained tokens", await gitlab.version());
    if (tooOld !== undefined) return asError(tooOld, PATH);
    const escalations = escalationErrors(knownPermissions(written), await ownScopes(context));
    if (escalations.length > 0) return escalations;
    return (await gitlab.isAdministrator()) ? [] : [needsAdministrator()];
  });
}

/** GitLab has no route for them below groups and projects, and lets administrators alone create tokens for others. */
function needsAdministrator(): Diagnostic {
  return error(
    "granular-needs-administrator",
    "Only an administrator can create fine-grained tokens for other users",
    "GitLab has no such route below groups and projects, only the instance's own, which takes the accounts of groups " +
      "and projects too. Use an administrator's token (with admin_mode where Admin Mode is on, and if it is fine-grained " +
      "itself, with read_application_setting and create_personal_access_token for the instance), or write scopes.",
    PATH,
  );
}

async function ownScopes({ gitlab }: Context): Promise<readonly GranularScope[] | undefined> {
  const { granular_scopes: shown } = (await gitlab.ownTokenDetails()) ?? {};
  return shown === undefined || shown === null ? undefined : asDeclared(shown);
}

const MOST_NAMED = 10;

/** GitLab refuses it too, in the apply. */
function escalationErrors(
  wanted: readonly GranularScope[] | undefined,
  own: readonly GranularScope[] | undefined,
): Diagnostic[] {
  if (wanted === undefined || own === undefined) return [];
  const owned = grantsOf(own);
  const beyond = grantsOf(wanted).filter((grant) => !owned.some((each) => mayCover(each, grant)));
  if (beyond.length === 0) return [];
  const named = beyond.slice(0, MOST_NAMED).map(grantInWords);
  const more = beyond.length - named.length;
  return [
    error(
      "granular-escalation",
      "The token would have more permissions than glsa's own",
      `glsa's own token is fine-grained, and GitLab lets it create only tokens with permissions that it has itself. It lacks ` +
        `${named.join(", ")}${more === 0 ? "" : `, and ${more} more`}. Leave them out, or use a token that has them, or one with ` +
        `the scopes api and admin_mode.`,
      PATH,
    ),
  ];
}

/** Another group may be above a place, which only the server knows. */
function mayCover(owned: Grant, wanted: Grant): boolean {
  if (owned.permission !== wanted.permission) return false;
  if (owned.place === wanted.place) return true;
  return isContainer(wanted.place) && (isContainer(owned.place) || owned.place.startsWith("all "));
}

function isContainer(place: string): boolean {
  return place.startsWith("group ") || place.startsWith("project ");
}
