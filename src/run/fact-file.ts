import { createHash } from "node:crypto";
import { openSync, readSync, writeSync } from "node:fs";

/** Equal values have equal hashes, and the file does not reveal what they were: a command's arguments for instance. */
export function seal(value: string): string {
  return createHash("sha256").update(value).digest("base64url").slice(0, 27);
}

/** One process's facts, a line each. Only that process writes, and it only appends. */
export class FactWriter {
  private readonly file: number;
  /** True while the last line may be incomplete: on a full disk. */
  private isTorn = false;

  constructor(path: string) {
    // Fails if anything exists there, links included.
    this.file = openSync(path, "ax", 0o600);
  }

  write(sign: "+" | "-", topic: string, value: string, at: bigint): void {
    const begin = this.isTorn ? "\n" : "";
    const line = Buffer.from(`${begin}${sign} ${topic} ${seal(value)} ${at}\n`);
    this.isTorn = true;
    for (let done = 0; done < line.length;) done += writeSync(this.file, line, done);
    this.isTorn = false;
  }
}

/** Any other line is incomplete. */
const LINE = /^([+-]) ([a-z-]+) ([\w-]{27}) (\d+)$/;

const buffer = Buffer.alloc(64 * 1024);

/** The facts of another process, as far as they are written by now. */
export class FactReader {
  private readonly topics = new Map<string, Map<string, bigint>>();
  private readonly file: number;
  private position = 0;
  /** A line of which only the beginning was written. */
  private rest = "";

  constructor(path: string) {
    this.file = openSync(path, "r");
  }

  /** Hashed values by topic, with the time at which they were reported. */
  facts(topic: string): ReadonlyMap<string, bigint> {
    this.readOn();
    return this.topics.get(topic) ?? new Map<string, bigint>();
  }

  private readOn(): void {
    for (;;) {
      const count = readSync(this.file, buffer, 0, buffer.length, this.position);
      if (count === 0) return;
      this.position += count;
      const lines = (this.rest + buffer.toString("latin1", 0, count)).split("\n");
      this.rest = lines.pop() ?? "";
      for (const line of lines) this.take(line);
    }
  }

  private take(line: string): void {
    const [, sign, topic, value = "", at = "0"] = LINE.exec(line) ?? [];
    if (topic === undefined) return;
    const facts = this.topics.get(topic) ?? new Map<string, bigint>();
    this.topics.set(topic, facts);
    if (sign === "-") facts.delete(value);
    else if (!facts.has(value)) facts.set(value, BigInt(at));
  }
}
