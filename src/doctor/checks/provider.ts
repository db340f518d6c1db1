import { closeSync, openSync, readSync } from "node:fs";
import {
  findProvider,
  isProgram,
  lockedProvider,
  namedSource,
  onPath,
  type FoundProvider,
} from "../../engine";
import { serverText } from "../../http";
import { PROVIDER_ADDRESS } from "../../resources";
import type { Check } from "../check";
import { fault, fine, warning, type Finding } from "../finding";
import type { Setup } from "../setup";

/** Whether the engine gets the provider, from where, and which version. */
export const provider: Check = {
  name: "provider",
  needs: ["engine"],
  examine: async (setup) => {
    const isPulumi = setup.engine.name === "pulumi";
    const wrong = isPulumi ? undefined : wrongSource(setup);
    if (wrong !== undefined) return [wrong];
    const init = setup.given.withInit ? await setup.ask("init") : undefined;
    const finding = findingOf(foundProvider(setup), setup);
    if (init === undefined || init.succeeded || finding.status === "fault") return [finding];
    return [
      fault(
        "engine-failed",
        `${setup.engine.command} init failed: ${serverText(init.words)}`,
        "Mend what it names; with a changed provider, init by hand writes the lock file anew.",
      ),
    ];
  },
};

export function foundProvider({ engine, environment, given }: Setup): FoundProvider {
  const impliedMirrors = given.mirrorsOf(engine.folder);
  return findProvider(engine, { address: PROVIDER_ADDRESS, environment, impliedMirrors });
}

/** Undefined where the folder's files are right, or name none: then only a module may use it. */
function wrongSource({ engine: { folder } }: Setup): Finding | undefined {
  const { isUsed, source } = namedSource(folder, "glsa");
  const remedy = `Write glsa = { source = "${PROVIDER_ADDRESS}" } into required_providers.`;
  if (source === undefined && isUsed) {
    const what =
      "Nothing says where the provider glsa comes from, and engines would ask a registry";
    return fault("provider-source-missing", what, remedy);
  }
  if (source === undefined || source === PROVIDER_ADDRESS) return undefined;
  return fault("wrong-provider-source", `required_providers takes glsa from "${source}"`, remedy);
}

function findingOf(found: FoundProvider, setup: Setup): Finding {
  const { engine, environment } = setup;
  switch (found.by) {
    case "debugger":
      return warning(
        "provider-in-debugger",
        "TF_REATTACH_PROVIDERS names a provider that a debugger runs",
        "Unset TF_REATTACH_PROVIDERS for a run that counts.",
      );
    case "override":
      return (
        unusable(found) ??
        warning(
          "development-override",
          `A development override takes the provider from ${found.folder}: version and lock file are not looked at`,
          `Remove dev_overrides from ${environment["TF_CLI_CONFIG_FILE"] ?? "the engine's configuration file"} for a run that counts.`,
        )
      );
    case "installed":
    case "plugin":
      return unusable(found) ?? told(found, setup);
    case "mirror":
      return fault(
        "not-initialised",
        `The provider ${found.version} lies in ${found.folder}, and the folder ${engine.folder} is not initialised`,
        `Run ${engine.command} init.`,
      );
    case "nowhere":
      return nowhere(found, setup);
  }
}

function told({ version, program }: FoundProvider, { given }: Setup): Finding {
  if (version === undefined || version === given.version) {
    return fine(`glsa's provider ${version ?? ""} in ${program}`.replace("  ", " "));
  }
  return warning(
    "versions-differ",
    `The provider is ${version}, and this command is ${given.version}`,
    "Install one version of both, so that they mean the same (docs/upgrade.md).",
  );
}

/** An executable that is missing or cannot be started. */
function unusable({ folder, program }: FoundProvider): Finding | undefined {
  if (program === undefined) {
    return fault(
      "provider-not-found",
      `${folder ?? "The folder"} holds no executable of glsa's provider`,
      "Correct the path, or install it: glsa install.",
    );
  }
  if (!isProgram(program)) {
    const remedy = `Make it executable: chmod +x ${program}. On a file system without executables (noexec) install it elsewhere.`;
    return fault("provider-not-executable", `${program} cannot be started`, remedy);
  }
  if (!needsNode(program) || onPath("node") !== undefined) return undefined;
  return fault(
    "node-not-found",
    `${program} is glsa for Node, and no node is on PATH`,
    "Put Node on PATH where the engine runs, or install glsa's executable (docs/install.md).",
  );
}

/** The package for Node is a script. */
function needsNode(program: string): boolean {
  const file = openSync(program, "r");
  try {
    const start = Buffer.alloc(2);
    readSync(file, start, 0, start.length, 0);
    return start.toString("latin1") === "#!";
  } finally {
    closeSync(file);
  }
}

function nowhere({ offered, mayBeRemote }: FoundProvider, { engine }: Setup): Finding {
  if (engine.name === "pulumi") {
    return fault(
      "provider-not-found",
      "Neither Pulumi.yaml nor PATH leads to pulumi-resource-glsa",
      "Write what glsa install --pulumi prints into Pulumi.yaml.",
    );
  }
  const locked = lockedProvider(engine.folder, PROVIDER_ADDRESS);
  if (!locked && !namedSource(engine.folder, "glsa").source) {
    return fine("The files of this folder do not use glsa's provider");
  }
  if (mayBeRemote) {
    return fault(
      "not-initialised",
      `The folder ${engine.folder} is not initialised`,
      `Run ${engine.command} init.`,
    );
  }
  const wanted = locked
    ? `version ${locked.version} of glsa's provider, which the lock file names`
    : "glsa's provider";
  const others = offered.length === 0 ? "" : `; there is ${offered.join(", ")}`;
  return fault(
    "provider-not-found",
    `No folder in which ${engine.command} looks holds ${wanted}${others}`,
    locked && offered.length > 0
      ? `Install glsa ${locked.version} and run glsa install, or take the other version: ${engine.command} init -upgrade.`
      : `Run npx glsa install --for folder, then ${engine.command} init.`,
  );
}
