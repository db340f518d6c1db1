import type { FolderPolicy } from "../../config";
import { strictest, type PolicySettings } from "../../model/policy";
import type { Ledger } from "../../run";

const TOPIC = "policy";

const BESIDE = "another configuration of the provider in this run";

/** What a configuration of the provider says of itself to the others. */
interface SharedPolicy {
  /** Undefined as long as nobody knows which GitLab it is for. */
  readonly instance?: string;
  readonly settings: PolicySettings;
}

/** What one configuration is judged by, with what the provider's `policy` says itself. */
export interface OwnRules extends FolderPolicy {
  /** Null where the provider has no `policy` of its own. */
  readonly written: PolicySettings | null;
}

export function sharePolicy(shared: SharedPolicy, ledger: Ledger): void {
  ledger.share(TOPIC, JSON.stringify(shared));
}

/**
 * The tightest policy of the run: a configuration beside one with a `policy` is not a way around it. One with words of
 * its own is held only to those of the same instance.
 */
export function rulesOfRun(
  { policy, files, written }: OwnRules,
  instance: string,
  ledger: Ledger,
): FolderPolicy {
  const others = ledger
    .shared(TOPIC)
    .map((text) => JSON.parse(text) as SharedPolicy)
    .filter((other) => written === null || other.instance === instance);
  const tightest = others.reduce((own, { settings }) => strictest(own, settings), policy);
  const isTightened = JSON.stringify(tightest) !== JSON.stringify(policy);
  return { policy: tightest, files: isTightened ? [...files, BESIDE] : files };
}
