import { Pieces } from "./redact";

/** What stands where a secret stood. */
export const HIDDEN = "[secret]";
/** Anything shorter is no credential, and may be a part of any word. */
const SHORTEST_SECRET = 4;

/** Hides what must never be shown, as soon as it is known. */
export class Secrets {
  private readonly pieces = new Pieces();
  private readonly known = new Set<string>();
  /** Spelt out when something is hidden for the first time, which most runs never need. */
  private waiting: string[] = [];

  add(...values: readonly string[]): void {
    for (const value of values) {
      if (value.length < SHORTEST_SECRET || this.known.has(value)) continue;
      this.known.add(value);
      this.waiting.push(value);
    }
  }

  /** What a header carries: beside the whole also the credential in it, and of a Basic one its parts. */
  addHeader(value: string): void {
    this.add(value);
    const [, scheme = "", credential = ""] = /^\s*(\S+)\s+(\S+)\s*$/.exec(value) ?? [];
    this.add(credential);
    if (scheme.toLowerCase() !== "basic") return;
    const pair = Buffer.from(credential, "base64").toString();
    this.add(pair, pair.slice(pair.indexOf(":") + 1));
  }

  /** @param also values that are secret in this text alone */
  hide(text: string, also: readonly string[] = []): string {
    for (const value of this.waiting) this.pieces.add(value);
    this.waiting = [];
    const hidden = this.pieces.hide(text, HIDDEN);
    const others = also.filter(({ length }) => length >= SHORTEST_SECRET);
    if (others.length === 0) return hidden;
    const pieces = new Pieces();
    for (const value of others) pieces.add(value);
    return pieces.hide(hidden, HIDDEN);
  }
}

/** Every secret of this process: one that a run learned in one place may come back in any answer. */
export const secrets = new Secrets();
