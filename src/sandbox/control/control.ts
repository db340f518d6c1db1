import { overviewOf, type Overview } from "../page/overview";
import { purgeDeletedUsers } from "../rules/delete-user";
import { finishJob, startJob } from "../rules/job";
import { Store } from "../state/store";
import type { Controls } from "./controls";
import type { Fault, InstalledFault } from "./faults";
import type { Latency } from "./latency";
import { presets, type PresetName } from "./presets";
import { ControlError, durationOf, type Limits, type SandboxState } from "./read";
import type { RequestSummary } from "../http/request-log";

/** A running job. */
export interface StartedJob {
  /** The job's number. */
  readonly id: number;
  /** The job's token, `CI_JOB_TOKEN` in a job. */
  readonly token: string;
}

/** Controls a stand-in from its own process, as the calls below `/-/sandbox/` do from any process. */
export class SandboxControl {
  constructor(private readonly controls: Controls) {}

  /**
   * The requests since the start or since the log was last cleared: counted by route, and the most recent ones in
   * order.
   */
  requests(): RequestSummary {
    return this.controls.log.summary();
  }

  /** Clears the log of requests. */
  clearRequests(): void {
    this.controls.log.clear();
  }

  /** The stand-in's time, in GitLab's form. */
  now(): string {
    return this.controls.clock.now();
  }

  /**
   * Moves the clock forward. It continues to run from there.
   * @param duration such as `P30D` or `PT10M`
   * @returns the new time, in GitLab's form
   * @throws ControlError for an invalid duration
   */
  advanceClock(duration: string): string {
    const { clock } = this.controls;
    const explanation = 'a clock takes {"advance":"P30D"} or {"set":"<instant>"}';
    return this.setClock(new Date(clock.milliseconds() + durationOf(duration, explanation)));
  }

  /**
   * Sets the clock, forward or back. It continues to run from there.
   * @returns the new time, in GitLab's form
   * @throws ControlError for an invalid time
   */
  setClock(instant: string | Date): string {
    const { clock } = this.controls;
    try {
      clock.set(instant);
    } catch (error) {
      throw new ControlError(error instanceof Error ? error.message : String(error));
    }
    return clock.now();
  }

  /** Resets everything to a fresh start. The administrator's token stays the same. */
  reset(): void {
    this.controls.reset();
  }

  /** Sets the delay of every response from now on. */
  setLatency(latency: Latency): void {
    this.controls.latency = latency;
  }

  /** The installed faults, each with the number of matching requests so far. */
  faults(): InstalledFault[] {
    return this.controls.faults.list();
  }

  /**
   * Adds faults to the installed ones.
   * @throws ControlError for a route that does not exist
   */
  installFaults(...faults: readonly Fault[]): void {
    const { router } = this.controls;
    const unknown = faults.find(({ route }) => route !== undefined && !router.has(route));
    if (unknown !== undefined) throw new ControlError(`there is no route "${unknown.route}"`);
    this.controls.faults.install(faults);
  }

  /** Installs a set of disturbances: latency, lagging reads, and faults in addition to the installed ones. */
  usePreset(name: PresetName): void {
    const { latency, lag, faults } = presets[name];
    this.controls.latency = latency;
    this.controls.lag.milliseconds = lag;
    this.controls.faults.install(faults);
  }

  /** Sets for how long a new object cannot be read, in milliseconds. */
  setReplicationLag(milliseconds: number): void {
    this.controls.lag.milliseconds = milliseconds;
  }

  /** The users, groups and projects, as shown on the page at the root. */
  overview(): Overview {
    return overviewOf(this.controls.instance);
  }

  /** Removes all faults. */
  clearFaults(): void {
    this.controls.faults.clear();
  }

  /** The current limits. */
  limits(): Limits {
    return { throttle: this.controls.throttle.rule, ...this.controls.instance.limits.thresholds };
  }

  /** Sets the given limits. The others do not change. */
  setLimits(changes: Partial<Limits>): void {
    const { throttle, ...thresholds } = { ...this.limits(), ...changes };
    this.controls.throttle.rule = throttle;
    this.controls.instance.limits.thresholds = thresholds;
  }

  /** The complete state. It contains tokens only as digests. */
  state(): SandboxState {
    return structuredClone({ now: this.now(), ...this.controls.instance.store.dump() });
  }

  /** Replaces the complete state. From then on only the tokens of that state are valid. */
  loadState({ now, ...dump }: SandboxState): void {
    let store: Store;
    try {
      store = Store.load(dump);
    } catch {
      throw new ControlError("a state is what GET state answered");
    }
    this.setClock(now);
    this.controls.replaceStore(store);
  }

  /**
   * Starts a job of a project as a user, even one without the right to start it. Its token works until the job is
   * finished.
   * @param project by id or path
   * @param user by id or username
   * @throws ControlError for a project or user that does not exist
   */
  startJob(project: number | string, user: number | string): StartedJob {
    const { instance } = this.controls;
    const { projects, projectsByPath, users, usersByUsername } = instance.store;
    const place =
      typeof project === "number"
        ? projects.get(project)
        : projectsByPath.first(project.toLowerCase());
    const actor =
      typeof user === "number" ? users.get(user) : usersByUsername.first(user.toLowerCase());
    if (place === undefined) throw new ControlError(`there is no project "${project}"`);
    if (actor === undefined) throw new ControlError(`there is no user "${user}"`);
    const { job, token } = startJob(instance, place, actor);
    return { id: job.id, token };
  }

  /**
   * Finishes a job. Its token stops working.
   * @throws ControlError for a job that does not exist
   */
  finishJob(id: number): void {
    const job = this.controls.instance.store.jobs.get(id);
    if (job === undefined) throw new ControlError(`there is no job ${id}`);
    finishJob(this.controls.instance, job);
  }

  /** Sets how long a deleted user stays, blocked. Null keeps it until a purge. */
  setDeletionDelay(duration: string | null): void {
    const explanation = 'deletion takes {"delay":"PT10M"} or {"delay":null}';
    this.controls.instance.deletionDelay =
      duration === null ? null : durationOf(duration, explanation);
  }

  /** Removes all users that wait for deletion. Returns how many. */
  purge(): number {
    return purgeDeletedUsers(this.controls.instance, "all");
  }
}
