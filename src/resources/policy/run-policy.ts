import type { FolderPolicy } from "../../config";
import { strictest, type PolicySettings } from "../../model/policy";
import type { Ledger } from "../../run";

const TOPIC = "policy";

const BESIDE = "another configuration of the provider in this run";

/** What a provider configuration reports to the others. */
interface SharedPolicy {
  /** Undefined while its GitLab is not known. */
  readonly instance?: string;
  readonly settings: PolicySettings;
}

/** The policy of one configuration, including the provider's own `policy`. */
export interface OwnRules extends FolderPolicy {
  /** Null if the provider has no `policy` of its own. */
  readonly written: PolicySettings | null;
}

export function sharePolicy(shared: SharedPolicy, ledger: Ledger): void {
  ledger.share(TOPIC, JSON.stringify(shared));
}

/**
 * The tightest policy of the run: a configuration beside one with a `policy` is not a way around it. One with words of
 * its own is held only to those of the same instance. Another configuration may join at any time, so that each judgement
 * asks once; what it hears again is not compared again.
 */
export class RulesOfRun {
  private heard: { readonly texts: readonly string[]; readonly rules: FolderPolicy } | undefined;

  constructor(
    private readonly own: OwnRules,
    private readonly instance: string,
    private readonly ledger: Ledger,
  ) {}

  now(): FolderPolicy {
    const texts = this.ledger.shared(TOPIC);
    const { heard } = this;
    const isSame =
      heard?.texts.length === texts.length && texts.every((text, at) => text === heard.texts[at]);
    if (heard !== undefined && isSame) return heard.rules;
    const rules = this.tightest(texts);
    this.heard = { texts, rules };
    return rules;
  }

  private tightest(texts: readonly string[]): FolderPolicy {
    const { policy, files, written } = this.own;
    const tightest = texts
      .map((text) => JSON.parse(text) as SharedPolicy)
      .filter((other) => written === null || other.instance === this.instance)
      .reduce((rules, { settings }) => strictest(rules, settings), policy);
    const isTightened = JSON.stringify(tightest) !== JSON.stringify(policy);
    return { policy: tightest, files: isTightened ? [...files, BESIDE] : files };
  }
}
