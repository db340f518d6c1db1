import { Command, Option } from "commander";
import { installProvider, type Installed } from "../install-provider";
import { VERSION } from "../version";

interface InstallArguments {
  readonly for: "user" | "folder";
  readonly folder: string;
  readonly json: boolean;
}

/** `glsa install`: the provider where Terraform and OpenTofu look for it. */
export function installCommand(): Command {
  return new Command("install")
    .description("put the provider where Terraform and OpenTofu find it without a registry")
    .addOption(
      new Option("--for <whom>", "one folder's terraform.d/plugins, or every run of this user")
        .choices(["user", "folder"])
        .default("user"),
    )
    .option("--folder <path>", "the folder, with --for folder", ".")
    .option("--json", "print what was done as JSON", false)
    .action((options: InstallArguments) => {
      const installed = installProvider(options.for === "user" ? undefined : options.folder);
      process.stdout.write(options.json ? `${JSON.stringify(installed)}\n` : forReading(installed));
    });
}

function forReading({ files, address }: Installed): string {
  return [
    ...files.map((file) => `Installed ${file}`),
    "",
    "Write into your configuration:",
    "",
    "  terraform {",
    "    required_providers {",
    "      glsa = {",
    `        source  = "${address}"`,
    `        version = "${VERSION}"`,
    "      }",
    "    }",
    "  }",
    "",
    "Then run terraform init, or tofu init.",
    "",
  ].join("\n");
}
