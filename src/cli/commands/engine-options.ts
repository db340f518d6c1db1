import { Option, type Command } from "commander";
import type { EngineName } from "../../engine";
import { invalidOption } from "../invalid-option";

/** How commands that start an engine are told which, and on what. */
export interface EngineChoice {
  readonly engine?: EngineName;
  readonly stack?: string;
}

/** And how long to wait for the state. */
export interface EngineArguments extends EngineChoice {
  readonly lockTimeout: string;
}

export function withEngineChoice(command: Command): Command {
  const engines: readonly EngineName[] = ["terraform", "tofu", "pulumi"];
  return command
    .addOption(
      new Option(
        "--engine <name>",
        "default: found by the files of the folder and by PATH",
      ).choices(engines),
    )
    .option("--stack <name>", "a stack of Pulumi or CDKTF, or a workspace");
}

export function withEngineOptions(command: Command): Command {
  return withEngineChoice(command).option(
    "--lock-timeout <duration>",
    "how long to wait for the state's lock",
    parseDuration,
    "10m",
  );
}

function parseDuration(text: string): string {
  if (/^(\d+(s|m|h))+$/.test(text)) return text;
  throw invalidOption("It must be a duration, such as 90s, 10m or 1h.");
}
