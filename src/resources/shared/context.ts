import { GitLab, type ClientSettings } from "../../gitlab";
import { Inventory } from "../../inventory";
import { Claims } from "./claims";

/** What the resources of one provider configuration share during one run. */
export interface Context {
  readonly gitlab: GitLab;
  readonly inventory: Inventory;
  readonly claims: Claims;
  /** The name of this set of declarations; it goes into the marker of every token. */
  readonly stack: string | null;
  /** False while a setting of the provider is unknown: then there is no server to ask. */
  readonly ready: boolean;
  /** True once the engine was told to stop. */
  stopped: boolean;
}

export function createContext(settings: ClientSettings, stack: string | null): Context {
  const gitlab = new GitLab(settings);
  return {
    gitlab,
    inventory: new Inventory(gitlab),
    claims: new Claims(),
    stack,
    ready: true,
    stopped: false,
  };
}
