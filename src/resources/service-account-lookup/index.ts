import { formatAccountId, usernameProblem } from "../../model";
import {
  defineSchema,
  DiagnosticError,
  error,
  type ConfigOf,
  type DataSourceType,
  type Diagnostic,
  type ReadResult,
  type StateOf,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { asError, exactlyOne, known } from "../shared/problems";
import { resolveOwner } from "../service-account/owner";
import { ownerAttributes } from "../service-account/schema";

const lookupSchema = defineSchema({
  version: 0,
  description: "An existing service account, found by its owner and username.",
  attributes: {
    ...ownerAttributes,
    username: {
      type: "string",
      required: true,
      description: "Username of the account, in any letter case.",
    },
    id: {
      type: "string",
      computed: true,
      description: "The same as the id of a glsa_service_account.",
    },
    user_id: { type: "number", computed: true, description: "User ID of the account." },
    name: { type: "string", computed: true, description: "Display name." },
    email: {
      type: "string",
      computed: true,
      nullable: true,
      description: "Email address. Null if GitLab does not return it.",
    },
  },
});

type Attributes = typeof lookupSchema.attributes;

/** Data source `glsa_service_account` */
export const serviceAccountLookup: DataSourceType<Context, Attributes> = {
  schema: lookupSchema,
  validate: validateLookup,
  read: lookUpServiceAccount,
};

function validateLookup(config: ConfigOf<Attributes>): Diagnostic[] {
  const username = known(config.username);
  return [
    ...exactlyOne(config, ["group", "project", "instance"]),
    ...(username === undefined ? [] : asError(usernameProblem(username), ["username"])),
  ];
}

async function lookUpServiceAccount(
  config: StateOf<Attributes>,
  context: Context,
): Promise<ReadResult<Attributes>> {
  const owner = await resolveOwner(config, context);
  const account = await attempt(`Cannot look for account "${config.username}"`, () =>
    context.inventory.accounts.findByUsername(owner, config.username),
  );
  if (account === undefined) {
    const place =
      owner.kind === "instance" ? "the instance" : `${owner.kind} "${config[owner.kind]}"`;
    const detail = `No service account of ${place} has this username. Accounts of subgroups and projects belong to those, not to the group above.`;
    throw new DiagnosticError(
      error("missing-account", `There is no account "${config.username}"`, detail, ["username"]),
    );
  }
  const { id: userId, name, email } = account;
  return {
    state: {
      ...config,
      id: formatAccountId({ owner, userId }),
      user_id: userId,
      name,
      email: email ?? null,
    },
  };
}
