import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beginningOfProcess, sharedClock } from "./clock";
import { identify, isAlive, type ProcessIdentity } from "./engine-process";
import { FactReader, FactWriter, seal } from "./fact-file";
import type { Ledger } from "./ledger";
import { messageOf } from "./message";

/** A process that joined a walk. The file of its facts is `WALK.PID.START`. */
interface Participant extends ProcessIdentity {
  readonly walk: number;
  readonly file: string;
}

/** What a process of the run reported, in its walk. */
interface OtherProcess {
  readonly walk: number;
  readonly reader: FactReader;
}

/**
 * Facts in a folder of the run, a file per process, without a lock: each process writes its own file and reads the
 * others'. The facts of a killed process remain, and stay true for its walk.
 * Engines tell no process which walk it belongs to. But they begin no walk before every provider of the previous one
 * has ended: a process that began while another one lived belongs to its walk; one that began alone begins the next.
 */
export class SharedLedger implements Ledger {
  private readonly walk: number;
  private readonly file: string;
  private readonly writer: FactWriter;
  private readonly others = new Map<string, OtherProcess>();
  private readonly asked = new Set<string>();
  private readonly texts = new Map<string, string>();
  private failure: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly toldByOrder: () => boolean,
    private readonly self: ProcessIdentity = identify(process.pid),
    began: bigint = beginningOfProcess(),
  ) {
    this.walk = walkOf(folder, began);
    this.file = `${this.walk}.${self.pid}.${self.start}`;
    this.writer = new FactWriter(join(folder, this.file));
  }

  tell(topic: string, value: string): void {
    this.attempt(undefined, () => this.writer.write("+", topic, value, this.now()));
  }

  retract(topic: string, value: string): void {
    this.attempt(undefined, () => this.writer.write("-", topic, value, this.now()));
  }

  heard(topic: string, value: string): bigint | undefined {
    const sealed = seal(value);
    const moments = this.factsOfOthers(topic).flatMap((facts) => facts.get(sealed) ?? []);
    return moments.sort((left, right) => (left < right ? -1 : 1))[0];
  }

  heardAll(topic: string): ReadonlySet<string> {
    return new Set(this.factsOfOthers(topic).flatMap((facts) => [...facts.keys()]));
  }

  heardInRun(topic: string, value: string): boolean {
    const sealed = seal(value);
    return this.attempt(true, () =>
      this.processes().some(({ reader }) => reader.facts(topic).has(sealed)),
    );
  }

  sealed(value: string): string {
    return seal(value);
  }

  share(topic: string, text: string): void {
    const path = join(this.folder, `${sharedPrefix(topic)}${seal(text)}`);
    // A reader finds all of it or nothing.
    const draft = join(this.folder, `draft-${this.file}`);
    this.attempt(undefined, () => {
      writeFileSync(draft, text, { mode: 0o600 });
      renameSync(draft, path);
    });
  }

  shared(topic: string): readonly string[] {
    const prefix = sharedPrefix(topic);
    return this.attempt([], () =>
      readdirSync(this.folder)
        .filter((name) => name.startsWith(prefix))
        .sort()
        .map((name) => this.sharedText(name)),
    );
  }

  /** The file's name is derived from its text, so that it is read once. */
  private sharedText(name: string): string {
    const known = this.texts.get(name);
    if (known !== undefined) return known;
    const text = readFileSync(join(this.folder, name), "utf8");
    this.texts.set(name, text);
    return text;
  }

  isFirst(what: string): boolean {
    if (this.asked.has(what)) return false;
    this.asked.add(what);
    return this.attempt(true, () => isNewFile(join(this.folder, `once-${seal(what)}`)));
  }

  get orderTells(): boolean {
    return this.toldByOrder();
  }

  get trouble(): string | undefined {
    return this.failure;
  }

  now(): bigint {
    return sharedClock();
  }

  /** The process is about to end, and keeps no walk open any longer. */
  end(): void {
    const { pid, start } = this.self;
    writeFileSync(join(this.folder, `ended.${pid}.${start}.${this.now()}`), "", { mode: 0o600 });
  }

  private factsOfOthers(topic: string): ReadonlyMap<string, bigint>[] {
    return this.attempt([], () =>
      this.processes().flatMap(({ walk, reader }) =>
        walk === this.walk ? [reader.facts(topic)] : [],
      ),
    );
  }

  /** The checks over a run protect from mistakes. Their failure is reported, and does not fail a run. */
  private attempt<T>(otherwise: T, work: () => T): T {
    try {
      return work();
    } catch (cause) {
      this.failure ??= messageOf(cause);
      return otherwise;
    }
  }

  /** All others of the run. */
  private processes(): OtherProcess[] {
    for (const { walk, file } of participantsAmong(readdirSync(this.folder))) {
      if (file === this.file || this.others.has(file)) continue;
      this.others.set(file, { walk, reader: new FactReader(join(this.folder, file)) });
    }
    return [...this.others.values()];
  }
}

function sharedPrefix(topic: string): string {
  return `shared-${topic}-`;
}

function walkOf(folder: string, began: bigint): number {
  const names = readdirSync(folder);
  const found = participantsAmong(names);
  const ends = endsAmong(names);
  const last = Math.max(0, ...found.map(({ walk }) => walk));
  const isOpen = found.some((one) => {
    const ended = ends.get(`${one.pid}.${one.start}`);
    return one.walk === last && (ended === undefined ? isAlive(one) : ended > began);
  });
  return isOpen ? last : last + 1;
}

function participantsAmong(names: readonly string[]): Participant[] {
  return names.flatMap((file) => {
    const [, walk, pid, start = ""] = /^(\d+)\.(\d+)\.(\w+)$/.exec(file) ?? [];
    return walk === undefined ? [] : { walk: Number(walk), pid: Number(pid), start, file };
  });
}

/** When processes reported their end. */
function endsAmong(names: readonly string[]): ReadonlyMap<string, bigint> {
  const ends = new Map<string, bigint>();
  for (const name of names) {
    const [, identity, at = "0"] = /^ended\.(\d+\.\w+)\.(\d+)$/.exec(name) ?? [];
    if (identity !== undefined) ends.set(identity, BigInt(at));
  }
  return ends;
}

function isNewFile(path: string): boolean {
  try {
    writeFileSync(path, "", { flag: "wx", mode: 0o600 });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}
