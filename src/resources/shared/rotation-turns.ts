import { solitaryLedger, type Ledger } from "../../run";

const TOPIC = "rotation-turn";

/** Lets so many objects of one run rotate because they are due, in all provider configurations together. */
export class RotationTurns {
  private readonly own = new Set<string>();
  /** Turns are numbered from 1. Those below were taken. */
  private next = 1;

  constructor(
    private readonly ledger: Ledger = solitaryLedger(),
    private readonly instance = "",
  ) {}

  /** Whether a turn is left for an object. Says the same whenever the run asks again. */
  take(id: string, limit: number): boolean {
    const object = this.ledger.sealed(`${this.instance} ${id}`);
    if (this.own.has(object) || this.ledger.shared(TOPIC).includes(object)) return true;
    // Where the configurations cannot hear each other, each is limited by itself.
    if (this.own.size >= limit) return false;
    while (this.next <= limit) {
      const turn = `${this.instance} ${TOPIC} ${this.next}`;
      this.next += 1;
      if (!this.ledger.isFirst(turn)) continue;
      this.own.add(object);
      this.ledger.share(TOPIC, object);
      return true;
    }
    return false;
  }
}
