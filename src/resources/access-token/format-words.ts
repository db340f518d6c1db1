import type { NewValue } from "../../destinations/destination";
import { DeliveryError } from "../../destinations/errors";
import {
  contentOf,
  needsRegistry,
  needsUsername,
  type Content,
  type TokenFacts,
} from "../../destinations/format/content";
import type { Format } from "../../destinations/format/record";
import type { NewTokenEntity } from "../../gitlab";
import { secrets } from "../../http";
import { fingerprint, type AccountId, type Marker } from "../../model";
import type { Context } from "../shared/context";
import type { PlacedDestination } from "./destinations";
import type { DestinationMemory } from "./private-state";

/** What the forms say of a token beside its value: known before it is made, so that nothing is missing afterwards. */
export type FormatWords = Pick<TokenFacts, "username" | "baseUrl" | "registry">;

/** Asks only for what the forms of these destinations need. */
export async function formatWords(
  destinations: readonly PlacedDestination[],
  account: AccountId,
  context: Context,
): Promise<FormatWords> {
  const isNamed = destinations.some(({ format }) => needsUsername(format));
  const found = isNamed ? await context.inventory.accounts.find(account) : undefined;
  const asking = destinations.find(({ format }) => needsRegistry(format));
  return {
    username: found?.username ?? "",
    baseUrl: context.gitlab.baseUrl,
    registry: asking === undefined ? "" : await registryFor(asking, context),
  };
}

/** Refuses a form that speaks of a registry where GitLab names none. */
export async function refuseWithoutRegistry(
  placed: PlacedDestination,
  context: Context,
): Promise<void> {
  if (needsRegistry(placed.format)) await registryFor(placed, context);
}

async function registryFor(
  { destination }: PlacedDestination,
  { inventory }: Context,
): Promise<string> {
  const host = await inventory.containers.registryHost();
  if (host !== undefined) return host;
  throw new DeliveryError(
    destination.label,
    "no project that this token sees names GitLab's container registry, which dockerconfigjson is for",
    "Write format_url with the registry's address, such as https://registry.example.com; or turn the registry on.",
  );
}

/** A new token in the form that a destination receives. */
export function newValueFor(
  { format }: PlacedDestination,
  token: NewTokenEntity,
  { words, marker }: { readonly words: FormatWords; readonly marker: Marker },
): NewValue {
  const { id: tokenId, expires_at: expiresAt } = token;
  const { text, entries } = contentFor(format, token, words);
  secrets.add(text, Buffer.from(`${words.username}:${token.token}`).toString("base64"));
  return { value: text, ...(entries && { entries }), tokenId, marker, expiresAt };
}

/** What a destination remembers of its contents once it has received a token. */
export function contentsAfter(
  { format, contents }: PlacedDestination,
  token: NewTokenEntity,
  words: FormatWords,
): Pick<DestinationMemory, "contents"> {
  if (format.name === "value") return {};
  const { text } = contentFor(format, token, words);
  return { contents: { ...contents, [String(token.id)]: fingerprint(text) } };
}

function contentFor(format: Format, token: NewTokenEntity, words: FormatWords): Content {
  const { id: tokenId, token: value, expires_at: expiresAt } = token;
  return contentOf(format, { ...words, value, tokenId, expiresAt });
}
