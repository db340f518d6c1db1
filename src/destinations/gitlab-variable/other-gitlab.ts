import { GitLab } from "../../gitlab";
import { Inventory } from "../../inventory";
import type { DestinationHost } from "../destination";
import { StoreError } from "../stored/store-error";

/** The clients of other GitLabs, for as long as the inventory of the run's own. */
const known = new WeakMap<Inventory, Map<string, DestinationHost>>();

/** The GitLab at an address, with the token in an environment variable; all destinations there share what was read. */
export function otherGitLab(
  { base_url: baseUrl, token_variable: variable }: OtherGitLabSettings,
  host: DestinationHost,
): DestinationHost {
  if (baseUrl === null && variable === null) return host;
  const key = JSON.stringify([baseUrl, variable]);
  const others = known.get(host.inventory) ?? new Map<string, DestinationHost>();
  known.set(host.inventory, others);
  const present = others.get(key) ?? connect(baseUrl, variable ?? "", host);
  others.set(key, present);
  return present;
}

interface OtherGitLabSettings {
  readonly base_url: string | null;
  readonly token_variable: string | null;
}

function connect(
  baseUrl: string | null,
  variable: string,
  { gitlab: here }: DestinationHost,
): DestinationHost {
  const token = process.env[variable]?.trim();
  if (!token) {
    throw new StoreError(`the environment variable ${variable} holds no token`, {
      remedy: `Set ${variable} for the apply to a token of ${baseUrl ?? "this GitLab"} with the scope api.`,
      isLocal: true,
    });
  }
  const gitlab = baseUrl === null ? here.withToken(token) : new GitLab({ baseUrl, token });
  return { gitlab, inventory: new Inventory(gitlab) };
}
