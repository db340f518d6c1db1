import { formatAccountId } from "../../model";
import type {
  ForeignState,
  ImportResult,
  ReadRequest,
  ReadResult,
  ResourceType,
} from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { officialIdentity } from "../shared/official-state";
import { identityById } from "../shared/identity-by-id";
import { importedAccount, malformedImport, parseImportId } from "../shared/import-id";
import { numberedId } from "../shared/spelled-id";
import { createServiceAccount } from "./create";
import { deleteServiceAccount } from "./delete";
import { confirmSameAccount, rememberedCreation, withCreation } from "./identity";
import { rememberStatus } from "./not-active";
import { foreseeLostTokens, planServiceAccount, planServiceAccountDeletion } from "./plan";
import { serviceAccountSchema, type ServiceAccountAttributes } from "./schema";
import { accountIdOf, stateAsRead } from "./state";
import { updateServiceAccount } from "./update";
import { validateServiceAccount } from "./validate";

/** `glsa_service_account` */
export const serviceAccount: ResourceType<Context, ServiceAccountAttributes> = {
  schema: serviceAccountSchema,
  // The old account holds the username.
  deleteBeforeReplace: true,
  validate: validateServiceAccount,
  plan: planServiceAccount,
  planDelete: planServiceAccountDeletion,
  warnOfDelete: async ({ prior }, context) =>
    prior.deletion_protection ? [] : foreseeLostTokens(prior, context),
  read: readServiceAccount,
  create: createServiceAccount,
  update: updateServiceAccount,
  delete: deleteServiceAccount,
  importState: importServiceAccount,
  takeOver: takeOverServiceAccount,
  // GitLab generates one for each account.
  declare: () => ({ email: null }),
  identity: identityById("The account: `group:12:345`, `project:7:345` or `instance:345`."),
};

async function readServiceAccount(
  { state: before, private: privateState }: ReadRequest<ServiceAccountAttributes>,
  context: Context,
): Promise<ReadResult<ServiceAccountAttributes> | null> {
  const state = { ...before, id: await numberedId(before.id, context) };
  const id = accountIdOf(state);
  const { username } = state;
  const named = username === null ? accountLabel(id, context) : `"${username}" (${state.id})`;
  const summary = `Cannot read account ${named}`;
  const account = await attempt(summary, () => context.inventory.accounts.find(id));
  if (account === undefined) return null;
  return attempt(summary, async () => {
    const createdAt = rememberedCreation(privateState);
    await confirmSameAccount(state, account, createdAt, context);
    const { users } = context.inventory;
    const made = createdAt ?? (await users.createdAt(id.userId)) ?? null;
    users.recognise(id.userId, made);
    const read = stateAsRead(state, account, await users.stateOf(id.owner, id.userId));
    return {
      state: read,
      private: { ...withCreation(made), ...rememberStatus(before, read, privateState) },
    };
  });
}

async function importServiceAccount(
  text: string,
  context: Context,
): Promise<ImportResult<ServiceAccountAttributes>> {
  const written = parseImportId(text);
  if (written === undefined || written.token !== undefined) {
    throw malformedImport("a service account", text, [
      "group:GROUP:USER",
      "project:PROJECT:USER",
      "instance:USER",
    ]);
  }
  const { id, place } = await importedAccount(written, context);
  return { state: { id: formatAccountId(id), user_id: id.userId, ...place } };
}

function takeOverServiceAccount(source: ForeignState): ImportResult<ServiceAccountAttributes> {
  const { prefix, place, userId } = officialIdentity("account", source);
  return { state: { id: `${prefix}:${userId}`, user_id: userId, ...place } };
}
