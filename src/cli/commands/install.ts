import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Command, Option } from "commander";
import { installProvider, type Installed } from "../install-provider";
import { VERSION } from "../version";
import { CodedError } from "../../model/code";

interface InstallArguments {
  readonly for: "user" | "folder";
  readonly folder: string;
  readonly pulumi: boolean;
  readonly json: boolean;
}

/** The name under which Pulumi looks for the provider. */
const PULUMI_EXECUTABLE = "pulumi-resource-glsa";

/** `glsa install`: the provider where Terraform and OpenTofu look for it; for Pulumi, where to tell it to look. */
export function installCommand(): Command {
  return new Command("install")
    .description("put the provider where Terraform and OpenTofu find it without a registry")
    .addOption(
      new Option("--for <whom>", "one folder's terraform.d/plugins, or every run of this user")
        .choices(["user", "folder"])
        .default("user"),
    )
    .option("--folder <path>", "the folder, with --for folder", ".")
    .option("--pulumi", "print what Pulumi.yaml needs, and install nothing", false)
    .option("--json", "print what was done as JSON", false)
    .action((options: InstallArguments) => {
      if (options.pulumi) {
        process.stdout.write(pulumiEntry(options));
        return;
      }
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

/** The `plugins` of a Pulumi.yaml in the folder. */
function pulumiEntry({ folder, json }: InstallArguments): string {
  const path = pluginFolder(folder);
  if (json) {
    return `${JSON.stringify({ plugins: { providers: [{ name: "glsa", path }] } })}\n`;
  }
  return [
    "Write into Pulumi.yaml:",
    "",
    "plugins:",
    "  providers:",
    "    - name: glsa",
    `      path: ${JSON.stringify(path)}`,
    "",
    "Then run pulumi preview.",
    "",
  ].join("\n");
}

/** The project's own links, which every machine has after `npm install`; else those that this command runs from. */
function pluginFolder(folder: string): string {
  const project = resolve(folder);
  const own = join(project, "node_modules", ".bin");
  const path = [own, dirname(resolve(process.argv[1] ?? ""))].find((links) =>
    existsSync(join(links, PULUMI_EXECUTABLE)),
  );
  if (path === undefined) {
    throw new CodedError(
      "missing-executable",
      `There is no ${PULUMI_EXECUTABLE} in ${own}. Run npm install glsa in ${project}.`,
    );
  }
  return path === own ? `./${relative(project, own)}` : path;
}
