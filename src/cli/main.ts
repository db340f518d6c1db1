import complete from "@bomb.sh/tab/commander";
import { Command } from "commander";
import { adoptCommand } from "./commands/adopt";
import { alarmCommand } from "./commands/alarm";
import { auditCommand } from "./commands/audit";
import { calendarCommand } from "./commands/calendar";
import { doctorCommand } from "./commands/doctor";
import { installCommand, uninstallCommand } from "./commands/install";
import { leakCommand } from "./commands/leak";
import { membershipsCommand } from "./commands/memberships";
import { rotateCommand } from "./commands/night";
import { proveCommand } from "./commands/prove";
import { reviewCommand } from "./commands/review";
import { sandboxCommand } from "./commands/sandbox";
import { stacksCommand } from "./commands/stacks";
import { EXIT } from "./exit-codes";
import { VERSION } from "./version";

const program = new Command("glsa")
  .description("GitLab service accounts as code")
  .version(VERSION, "-v, --version")
  .showHelpAfterError()
  .addCommand(auditCommand())
  .addCommand(reviewCommand())
  .addCommand(rotateCommand())
  .addCommand(stacksCommand())
  .addCommand(alarmCommand())
  .addCommand(leakCommand())
  .addCommand(doctorCommand())
  .addCommand(adoptCommand())
  .addCommand(membershipsCommand())
  .addCommand(calendarCommand())
  .addCommand(installCommand())
  .addCommand(uninstallCommand())
  .addCommand(sandboxCommand())
  .addCommand(proveCommand());

complete(program);

program.parseAsync().catch((failure: unknown) => {
  process.stderr.write(`glsa: ${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exitCode = EXIT.failed;
});

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", (failure: NodeJS.ErrnoException) => {
  if (failure.code !== "EPIPE") throw failure;
});
