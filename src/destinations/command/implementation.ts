import { printable, secrets } from "../../http";
import { parseTimeout } from "../../model";
import type {
  Delivered,
  Destination,
  DestinationHost,
  NewValue,
  Observation,
  Ownership,
} from "../destination";
import { DeliveryError } from "../errors";
import type { Settings } from "../record";
import type { command } from "./record";
import { isExecutable } from "./is-executable";
import { runProgram, type Ended } from "./run-program";
import { ownTokensOf, withoutTokens } from "./without-tokens";

export interface CommandOptions {
  /** Program and arguments; no shell is involved. The value comes on its standard input. */
  readonly argv: readonly string[];
  /** Run before a token is made; a non-zero exit refuses. */
  readonly checkArgv: readonly string[] | undefined;
  /** Run when the value is to be removed. */
  readonly removeArgv: readonly string[] | undefined;
  /** How long each of them may take. @default 60 seconds */
  readonly timeoutMilliseconds: number | undefined;
}

type Action = "deliver" | "check" | "remove";

interface Run {
  readonly action: Action;
  readonly argv: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
  /** Handed over on standard input. */
  readonly value?: string;
}

const DEFAULT_TIMEOUT = 60_000;
const LONGEST_LABEL = 80;

export function place(
  { argv, check_argv, remove_argv, timeout }: Settings<typeof command.attributes>,
  { gitlab }: DestinationHost,
): Destination {
  return new DeliveryCommand(
    {
      argv,
      checkArgv: check_argv ?? undefined,
      removeArgv: remove_argv ?? undefined,
      timeoutMilliseconds: parseTimeout(timeout),
    },
    gitlab.ownToken,
  );
}

/** A program of the user's own that takes the value to wherever it is used. */
export class DeliveryCommand implements Destination {
  readonly label: string;
  readonly address: string;
  readonly canRestore = false;
  /** It holds the provider's own credentials. */
  readonly #environment: NodeJS.ProcessEnv;
  readonly #ownTokens: readonly string[];

  constructor(
    private readonly options: CommandOptions,
    ownToken: string,
    environment: NodeJS.ProcessEnv = process.env,
  ) {
    this.#ownTokens = ownTokensOf(ownToken, environment);
    this.label = `command "${options.argv.join(" ").slice(0, LONGEST_LABEL)}"`;
    this.address = `command ${JSON.stringify(options.argv)}`;
    this.#environment = environment;
  }

  async check({ key }: Ownership): Promise<void> {
    await this.foresee();
    const { checkArgv } = this.options;
    if (checkArgv === undefined) return;
    await this.run({ action: "check", argv: checkArgv, facts: { GLSA_KEY: key } });
  }

  /** What a program does is not known, so that plans run none. */
  async foresee(): Promise<void> {
    await this.checkProgram("argv", this.options.argv);
    const { checkArgv } = this.options;
    if (checkArgv !== undefined) await this.checkProgram("check_argv", checkArgv);
  }

  async deliver({ value, tokenId, marker }: NewValue): Promise<undefined> {
    const facts = {
      GLSA_KEY: marker.key,
      GLSA_GENERATION: String(marker.generation),
      GLSA_TOKEN_ID: String(tokenId),
    };
    await this.run({ action: "deliver", argv: this.options.argv, facts, value });
  }

  async observe(): Promise<Observation> {
    return { kind: "not_comparable" };
  }

  /** There are none. */
  async applySettings(): Promise<void> {}

  async remove({ tokenId }: Delivered): Promise<void> {
    const { removeArgv } = this.options;
    if (removeArgv === undefined) return;
    const facts = { GLSA_TOKEN_ID: String(tokenId) };
    await this.run({ action: "remove", argv: removeArgv, facts });
  }

  private async run({ action, argv, facts, value = "" }: Run): Promise<void> {
    const timeout = this.options.timeoutMilliseconds ?? DEFAULT_TIMEOUT;
    const ended = await runProgram({
      argv,
      environment: {
        ...withoutTokens(this.#environment, this.#ownTokens),
        ...facts,
        GLSA_ACTION: action,
      },
      input: value,
      timeout,
    });
    if (ended.kind === "exited" && ended.code === 0) return;
    const output = lastWords(ended.output, value);
    throw new DeliveryError(
      this.label,
      `${action}: ${howItEnded(ended, timeout)}${output === "" ? "" : `. It said:\n${output}`}`,
      REMEDIES[action],
      { mayHoldValue: action === "deliver" && ended.kind !== "not_started" },
    );
  }

  private async checkProgram(attribute: string, [program = ""]: readonly string[]): Promise<void> {
    if (await isExecutable(program, this.#environment["PATH"] ?? "")) return;
    throw new DeliveryError(
      this.label,
      program === ""
        ? `${attribute} is empty`
        : `${attribute}: there is no program "${program}" that may be run`,
      "Write a program that is in PATH, or the path of an executable file; a relative path begins where the engine runs.",
      { isLocal: true },
    );
  }
}

const REMEDIES: Readonly<Record<Action, string>> = {
  check: "Correct what the command reports; no token was created.",
  deliver:
    "Correct what the command reports, and apply again: it then receives a new token. What it did with this one is unknown.",
  remove: "Correct what the command reports, or remove the value by hand.",
};

function howItEnded(ended: Ended, timeout: number): string {
  switch (ended.kind) {
    case "not_started":
      return `it could not be started: ${ended.reason}`;
    case "timed_out":
      return `it took longer than ${timeout / 1000} s and was ended`;
    case "signalled":
      return `it was ended by ${ended.signal}`;
    case "exited":
      return `it exited with ${ended.code}`;
  }
}

const MOST_LINES = 10;
const LONGEST_WORDS = 2000;

function lastWords({ stderr, stdout }: Ended["output"], value: string): string {
  const text = stderr.trim() === "" ? stdout : stderr;
  // Colours and cursor movements may also stand inside the value.
  const lines = secrets.hide(printable(text), [value]).trim().split("\n");
  return lines.slice(-MOST_LINES).join("\n").slice(-LONGEST_WORDS);
}
