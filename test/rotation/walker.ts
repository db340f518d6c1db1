import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isUnknown } from "../../src/provider/contract";
import { Driver, type RunResult } from "../support/driver";
import { Checkpoint, Gate, type Mishap } from "../support/gate";
import { TestGitLab } from "../support/gitlab";
import { FOREIGN, NOTHING, POLICY, type Event, type Failure, type Kill } from "./machine-state";

/*
 * The same declaration, its two destinations and the same events as in the machine, but with the provider's own code, a
 * stand-in that is asked over HTTP, files and programs.
 */

type Values = Record<string, unknown>;
type Engine = ReturnType<Driver["snapshot"]>;

/** Tokens are numbered in the order of their creation, ages and the like are in whole days. */
export interface Sight {
  readonly alive: readonly {
    readonly id: number;
    readonly age: number;
    readonly used: number | null;
  }[];
  readonly present: number | null;
  readonly previous: readonly { readonly id: number; readonly revokeIn: number | null }[];
  readonly file: number;
  readonly command: number;
}

export interface Foreseen {
  readonly isMade: boolean;
  readonly retires: boolean;
}

interface Suspended {
  readonly driver: Driver;
  readonly wake: () => void;
  readonly ended: Promise<unknown>;
}

interface ListedToken {
  readonly id: number;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

const ADDRESS = "token";
const DAY = 86_400_000;
/** To which the server tells its time. */
const SECOND = 1000;
const NOON = "2027-01-01T12:00:00Z";
const CREATION = /^POST .*\/personal_access_tokens$/;
const REVOCATION = /^DELETE .*\/personal_access_tokens\/\d+$/;
const rotation = {
  every: `${POLICY.everyDays}d`,
  overlap: `${POLICY.overlapDays}d`,
  lifetime: `${POLICY.lifetimeDays}d`,
  quiet_for: `${POLICY.quietForDays}d`,
  max_hold: `${POLICY.maxHoldDays}d`,
};

/** What befalls the requests of one run. */
class Script extends Checkpoint {
  onRequest: (name: string) => Mishap | Promise<void> | undefined = () => undefined;
  onCreation: (token: { readonly id: number; readonly token: string }) => void = () => undefined;
  #reportDeath: () => void = () => undefined;

  constructor() {
    super(() => Promise.resolve());
  }

  override enter(name: string): Mishap | Promise<void> | undefined {
    return this.onRequest(name);
  }

  override answered(name: string, body: Buffer): void {
    if (CREATION.test(name)) this.onCreation(JSON.parse(body.toString()) as never);
  }

  override die(): void {
    this.isDead = true;
    this.#reportDeath();
  }

  death(): Promise<"dead"> {
    return new Promise((resolve) => (this.#reportDeath = () => resolve("dead")));
  }
}

export class Walker {
  private readonly folder = mkdtempSync(join(tmpdir(), "glsa-walk-"));
  private readonly made: { readonly id: number; readonly value: string }[] = [];
  private engine: Engine = new Map();
  private keeper = 0;
  /** What the last run that ended said. */
  said: readonly string[] = [];
  private asleep: Suspended | undefined;
  private readonly killed: Promise<unknown>[] = [];

  private constructor(
    private readonly gitlab: TestGitLab,
    private readonly script: Script,
    private readonly gate: Gate,
    private readonly account: { readonly group: number; readonly id: number },
    private hasCommand: boolean,
  ) {}

  /** A token that is made and delivered. */
  static async begin(hasCommand: boolean): Promise<Walker> {
    const gitlab = await TestGitLab.start({ now: NOON });
    const group = await gitlab.group("platform");
    const { id } = await gitlab.call<{ id: number }>("POST", `/groups/${group}/service_accounts`, {
      name: "bot",
      username: "bot",
    });
    const script = new Script();
    const gate = await Gate.before(gitlab.url, script);
    const walker = new Walker(gitlab, script, gate, { group, id }, hasCommand);
    await walker.run();
    return walker;
  }

  async close(): Promise<void> {
    this.asleep?.driver.stop();
    this.asleep?.wake();
    await this.asleep?.ended;
    await this.gate.close();
    // Only now do they hear that the server is gone.
    await Promise.allSettled(this.killed);
    await this.gitlab.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async happen(event: Event): Promise<void> {
    switch (event.kind) {
      case "night":
        await this.sleepADay();
        return this.night(event.kill, event.fails);
      case "missed":
        return this.sleepADay();
      case "keeper":
        return this.changeKeeper();
      case "command added":
      case "command removed":
        this.hasCommand = event.kind === "command added";
        return this.run();
      case "emptied":
        return rmSync(this.path("file"));
      case "overwritten":
        return writeFileSync(this.path("file"), "something of somebody else's");
      case "revoked by hand":
        return this.revoke(event.which);
      case "used":
        return this.use(event.which);
      case "asleep":
        await this.sleepADay();
        return this.suspend();
      case "awake":
        return this.resume();
    }
  }

  async see(): Promise<Sight> {
    const now = await this.now();
    const days = (moment: string) => Math.floor((now - Date.parse(moment)) / DAY);
    const alive = (await this.live()).map((token) => ({
      id: this.numberOf(token.id),
      age: days(token.created_at),
      used: token.last_used_at === null ? null : days(token.last_used_at),
    }));
    const state = this.driver().values(ADDRESS);
    const previous = (state?.["previous"] ?? []) as {
      token_id: number;
      revoke_at: string | null;
    }[];
    return {
      alive,
      present: state === undefined ? null : this.numberOf(state["token_id"] as number),
      previous: previous
        .map(({ token_id: id, revoke_at: at }) => ({
          id: this.numberOf(id),
          revokeIn: at === null ? null : Math.round((Date.parse(at) - now) / DAY) + 0,
        }))
        .filter(({ id }) => alive.some((token) => token.id === id)),
      file: this.contentOf("file"),
      command: this.contentOf("command"),
    };
  }

  /** What a plan says at this moment. */
  async plan(): Promise<Foreseen> {
    const { planned, actions } = await this.driver().plan();
    const values = planned.get(ADDRESS) ?? {};
    const isMade = isUnknown(values["token_id"]);
    return { isMade, retires: actions.get(ADDRESS) === "update" && isUnknown(values["previous"]) };
  }

  /** Whether the consumer's calls get through, with what each destination holds. */
  async serves(): Promise<boolean> {
    for (const name of this.hasCommand ? (["file", "command"] as const) : (["file"] as const)) {
      const value = existsSync(this.path(name)) ? readFileSync(this.path(name), "utf8") : "";
      if ((await this.gitlab.whoIs(value)) !== "bot") return false;
    }
    return true;
  }

  private path(name: string): string {
    return join(this.folder, name);
  }

  private contentOf(name: string): number {
    if (!existsSync(this.path(name))) return NOTHING;
    const value = readFileSync(this.path(name), "utf8");
    const at = this.made.findIndex((token) => token.value === value);
    return at === -1 ? FOREIGN : at + 1;
  }

  private numberOf(id: number): number {
    return this.made.findIndex((token) => token.id === id) + 1;
  }

  private sleepADay(): Promise<void> {
    return this.gitlab.control("POST", "clock", { advance: "P1D" });
  }

  private async now(): Promise<number> {
    const { headers } = await this.gitlab.ask("GET", "/version");
    return Date.parse(headers.get("date") ?? "") + SECOND;
  }

  private live(): Promise<ListedToken[]> {
    const query = `user_id=${this.account.id}&state=active&sort=created_asc&per_page=100`;
    return this.gitlab.call("GET", `/personal_access_tokens?${query}`);
  }

  /** Every run is a process of its own, which begins with what the engine has kept. */
  private driver(): Driver {
    const settings = { base_url: this.gate.url, token: this.gitlab.token, stack: "test" };
    const config = () => ({
      service_account_id: `group:${this.account.group}:${this.account.id}`,
      name: "ci",
      scopes: ["read_api", "read_user"],
      rotation,
      keepers: { at: String(this.keeper) },
      deliver_to: [
        { file: { path: this.path("file"), redeliver_missing: true, overwrite: true } },
        ...(this.hasCommand ? [{ command: this.command() }] : []),
      ],
    });
    const driver = new Driver(settings, [{ address: ADDRESS, type: "glsa_access_token", config }]);
    driver.restore(this.engine);
    return driver;
  }

  private command(): Values {
    const [target, before, after] = ["command", "broken before", "broken after"].map((name) =>
      JSON.stringify(this.path(name)),
    );
    const take = `IFS= read -r value; printf %s "$value" > ${target}`;
    return {
      argv: ["sh", "-c", `test ! -e ${before} || exit 1; ${take}; test ! -e ${after}`],
      remove_argv: ["rm", "-f", this.path("command")],
    };
  }

  private async night(kill?: Kill, fails?: Failure): Promise<void> {
    if (kill !== undefined) return this.killedRun(kill);
    if (fails === undefined) return this.run();
    const mend = this.break(fails);
    await this.run();
    mend();
  }

  /** Returns how to undo it. */
  private break(fails: Failure): () => void {
    if (fails === "file") return this.breakFile();
    const flag = this.path(fails === "command before" ? "broken before" : "broken after");
    writeFileSync(flag, "");
    return () => rmSync(flag);
  }

  /** Only after the check, so that a token is made. */
  private breakFile(): () => void {
    const [path, aside] = [this.path("file"), this.path("aside")];
    let isBroken = false;
    this.script.onRequest = (name) => {
      if (isBroken || !CREATION.test(name)) return undefined;
      isBroken = true;
      if (existsSync(path)) renameSync(path, aside);
      mkdirSync(path);
      return undefined;
    };
    return () => {
      if (!isBroken) return;
      rmSync(path, { recursive: true });
      if (existsSync(aside)) renameSync(aside, path);
    };
  }

  private async run(): Promise<void> {
    await this.finish(await this.started(this.driver()));
  }

  private started(driver: Driver): Promise<{ driver: Driver; result: RunResult }> {
    this.script.onCreation = ({ id, token }) => this.made.push({ id, value: token });
    return driver.apply().then((result) => ({ driver, result }));
  }

  private finish({
    driver,
    result,
  }: {
    readonly driver: Driver;
    readonly result: RunResult;
  }): void {
    this.said = result.diagnostics.map(({ code, summary }) => `${summary} [${code}]`);
    this.engine = driver.snapshot();
    driver.stop();
    this.script.onRequest = () => undefined;
  }

  private async changeKeeper(): Promise<void> {
    this.keeper++;
    const driver = this.driver();
    const { result } = await this.started(driver);
    const isRefused = result.diagnostics.some(({ code }) => code === "too-many-tokens");
    if (isRefused) this.keeper--;
    this.finish({ driver, result });
  }

  /** What a killed run has not written is lost. */
  private async killedRun(kill: Kill): Promise<void> {
    const before = { made: this.made.length, file: this.contentOf("file") };
    this.script.onRequest = (name) => this.fate(kill, name, before);
    const driver = this.driver();
    const death = this.script.death();
    const run = this.started(driver);
    const ended = await Promise.race([death, run]);
    const isKilled = ended === "dead" || (isLate(kill) && this.made.length > before.made);
    if (isKilled) {
      driver.stop();
      this.killed.push(run);
    } else this.finish(ended);
    this.script.onRequest = () => undefined;
    this.script.isDead = false;
  }

  private fate(
    kill: Kill,
    name: string,
    before: { readonly made: number; readonly file: number },
  ): Mishap | undefined {
    if (kill === "made" && CREATION.test(name)) return "dies_after";
    if (kill === "revoked" && REVOCATION.test(name)) return "dies_after";
    if (this.made.length === before.made) return undefined;
    if (kill === "delivered" && REVOCATION.test(name)) return "dies_before";
    if (kill !== "delivered to the file") return undefined;
    return this.contentOf("file") === this.made.length ? "dies_before" : undefined;
  }

  /** Stands still once the new token has been tried. */
  private async suspend(): Promise<void> {
    const before = this.made.length;
    let wake: () => void = () => undefined;
    const sleep = new Promise<void>((resolve) => (wake = resolve));
    const driver = this.driver();
    let ended: Promise<unknown> = Promise.resolve();
    const suspended = new Promise<"asleep">((resolve) => {
      this.script.onRequest = (name) => {
        if (this.made.length === before || name.endsWith("/self")) return undefined;
        this.script.onRequest = () => undefined;
        resolve("asleep");
        return sleep;
      };
    });
    const run = this.started(driver);
    ended = run;
    const first = await Promise.race([suspended, run]);
    if (first !== "asleep") return this.finish(first);
    this.asleep = { driver, wake, ended };
  }

  private async resume(): Promise<void> {
    const { asleep } = this;
    this.asleep = undefined;
    asleep?.wake();
    await asleep?.ended;
    asleep?.driver.stop();
  }

  private async revoke(which: "present" | "oldest"): Promise<void> {
    const { present, previous } = await this.see();
    const number = which === "present" ? present : previous[0]?.id;
    const token = this.made[(number ?? 0) - 1];
    await this.gitlab.call("DELETE", `/personal_access_tokens/${token?.id}`);
  }

  private async use(which: "delivered" | "old"): Promise<void> {
    const { alive, present, file, command } = await this.see();
    const held = [file, ...(this.hasCommand ? [command] : [])];
    const isUsed = (id: number) => (which === "delivered" ? held.includes(id) : id !== present);
    for (const { id } of alive.filter((token) => isUsed(token.id))) {
      await this.gitlab.whoIs(this.made[id - 1]?.value ?? "");
    }
  }
}

function isLate(kill: Kill): boolean {
  return kill === "delivered to the file" || kill === "delivered";
}
