import type { FolderPolicy } from "../../config";
import { GitLab, type ClientSettings } from "../../gitlab";
import { Inventory } from "../../inventory";
import type { Diagnostic, RunMemory } from "../../provider/contract";
import { solitaryLedger, type Ledger } from "../../run";
import { Instance } from "../instance/instance";
import { RulesOfRun, type OwnRules } from "../policy/run-policy";
import { Claims } from "./claims";
import { RemovalTally } from "./removal-tally";
import { RotationTurns } from "./rotation-turns";
import { WrittenNames } from "./written-names";

/** What the resources of one provider configuration share during one run. */
export interface Context {
  readonly gitlab: GitLab;
  readonly instance: Instance;
  readonly inventory: Inventory;
  readonly claims: Claims;
  /** What the configurations of the run share with each other. */
  readonly ledger: Ledger;
  /** What the run's configurations, as far as they have joined by now, and its files say. */
  rules(): FolderPolicy;
  readonly removals: RemovalTally;
  /** Which tokens rotate, where the policy lets only so many. */
  readonly turns: RotationTurns;
  readonly writtenNames: WrittenNames;
  /** The name of this set of declarations, which is part of every token's marker. */
  readonly stack: string | null;
  /** The engine's name of the state that the run keeps. */
  stateName(): string;
  /** IDs of marked tokens that another state created, and that this one takes over. */
  readonly takenOver: ReadonlySet<number>;
  /** Whether the engine signals when its code has declared everything. */
  readonly tellsEnd: boolean;
  /** What can be reported only then, for each object. Sends no requests. */
  readonly atEnd: Map<string, () => Diagnostic[]>;
  /** Whether an error in any configuration ends the walk before anything is applied. */
  readonly plansFirst: boolean;
  /** For the engine's host. */
  readonly runMemory: RunMemory;
  /** False while a setting of the provider is unknown or wrong: then there is no server. */
  readonly ready: boolean;
  /** Whether another configuration reports why this one is not ready. */
  readonly silent: boolean;
  /** True once the engine requested a stop. */
  stopped: boolean;
}

/** The settings of a provider configuration other than its connection. */
export interface RunSettings extends Pick<Context, "stack"> {
  readonly rules: OwnRules;
  /** Further addresses of the same instance. */
  readonly instanceAddresses?: readonly string[];
  readonly takenOver?: readonly number[];
  readonly stateName?: () => string;
  readonly tellsEnd?: boolean;
  readonly plansFirst?: boolean;
}

export function createContext(
  settings: ClientSettings,
  {
    stack,
    rules,
    instanceAddresses = [],
    takenOver = [],
    stateName = () => "",
    tellsEnd = false,
    plansFirst = false,
  }: RunSettings,
  ledger: Ledger = solitaryLedger(),
): Context {
  const gitlab = new GitLab(settings);
  const instance = new Instance(settings.baseUrl, instanceAddresses);
  const rulesOfRun = new RulesOfRun(rules, instance.key, ledger);
  return {
    gitlab,
    instance,
    inventory: new Inventory(gitlab),
    claims: new Claims(ledger, instance.key),
    ledger,
    rules: () => rulesOfRun.now(),
    removals: new RemovalTally(ledger, instance.key),
    turns: new RotationTurns(ledger, instance.key),
    writtenNames: new WrittenNames(ledger),
    stack,
    stateName,
    takenOver: new Set(takenOver),
    tellsEnd,
    atEnd: new Map(),
    plansFirst,
    runMemory: runMemory(ledger),
    ready: true,
    silent: false,
    stopped: false,
  };
}

/**
 * The same without a server: plans leave its values open, and every request fails.
 * @param silent whether another configuration reports the failure
 */
export function unusable(context: Context, failure: Error, silent: boolean): Context {
  const fail = (): never => {
    throw failure;
  };
  return {
    ...context,
    ready: false,
    silent,
    get gitlab() {
      return fail();
    },
    get inventory() {
      return fail();
    },
  };
}

function runMemory(ledger: Ledger): RunMemory {
  return {
    tell: (topic, text) => ledger.tell(topic, text),
    isTold: (topic, text) => ledger.heardInRun(topic, text) && ledger.trouble === undefined,
  };
}
