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

/** A job that runs. */
export interface StartedJob {
  /** Its number. */
  readonly id: number;
  /** Its token, `CI_JOB_TOKEN` in a job. */
  readonly token: string;
}

/** Steers a stand-in from the process it runs in, as the calls below `/-/sandbox/` do from any. */
export class SandboxControl {
  constructor(private readonly controls: Controls) {}

  /** What was asked since the start or the last clearing: counted by route, and the last requests in order. */
  requests(): RequestSummary {
    return this.controls.log.summary();
  }

  /** Empties the log of requests. */
  clearRequests(): void {
    this.controls.log.clear();
  }

  /** The stand-in's time, as GitLab prints it. */
  now(): string {
    return this.controls.clock.now();
  }

  /**
   * Moves the clock on; it goes on ticking from there.
   * @param duration such as `P30D` or `PT10M`
   * @returns the time after that, as GitLab prints it
   * @throws ControlError for what is no duration
   */
  advanceClock(duration: string): string {
    const { clock } = this.controls;
    const explanation = 'a clock takes {"advance":"P30D"} or {"set":"<instant>"}';
    return this.setClock(new Date(clock.milliseconds() + durationOf(duration, explanation)));
  }

  /**
   * Sets the clock, forwards or back; it goes on ticking from there.
   * @returns the time after that, as GitLab prints it
   * @throws ControlError for what is no instant
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

  /** Back to a fresh start; the administrator's token stays the same. */
  reset(): void {
    this.controls.reset();
  }

  /** How long every answer is held back from now on. */
  setLatency(latency: Latency): void {
    this.controls.latency = latency;
  }

  /** The installed faults, each with the number of requests it has seen. */
  faults(): InstalledFault[] {
    return this.controls.faults.list();
  }

  /**
   * Adds faults to those that are installed.
   * @throws ControlError for a route that does not exist
   */
  installFaults(...faults: readonly Fault[]): void {
    const { router } = this.controls;
    const unknown = faults.find(({ route }) => route !== undefined && !router.has(route));
    if (unknown !== undefined) throw new ControlError(`there is no route "${unknown.route}"`);
    this.controls.faults.install(faults);
  }

  /** Disturbances that come together: latency, lagging reads, and faults beside those that are installed. */
  usePreset(name: PresetName): void {
    const { latency, lag, faults } = presets[name];
    this.controls.latency = latency;
    this.controls.lag.milliseconds = lag;
    this.controls.faults.install(faults);
  }

  /** For how long after its creation a thing cannot be read, in milliseconds. */
  setReplicationLag(milliseconds: number): void {
    this.controls.lag.milliseconds = milliseconds;
  }

  /** What is there and who is who, as the page at the root shows it. */
  overview(): Overview {
    return overviewOf(this.controls.instance);
  }

  /** Removes all faults. */
  clearFaults(): void {
    this.controls.faults.clear();
  }

  /** The limits as they are. */
  limits(): Limits {
    return { throttle: this.controls.throttle.rule, ...this.controls.instance.limits.thresholds };
  }

  /** Sets the limits given, and leaves the others. */
  setLimits(changes: Partial<Limits>): void {
    const { throttle, ...thresholds } = { ...this.limits(), ...changes };
    this.controls.throttle.rule = throttle;
    this.controls.instance.limits.thresholds = thresholds;
  }

  /** Everything the stand-in knows. Of tokens, only digests are in it. */
  state(): SandboxState {
    return structuredClone({ now: this.now(), ...this.controls.instance.store.dump() });
  }

  /** From then on the tokens of the state are valid, and no others. */
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
   * Starts a job of a project as a user, who need not be able to start one. Its token works until the job is finished.
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
   * Finishes a job, whose token works no longer.
   * @throws ControlError for a job that does not exist
   */
  finishJob(id: number): void {
    const job = this.controls.instance.store.jobs.get(id);
    if (job === undefined) throw new ControlError(`there is no job ${id}`);
    finishJob(this.controls.instance, job);
  }

  /** How long a deleted user stays, blocked; null waits for a purge. */
  setDeletionDelay(duration: string | null): void {
    const explanation = 'deletion takes {"delay":"PT10M"} or {"delay":null}';
    this.controls.instance.deletionDelay =
      duration === null ? null : durationOf(duration, explanation);
  }

  /** Removes all users that wait for it; tells how many. */
  purge(): number {
    return purgeDeletedUsers(this.controls.instance, "all");
  }
}
