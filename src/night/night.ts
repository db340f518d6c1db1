import { EngineFailure, EngineStopped, type Engine, type SavedPlan } from "../engine";
import { utcDate } from "../model";
import { otherThanRotations, readDuePlan, type Change, type DuePlan, type Review } from "../review";
import { changesAnything, othersSentence, sentenceOf, shown } from "../review/outputs";
import { chosenOf, isMeant, type Choice } from "./choice";
import {
  NOTHING_ELSE,
  type DoneToken,
  type LeftReason,
  type LeftToken,
  type NightEnd,
  type NightReport,
  type NightToken,
  type WaitingChange,
} from "./report";

export interface NightOptions extends Choice {
  /** Plans, and applies nothing. */
  readonly isDryRun: boolean;
  /** First makes the folder ready for the engine. */
  readonly withInit: boolean;
}

/**
 * Applies what is due and nothing else. A plan that holds only that is applied as it is. Beside something else, what is
 * due is planned by itself, all at once; where that takes something along, each token alone.
 */
export async function rotateWhatIsDue(engine: Engine, options: NightOptions): Promise<NightReport> {
  const night = new Night(engine, options);
  try {
    await night.run();
  } catch (failure) {
    if (!(failure instanceof EngineFailure || failure instanceof EngineStopped)) throw failure;
    night.failure = failure.message;
  } finally {
    engine.close();
  }
  return night.report();
}

/** Told of what was already done: replaced tokens in use, tokens that a killed run left. */
const OBSERVED: readonly Change["kind"][] = ["revocation-held", "strays-found"];

/** Due, and left by the policy's limit for a run. */
const POSTPONED: Change["kind"] = "rotation-waits";

interface Attempt {
  readonly kind: "done" | "nothing" | "takes-along" | "failed" | "stopped";
  /** What it would take along, a line each. */
  readonly others: readonly string[];
}

class Night {
  failure: string | null = null;
  private readonly done: DoneToken[] = [];
  private readonly left: LeftToken[] = [];
  private whole: Review | undefined;
  private isAppliedWhole = false;

  constructor(
    private readonly engine: Engine,
    private readonly options: NightOptions,
  ) {}

  async run(): Promise<void> {
    if (this.options.withInit) await this.engine.init();
    const { plan, read } = await this.plan([]);
    this.whole = read.review;
    const tokens = tokensOf(read.review);
    const due = read.targets.map((address) => tokens.get(address) ?? unnamed(address));
    const { targets, beyond } = chosenOf(due, this.options);
    for (const token of this.changesWith(({ kind }) => kind === POSTPONED))
      if (isMeant(token, this.options.only)) this.leave(token, "limit");
    const isAll = targets.length === due.length;
    if (isAll && isOnlyDue(read.review)) {
      this.isAppliedWhole = true;
      if (changesAnything(read.review)) await this.apply(plan, read.review);
      return;
    }
    for (const address of read.edited) {
      const token = tokens.get(address) ?? unnamed(address);
      if (isMeant(token, this.options.only)) this.leave(token, "edited");
    }
    for (const token of beyond) this.leave(token, "limit");
    await this.rotate(targets);
  }

  report(): NightReport {
    const { done, left, failure } = this;
    const waiting = this.waiting();
    const others = this.isAppliedWhole ? NOTHING_ELSE : (this.whole?.others ?? NOTHING_ELSE);
    return {
      engine: this.engine.name,
      isDryRun: this.options.isDryRun,
      end: endOf({ done, left, waiting, others, failure }),
      done,
      left,
      waiting,
      held: this.changesWith(({ kind }) => OBSERVED.includes(kind)),
      others,
      failure,
    };
  }

  /** All at once; where that cannot be, each alone, so that one does not keep the others. */
  private async rotate(targets: readonly NightToken[]): Promise<void> {
    const [first, ...more] = targets;
    if (first === undefined) return;
    const together = await this.attempt(targets);
    if (together.kind === "done" || together.kind === "nothing") return;
    if (together.kind === "stopped") return this.stopped(targets);
    if (more.length === 0) return this.settle(first, together, false);
    for (const [index, token] of targets.entries()) {
      const alone = await this.attempt([token]);
      if (alone.kind === "stopped") return this.stopped(targets.slice(index));
      this.settle(token, alone, together.kind === "failed");
    }
  }

  private settle(token: NightToken, { kind, others }: Attempt, wasBegun: boolean): void {
    if (kind === "takes-along" || kind === "failed")
      this.left.push({ ...token, reason: kind, others });
    // The apply of all of them failed after this one was done.
    if (kind !== "nothing" || !wasBegun || this.whole === undefined) return;
    this.done.push(...doneBy(this.whole).filter(({ address }) => address === token.address));
  }

  private stopped(targets: readonly NightToken[]): void {
    for (const token of targets) this.leave(token, "stopped");
  }

  private async attempt(targets: readonly NightToken[]): Promise<Attempt> {
    try {
      const { plan, read } = await this.plan(targets.map(({ address }) => address));
      const others = othersIn(read.review);
      if (others.length > 0) return { kind: "takes-along", others };
      if (!changesAnything(read.review)) return { kind: "nothing", others };
      await this.apply(plan, read.review);
      return { kind: "done", others };
    } catch (failure) {
      if (failure instanceof EngineStopped) return { kind: "stopped", others: [] };
      if (!(failure instanceof EngineFailure)) throw failure;
      return { kind: "failed", others: [] };
    }
  }

  private async plan(targets: readonly string[]): Promise<{ plan: SavedPlan; read: DuePlan }> {
    const plan = await this.engine.plan(targets);
    const read = readDuePlan(plan.json, { today: utcDate(new Date()) });
    if (read.review.errored) {
      throw new EngineFailure(`${this.engine.command} plan`, "failed half-way");
    }
    return { plan, read };
  }

  private async apply(plan: SavedPlan, review: Review): Promise<void> {
    if (!this.options.isDryRun) await plan.apply();
    this.done.push(...doneBy(review));
  }

  private leave({ address, account, object }: NightToken, reason: LeftReason): void {
    this.left.push({ address, account, object, reason, others: [] });
  }

  private waiting(): WaitingChange[] {
    if (this.isAppliedWhole) return [];
    const isTold = new Set(this.left.map(({ address }) => address));
    return this.changesWith(({ effect }) => effect !== "routine").filter(
      ({ address }) => !isTold.has(address),
    );
  }

  private changesWith(isMeantChange: (change: Change) => boolean): WaitingChange[] {
    return (this.whole?.accounts ?? []).flatMap(({ account, changes }) =>
      changes.filter(isMeantChange).map((change) => ({
        address: change.address,
        account,
        object: change.object,
        change,
      })),
    );
  }
}

type Outcome = Pick<NightReport, "done" | "left" | "waiting" | "others" | "failure">;

function endOf({ done, left, waiting, others, failure }: Outcome): NightEnd {
  if (failure !== null || left.some(({ reason }) => reason !== "limit")) return "failed";
  const isOpen = left.length > 0 || waiting.length > 0;
  if (isOpen || Object.values(others).some((count) => count > 0)) return "waiting";
  return done.length > 0 ? "done" : "nothing";
}

function isOnlyDue(review: Review): boolean {
  return othersIn(review).length === 0;
}

/** What is no rotation, a line each. */
function othersIn(review: Review): string[] {
  const changes = otherThanRotations(review).map(
    (change) => `${shown(change.address, "line")}: ${sentenceOf(change, "line")}`,
  );
  const others = othersSentence(review.others);
  return others === undefined ? changes : [...changes, others];
}

function tokensOf({ accounts }: Review): Map<string, NightToken> {
  return new Map(
    accounts.flatMap(({ account, changes }) =>
      changes.map(({ address, object }) => [address, { address, account, object }] as const),
    ),
  );
}

/** A token that changes in nothing that a review has a sentence for. */
function unnamed(address: string): NightToken {
  return { address, account: "", object: "" };
}

function doneBy({ accounts }: Review): DoneToken[] {
  return accounts.flatMap(({ account, changes }) => {
    const applied = changes.filter(({ kind }) => ![...OBSERVED, POSTPONED].includes(kind));
    const addresses = [...new Set(applied.map(({ address }) => address))];
    return addresses.map((address) => {
      const own = applied.filter((change) => change.address === address);
      return { address, account, object: own[0]?.object ?? "", changes: own };
    });
  });
}
