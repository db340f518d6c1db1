import { startSandbox, type Sandbox } from "../../sandbox";
import { imitatedVersion, isTier } from "./imitated";
import {
  startOf,
  type JsonObject,
  type PreparedGroup,
  type RecordedToken,
  type Recording,
} from "./recording";
import type { Stage } from "./replay";

/** The group's name in recordings, whatever its name on the recorded instance. */
export const GROUP_PATH = "throwaway";
/** The token that a run begins with. */
export const CALLER_ALIAS = "token-1";
export const CALLER: RecordedToken = { kind: "prepared", label: "caller" };

const DAY = 86_400_000;
const LIFETIME = 30 * DAY;

/** A stand-in of the recorded version and tier, with an empty group and the caller. */
export async function prepareGroup(recording: Recording, prepared: PreparedGroup): Promise<Stage> {
  const version = imitatedVersion(recording.gitlab_version);
  const { tier = "free", file } = recording;
  if (version === undefined || !isTier(tier)) {
    throw new Error(`${file}: the stand-in knows no ${recording.gitlab_version}, ${tier}`);
  }
  const now = startOf(recording);
  const sandbox = await startSandbox({ version, tier, now });
  const { url, control } = sandbox;
  await send(sandbox, "PUT", "/application/settings", {
    allow_top_level_group_owners_to_create_service_accounts: prepared.owners_create_accounts,
  });
  const token = await callerToken(sandbox, prepared, now);
  const { visibility } = prepared;
  const body = { name: GROUP_PATH, path: GROUP_PATH, visibility };
  const group = await send({ url, token }, "POST", "/groups", body);
  return {
    url,
    control,
    close: () => sandbox.close(),
    introduce(_, identities) {
      identities.learnId("group", prepared.id, group["id"]);
      identities.learnTokenValue(CALLER_ALIAS, token);
    },
  };
}

async function callerToken(
  sandbox: Sandbox,
  { administrator }: PreparedGroup,
  now: string,
): Promise<string> {
  const user = await send(sandbox, "POST", "/users", {
    username: "caller",
    name: "Caller",
    email: "caller@example.com",
    password: "Correct-horse-7-staple",
    skip_confirmation: true,
    can_create_group: true,
    admin: administrator,
  });
  const expires_at = new Date(Date.parse(now) + LIFETIME).toISOString().slice(0, 10);
  const scopes = administrator ? ["api", "admin_mode"] : ["api"];
  const path = `/users/${user["id"]}/personal_access_tokens`;
  const { token } = await send(sandbox, "POST", path, { name: "caller", scopes, expires_at });
  return String(token);
}

async function send(
  { url, token }: Pick<Sandbox, "url" | "token">,
  method: string,
  path: string,
  body: object,
): Promise<JsonObject> {
  const response = await fetch(`${url}/api/v4${path}`, {
    method,
    headers: { "Private-Token": token, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Preparing ${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as JsonObject;
}
