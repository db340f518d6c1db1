import type { Timestamp } from "../clock";
import { Clock } from "../clock";
import { ApplicationLimits } from "../http/application-limits";
import { RequestLog } from "../http/request-log";
import type { Router } from "../http/router";
import { Throttle } from "../http/throttle";
import type { Instance } from "../instance";
import type { GitLabVersion, Locale, Tier } from "../options";
import { seedAdministrator } from "../seed/administrator";
import { seedEstate } from "../seed/estate";
import type { EstatePlan } from "../seed/sizes";
import { Store } from "../state/store";
import { Faults } from "./faults";
import { noLatency, type Latency } from "./latency";
import { ReplicationLag } from "./replication-lag";

const defaultDeletionDelay = 2000;

export interface Setup {
  readonly version: GitLabVersion;
  readonly tier: Tier;
  readonly now: Timestamp | Date | undefined;
  readonly locale: Locale;
  readonly registry?: string;
  readonly logSize: number;
  readonly url: string;
  readonly rootToken: string;
  /** The seeded data beside the administrator. */
  readonly estate?: EstatePlan;
  readonly router: Router;
}

/** The parts of one running stand-in. */
export class Controls {
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly lag = new ReplicationLag();
  readonly faults = new Faults();
  readonly throttle: Throttle;
  readonly router: Router;
  readonly instance: Instance;
  latency: Latency = noLatency;
  /** Called whenever the data may have changed. */
  onChange: () => void = () => undefined;

  constructor(private readonly setup: Setup) {
    const { now, version, tier, locale, registry, url, router } = setup;
    this.log = new RequestLog(setup.logSize);
    this.clock = new Clock(now);
    this.throttle = new Throttle(this.clock);
    this.router = router;
    this.instance = {
      store: new Store(),
      clock: this.clock,
      version,
      tier,
      locale,
      registry: registry ?? null,
      url,
      deletionDelay: defaultDeletionDelay,
      limits: new ApplicationLimits(this.clock),
      membersExpiredOn: null,
    };
    this.fill();
  }

  /** Resets to a fresh start. The administrator's token stays the same. */
  reset(): void {
    this.clock.set(this.setup.now ?? new Date());
    this.log.clear();
    this.faults.clear();
    this.throttle.reset();
    this.instance.limits.reset();
    this.latency = noLatency;
    this.lag.reset();
    this.instance.deletionDelay = defaultDeletionDelay;
    this.replaceStore(new Store());
    this.fill();
  }

  private fill(): void {
    const { rootToken, estate } = this.setup;
    const root = seedAdministrator(this.instance, rootToken);
    if (estate !== undefined) seedEstate(this.instance, root, estate);
  }

  replaceStore(store: Store): void {
    this.instance.store = store;
    this.instance.membersExpiredOn = null;
  }
}
