import { DiagnosticError, error } from "../../provider/contract";
import type { ForeignState, ImportResult, ResourceType } from "../../provider/contract";
import type { Context } from "../shared/context";
import { declaredUser } from "../shared/declared-user";
import { identityById } from "../shared/identity-by-id";
import {
  importedAccount,
  importedUserId,
  malformedImport,
  parseImportId,
} from "../shared/import-id";
import { wayErrors } from "../shared/membership-ways";
import { officialIdentity } from "../shared/official-state";
import { createMemberships, deleteMemberships, updateMemberships } from "./apply";
import { formatId } from "./describe";
import { planMemberships, planMembershipsDeletion } from "./plan";
import { readMemberships } from "./read";
import { membershipsSchema, type MembershipsAttributes } from "./schema";
import { validateMemberships } from "./validate";

/** `glsa_memberships` */
export const memberships: ResourceType<Context, MembershipsAttributes> = {
  schema: membershipsSchema,
  validate: (config, context) => [
    ...validateMemberships(config),
    ...(context === undefined ? [] : wayErrors(declaredUser(config), "together", context)),
  ],
  plan: planMemberships,
  planDelete: planMembershipsDeletion,
  read: readMemberships,
  create: createMemberships,
  update: updateMemberships,
  delete: deleteMemberships,
  importState: importMemberships,
  takeOver: takeOverMemberships,
  identity: identityById("The user: `user:345`."),
};

/** What the account is a member of is found by the read that follows, since `exclusive` is not said yet. */
async function importMemberships(
  text: string,
  context: Context,
): Promise<ImportResult<MembershipsAttributes>> {
  const [, user] = /^user:([^:]+)$/.exec(text) ?? [];
  if (user !== undefined) return of(await importedUserId(user, context));
  const written = parseImportId(text);
  if (written === undefined || written.token !== undefined) {
    throw malformedImport("an account's memberships", text, ["user:USER", "group:GROUP:USER"]);
  }
  return of((await importedAccount(written, context)).id.userId);
}

function of(userId: number): ImportResult<MembershipsAttributes> {
  return { state: { id: formatId(userId), user_id: userId } };
}

/** A single membership tells whose it is; the read that follows finds all of them. */
function takeOverMemberships(source: ForeignState): ImportResult<MembershipsAttributes> {
  if (source.typeName !== "glsa_membership")
    return of(officialIdentity("membership", source).userId);
  const { user_id: userId } = source.attributes;
  if (typeof userId === "number") return of(userId);
  throw new DiagnosticError(
    error(
      "incomplete-old-state",
      "A glsa_membership cannot be taken over",
      "Its state has no user_id, so that it does not tell whose it is. Import the object instead.",
    ),
  );
}
