import { serverText } from "../../http";
import { isRecord, jsonObject, parseTimeout } from "../../model";
import { isExecutable } from "../command/is-executable";
import { runProgram } from "../command/run-program";
import { ownTokensOf, withoutTokens } from "../command/without-tokens";
import type {
  Delivered,
  Destination,
  DestinationHost,
  NewValue,
  Observation,
  Ownership,
  Restore,
} from "../destination";
import { DeliveryError } from "../errors";
import { canonicalSetting } from "../format/record";
import type { Settings } from "../record";
import type { executable } from "./record";

type ExecutableSettings = Settings<typeof executable.attributes>;
type Action = "check" | "deliver" | "observe" | "restore" | "remove" | "applySettings";
type Values = Readonly<Record<string, unknown>>;

/** Raised when an executable that knows only the version before could misunderstand what it reads. */
const VERSION = 1;

export function place(settings: ExecutableSettings, { gitlab }: DestinationHost): Destination {
  return new ExecutableDestination(settings, gitlab.ownToken);
}

/** Speaks the protocol of docs/add-a-destination.md: one run for each action, JSON on standard input and output. */
export class ExecutableDestination implements Destination {
  readonly label: string;
  readonly address: string;
  /** What the executable said of it in `check`. */
  canRestore = false;
  private readonly program: string;
  /** They hold the provider's own credentials. */
  readonly #environment: NodeJS.ProcessEnv;
  readonly #ownTokens: readonly string[];

  constructor(
    private readonly settings: ExecutableSettings,
    ownToken: string,
    environment: NodeJS.ProcessEnv = process.env,
  ) {
    this.#environment = environment;
    this.#ownTokens = ownTokensOf(ownToken, environment);
    this.program = `glsa-destination-${settings.name}`;
    const place = JSON.stringify(canonicalSetting("settings", settings.settings ?? {}));
    this.label = `destination "${settings.name}" ${place}`;
    this.address = `executable ${settings.name} ${place}`;
  }

  async check({ key, deliveredBefore }: Ownership): Promise<void> {
    if (!(await isExecutable(this.program, this.#environment["PATH"] ?? ""))) {
      throw new DeliveryError(
        this.label,
        `there is no program "${this.program}" in PATH that may be run`,
        "Install it where the engine runs, or correct name.",
        { isLocal: true },
      );
    }
    const { overwrite } = this.settings;
    const answer = await this.run("check", { key, deliveredBefore, overwrite });
    this.canRestore = answer["canRestore"] === true;
  }

  async deliver({
    value,
    entries,
    tokenId,
    marker,
    expiresAt,
  }: NewValue): Promise<Restore | undefined> {
    const { key, generation } = marker;
    const told = { value, entries, tokenId, key, generation, expiresAt };
    const { restore } = await this.run("deliver", told, value);
    if (restore === undefined || restore === null) return undefined;
    return async () => void (await this.run("restore", { restore, tokenId }, value));
  }

  async observe(delivered: Delivered): Promise<Observation> {
    const { kind } = await this.run("observe", delivered);
    const kinds = ["unchanged", "value_changed", "missing", "not_comparable"] as const;
    const known = kinds.find((each) => each === kind);
    if (known !== undefined) return { kind: known };
    throw this.failure("observe", `it returned no kind that is one of ${kinds.join(", ")}`);
  }

  async applySettings(): Promise<void> {
    await this.run("applySettings", {});
  }

  async remove(delivered: Delivered): Promise<void> {
    await this.run("remove", delivered);
  }

  private async run(action: Action, told: object, value = ""): Promise<Values> {
    const { settings } = this.settings;
    const ended = await runProgram({
      argv: [this.program],
      environment: withoutTokens(this.#environment, this.#ownTokens),
      input: JSON.stringify({ version: VERSION, action, settings: settings ?? {}, ...told }),
      timeout: parseTimeout(this.settings.timeout) ?? 60_000,
    });
    const answer = jsonObject(ended.output.stdout);
    const error = isRecord(answer?.["error"]) ? answer["error"] : undefined;
    if (ended.kind === "exited" && ended.code === 0 && answer !== undefined && !error)
      return answer;
    const words = textOf(error?.["message"]) ?? ended.output.stderr.trim().split("\n").at(-1) ?? "";
    const how = ended.kind === "exited" ? `exit ${ended.code}` : ended.kind.replace("_", " ");
    const said = serverText(words, [value]);
    const isUntouched = error?.["unchanged"] === true || ended.kind === "not_started";
    throw this.failure(action, `${said || "it returned no JSON object"} (${how})`, {
      remedy: textOf(error?.["remedy"]),
      mayHoldValue: action === "deliver" && !isUntouched,
      isLocal: error?.["local"] === true,
    });
  }

  private failure(
    action: Action,
    words: string,
    {
      remedy,
      ...more
    }: { remedy?: string | undefined; mayHoldValue?: boolean; isLocal?: boolean } = {},
  ): DeliveryError {
    const advice = remedy === undefined ? `Correct what ${this.program} says.` : serverText(remedy);
    return new DeliveryError(this.label, `${action}: ${words}`, advice, more);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
