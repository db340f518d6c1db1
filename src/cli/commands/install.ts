import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Command, Option } from "commander";
import { installOwn, installRelease, uninstall, type Installed } from "../install/install-provider";
import { lockEntry } from "../install/lock-entry";
import { mirrorAt, placesFor, type Place } from "../install/places";
import { CodedError } from "../../model/code";

interface PlaceArguments {
  readonly for: "user" | "folder";
  readonly folder: string;
  readonly mirror?: string;
  readonly json: boolean;
}

interface InstallArguments extends PlaceArguments {
  readonly from?: string;
  readonly pulumi: boolean;
}

/** The name under which Pulumi looks for the provider. */
const PULUMI_EXECUTABLE = "pulumi-resource-glsa";

/** `glsa install`: the provider where Terraform and OpenTofu look for it; for Pulumi, where to tell it to look. */
export function installCommand(): Command {
  return withPlaces(new Command("install"))
    .description("put the provider where Terraform and OpenTofu find it without a registry")
    .option(
      "--from <release>",
      "take the executables of a release: its folder, or its address of HTTPS",
    )
    .option("--pulumi", "print what Pulumi.yaml needs, and install nothing", false)
    .action(async (options: InstallArguments) => {
      if (options.pulumi) {
        process.stdout.write(pulumiEntry(options));
        return;
      }
      const installed = await install(options);
      process.stdout.write(
        options.json ? `${JSON.stringify(installed)}\n` : forReading(installed, options),
      );
    });
}

/** `glsa uninstall`: takes away what `glsa install` put there. */
export function uninstallCommand(): Command {
  return withPlaces(new Command("uninstall"))
    .description("remove what install put there, every version of it")
    .action((options: PlaceArguments) => {
      const removed = uninstall(placesOf(options));
      const lines = removed.map((path) => `Removed ${path}`);
      const text = lines.length > 0 ? lines.join("\n") : "There is no provider of glsa to remove.";
      process.stdout.write(options.json ? `${JSON.stringify({ removed })}\n` : `${text}\n`);
    });
}

function withPlaces(command: Command): Command {
  return command
    .addOption(
      new Option("--for <whom>", "one folder's terraform.d/plugins, or every run of this user")
        .choices(["user", "folder"])
        .default("user"),
    )
    .option("--folder <path>", "the folder, with --for folder", ".")
    .option(
      "--mirror <path>",
      "a folder that the engine's configuration names as filesystem_mirror",
    )
    .option("--json", "print what was done as JSON", false);
}

function placesOf({ mirror, for: whom, folder }: PlaceArguments): Place[] {
  if (mirror !== undefined) return [mirrorAt(mirror)];
  return placesFor(whom === "user" ? undefined : folder);
}

/** A mirror serves many machines; elsewhere this one's platform is enough. */
function install(options: InstallArguments): Promise<Installed> | Installed {
  const places = placesOf(options);
  if (options.from === undefined) return installOwn(places);
  return installRelease(options.from, places, options.mirror === undefined ? "own" : "all");
}

function forReading(installed: Installed, { mirror, from }: InstallArguments): string {
  const { files, address, version, hashes } = installed;
  return [
    ...files.map((file) => `Installed ${file}`),
    "",
    "Write into your configuration:",
    "",
    "  terraform {",
    "    required_providers {",
    "      glsa = {",
    `        source  = "${address}"`,
    `        version = "${version}"`,
    "      }",
    "    }",
    "  }",
    "",
    ...(mirror === undefined ? [] : mirrorConfiguration(mirror)),
    "Then run terraform init, or tofu init; after an upgrade with -upgrade.",
    "",
    from === undefined
      ? "For .terraform.lock.hcl, this package alone (a release has an entry for all of them):"
      : "For .terraform.lock.hcl, all packages of this version:",
    "",
    lockEntry(address, version, hashes),
  ].join("\n");
}

function mirrorConfiguration(mirror: string): string[] {
  return [
    "Write into the engine's configuration file, such as ~/.terraformrc:",
    "",
    "  provider_installation {",
    `    filesystem_mirror { path = ${JSON.stringify(resolve(mirror))} }`,
    '    direct { exclude = ["glsa.internal/*/*"] }',
    "  }",
    "",
  ];
}

/** The `plugins` of a Pulumi.yaml in the folder. */
function pulumiEntry({ folder, json }: PlaceArguments): string {
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
