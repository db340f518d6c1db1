import type { Workspace } from "./engine";
import type { Platform } from "./platform";

const ADDRESS = "glsa_access_token.ci";
const DELIVERED =
  'deliver_to {\nci_variable {\nproject = "platform/charts"\nkey = "BOT_TOKEN"\n}\n}';

/** The account "bot" with the token "ci", delivered to the variable BOT_TOKEN. */
export function bot(attributes: string): string {
  return `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name   = "ci"
  ${attributes}
  ${DELIVERED}
}
`;
}

export function rotating(rotation: string, more = ""): string {
  return bot(`scopes = ["read_api", "read_user"]\n  rotation {\n${rotation}\n}\n  ${more}`);
}

/** Every 30 days, and what follows from that by default. */
export const EVERY_MONTH = rotating('every = "30d"');

/** The attributes of the token in the state. */
export async function token(work: Workspace): Promise<Record<string, unknown>> {
  return (await work.resource(ADDRESS))?.values ?? {};
}

/** What a plan would do to the token. */
export async function change(work: Workspace) {
  const plan = await work.plan();
  const { resource_changes: changes } = await plan.json();
  return changes?.find(({ address }) => address === ADDRESS)?.change;
}

/** Text without the engine's frames and line breaks. */
export function flat(text: string): string {
  return text.replace(/[\s│]+/g, " ");
}

/** What happens on the platform of the test that runs. */
export function onPlatform(platform: Platform) {
  return {
    delivered: async () => (await platform.gitlab.variable(platform.ids.charts, "BOT_TOKEN")) ?? "",
    advance: (duration: string) => platform.gitlab.control("POST", "clock", { advance: duration }),
    works: async (value: string) => (await platform.gitlab.whoIs(value)) === "bot",
  };
}
