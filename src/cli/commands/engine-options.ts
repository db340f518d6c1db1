import { Option, type Command } from "commander";
import type { EngineName } from "../../engine";
import { invalidOption } from "../invalid-option";

/** How commands that start an engine are told which, on what, and how long to wait for the state. */
export interface EngineArguments {
  readonly engine?: EngineName;
  readonly stack?: string;
  readonly lockTimeout: string;
}

export function withEngineOptions(command: Command): Command {
  const engines: readonly EngineName[] = ["terraform", "tofu", "pulumi"];
  return command
    .addOption(
      new Option("--engine <name>", "default: what the folder and PATH say").choices(engines),
    )
    .option("--stack <name>", "a stack of Pulumi or CDKTF, or a workspace")
    .option(
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
