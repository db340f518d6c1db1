import { randomBytes } from "node:crypto";
import { hostOf, type Instance } from "../instance";
import type { AccessToken, Member, User } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";
import { addMember } from "./add-member";
import { createToken, type TokenRequest, type TokenResult } from "./create-token";

/** Creates a group or project access token: a bot user, its membership and its token. */
export function createResourceToken(
  instance: Instance,
  source: SourceRef,
  createdBy: User,
  request: TokenRequest & { readonly access_level: number },
): TokenResult {
  const { store } = instance;
  const bot = createBot(instance, source, createdBy, request.name);
  const result = createToken(instance, bot, request);
  if ("error" in result) {
    store.users.delete(bot);
    return result;
  }
  const { access_level } = request;
  addMember(instance, source, bot, { access_level, created_by: createdBy });
  return result;
}

function createBot(instance: Instance, source: SourceRef, createdBy: User, name: string): User {
  const { store, clock } = instance;
  const username = `${source.type}_${source.id}_bot_${randomBytes(16).toString("hex")}`;
  const now = clock.now();
  return store.users.insert({
    username,
    name,
    email: `${username}@noreply.${hostOf(instance)}`,
    unconfirmed_email: null,
    public_email: null,
    user_type: "project_bot",
    state: "active",
    admin: false,
    external: true,
    projects_limit: 0,
    can_create_group: false,
    composite_identity_enforced: false,
    provisioned_by_group_id: null,
    provisioned_by_project_id: null,
    namespace_id: store.groups.reserveId(),
    confirmed_at: now,
    last_activity_on: null,
    note: null,
    created_at: now,
    updated_at: now,
    created_by_id: createdBy.id,
    deletion: null,
  });
}

/** The tokens of the bots that are members of a group or project, in the order of their ids. */
export function resourceTokens({ store }: Instance, source: SourceRef): AccessToken[] {
  return store.membersBySource
    .all(sourceKey(source.type, source.id))
    .filter((member) => store.users.get(member.user_id)?.user_type === "project_bot")
    .flatMap((member) => store.tokensByUser.all(member.user_id))
    .sort((a, b) => a.id - b.id);
}

/** The bot's membership for a token of a group or project. */
export function botMembership(
  { store }: Instance,
  source: SourceRef,
  token: AccessToken,
): Member | undefined {
  const user = store.users.get(token.user_id);
  return user?.user_type === "project_bot" ? store.directMember(source, user.id) : undefined;
}
