import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { Engine } from "./engine";
import { isProgram, onPath } from "./find";
import { lockedProvider } from "./lock-file";
import { ownPlatform } from "./own-platform";
import { providerSettings, type ProviderSettings, type Variables } from "./settings-file";

export interface ProviderSearch {
  /** Such as `glsa.internal/glsa/glsa`. */
  readonly address: string;
  readonly environment: Variables;
  /** Folders that engines search where no setting names others. */
  readonly impliedMirrors: readonly string[];
}

export interface FoundProvider {
  /** How the engine comes to it. */
  readonly by: "debugger" | "override" | "installed" | "mirror" | "plugin" | "nowhere";
  /** Undefined where nothing tells it. */
  readonly version: string | undefined;
  /** The folder that holds it. */
  readonly folder: string | undefined;
  /** Its executable; undefined where there is none, or where it is packed. */
  readonly program: string | undefined;
  /** Versions that are in reach. */
  readonly offered: readonly string[];
  /** Whether another place than this machine may have it. */
  readonly mayBeRemote: boolean;
}

const NOWHERE = { version: undefined, folder: undefined, program: undefined, offered: [] };

/** Where the engine gets a provider from, by what lies on this machine. Nothing is started. */
export function findProvider(engine: Engine, search: ProviderSearch): FoundProvider {
  if (engine.name === "pulumi") return pulumiPlugin(engine.folder, typeOf(search.address));
  const { address, environment } = search;
  const settings = providerSettings(engine.name, address, environment);
  const mayBeRemote = settings.hasRemoteMirror;
  if (environment["TF_REATTACH_PROVIDERS"]?.includes(`"${address}"`)) {
    return { ...NOWHERE, by: "debugger", mayBeRemote };
  }
  if (settings.override !== undefined) {
    const folder = settings.override;
    return { ...NOWHERE, by: "override", folder, program: programIn(folder, address), mayBeRemote };
  }
  return { ...installedOrOffered(engine.folder, search, settings), mayBeRemote };
}

function installedOrOffered(
  folder: string,
  { address, environment, impliedMirrors }: ProviderSearch,
  settings: ProviderSettings,
): Omit<FoundProvider, "mayBeRemote"> {
  const wanted = lockedProvider(folder, address)?.version;
  const data = resolve(folder, environment["TF_DATA_DIR"] || ".terraform");
  const installed = versionsIn(join(data, "providers"), address);
  const mirrors = settings.mirrors.length > 0 ? settings.mirrors : impliedMirrors;
  const offers = mirrors.flatMap((mirror) => versionsIn(mirror, address));
  const offered = [...new Set(offers.map(({ version }) => version))].sort();
  const fits = ({ version }: Version) => wanted === undefined || version === wanted;
  const here = installed.find(fits);
  if (here !== undefined) return { by: "installed", ...here, offered };
  const there = offers.find(fits);
  return there === undefined
    ? { ...NOWHERE, by: "nowhere", offered }
    : { by: "mirror", ...there, offered };
}

type Version = Required<Pick<FoundProvider, "folder" | "program">> & { readonly version: string };

/** For this machine's platform, packed or not. */
function versionsIn(root: string, address: string): Version[] {
  const folder = join(root, address);
  return namesIn(folder).flatMap((name): Version[] => {
    const packed = new RegExp(
      `^terraform-provider-${typeOf(address)}_(.+)_${ownPlatform()}\\.zip$`,
    );
    const version = packed.exec(name)?.[1];
    if (version !== undefined) return [{ version, folder, program: undefined }];
    const unpacked = join(folder, name, ownPlatform());
    if (!existsSync(unpacked)) return [];
    return [{ version: name, folder: unpacked, program: programIn(unpacked, address) }];
  });
}

function programIn(folder: string, address: string): string | undefined {
  const name = namesIn(folder).find((each) =>
    each.startsWith(`terraform-provider-${typeOf(address)}`),
  );
  return name === undefined ? undefined : join(folder, name);
}

/** What Pulumi.yaml names, else what is on PATH. */
function pulumiPlugin(folder: string, type: string): FoundProvider {
  const executable = `pulumi-resource-${type}`;
  const named = pluginPath(folder, type);
  const where = named === undefined ? undefined : resolve(folder, named);
  const program =
    where === undefined
      ? onPath(executable)
      : [join(where, executable), where].find(
          (path) => basename(path) === executable && isProgram(path),
        );
  const version = program === undefined ? undefined : packageVersion(dirname(program), type);
  const by = program === undefined && where === undefined ? "nowhere" : "plugin";
  return { by, version, folder: where, program, offered: [], mayBeRemote: false };
}

function pluginPath(folder: string, type: string): string | undefined {
  const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(folder, name)).find(existsSync);
  if (file === undefined) return undefined;
  const text = readFileSync(file, "utf8");
  const item = new RegExp(`-\\s+name:\\s*["']?${type}["']?\\s*\\n\\s+path:\\s*["']?([^"'\\n]+)`);
  const turned = new RegExp(
    `-\\s+path:\\s*["']?([^"'\\n]+)["']?\\s*\\n\\s+name:\\s*["']?${type}\\b`,
  );
  return (item.exec(text) ?? turned.exec(text))?.[1]?.trim();
}

/** Of the npm package that the program is in. */
function packageVersion(folder: string, name: string): string | undefined {
  for (let at = folder, up = 0; up < 3 && isAbsolute(at); at = dirname(at), up += 1) {
    const path = join(at, "package.json");
    if (!existsSync(path)) continue;
    const found = JSON.parse(readFileSync(path, "utf8")) as { name?: string; version?: string };
    if (found.name === name) return found.version;
  }
  return undefined;
}

function typeOf(address: string): string {
  return address.split("/").at(-1) ?? "";
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
