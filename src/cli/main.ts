import { Command } from "commander";
import { installCommand } from "./commands/install";
import { sandboxCommand } from "./commands/sandbox";
import { VERSION } from "./version";

const EXIT_FAILED = 1;

const program = new Command("glsa")
  .description("GitLab service accounts as code")
  .version(VERSION)
  .showHelpAfterError()
  .addCommand(installCommand())
  .addCommand(sandboxCommand());

program.parseAsync().catch((failure: unknown) => {
  process.stderr.write(`glsa: ${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exitCode = EXIT_FAILED;
});
