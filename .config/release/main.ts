/** `npm run release`: everything that users install, in one folder. docs/releasing.md explains it. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { lockEntry } from "../../src/cli/install/lock-entry";
import { hashesOf } from "../../src/cli/install/release";
import { h1, sha256 } from "../../src/engine";
import { version } from "../bundling.mjs";
import { tarGz, zip } from "./archives";
import { sign, writeChecksums } from "./checksums";
import { buildLauncher, bundleFor, compile, KINDS, type Bundle, type Kind } from "./compile";
import { contentsOf, type Built } from "./contents";
import { writeJson, writeMirror } from "./mirror";
import { writeOciLayout } from "./oci";
import { platformName, platformsNamed, type Platform } from "./platforms";
import type { ProviderArchive } from "./provider-archive";
import { writePackageManagers, type CommandArchive } from "./package-managers";
import { notesOf } from "./changelog";
import { provenance } from "./provenance";
import { writeRegistries } from "./registry";
import { sbom } from "./sbom";
import { scriptHash } from "./script";
import { writeRegistryPages } from "./registry-pages";
import { writeTemplates } from "./templates";

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: "release" },
    platforms: { type: "string" },
    only: { type: "string" },
    url: { type: "string", default: "https://glsa.invalid/releases" },
    address: { type: "string", default: "glsa.internal/glsa/glsa" },
  },
});

async function main(): Promise<void> {
  const release = resolve(options.out);
  rmSync(release, { recursive: true, force: true });
  mkdirSync(release, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), "glsa-release-"));
  try {
    const kinds = KINDS.filter((kind) => !options.only || options.only === kind);
    const bundles = await Promise.all(
      kinds.map(async (kind) => [kind, await bundleFor(kind, work)] as const),
    );
    const archives: ProviderArchive[] = [];
    for (const platform of platformsNamed(options.platforms?.split(","))) {
      for (const [kind, bundle] of bundles) {
        say(`${platformName(platform)}: the executable for ${kind}`);
        archives.push(...(await writeArchive(kind, build(bundle, platform, work), release)));
      }
    }
    if (options.only === undefined) {
      await writeTemplates(release);
      writeRegistryPages(release);
    }
    writeRest(release, packagesOf(bundles.map(([, bundle]) => bundle)), archives);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function build(bundle: Bundle, platform: Platform, work: string): Built {
  const executable = readFileSync(compile(bundle, platform, work));
  const launcher =
    platform.libc === undefined ? undefined : readFileSync(buildLauncher(platform, work));
  return { platform, bundle, executable, ...(launcher && { launcher }) };
}

const commands: CommandArchive[] = [];

function packagesOf(bundles: readonly Bundle[]): string[] {
  return [...new Set(bundles.flatMap(({ packages }) => packages))].sort();
}

/** The archive of one kind for one platform; only the provider's is told of further. */
async function writeArchive(kind: Kind, built: Built, release: string): Promise<ProviderArchive[]> {
  const { os, architecture } = built.platform;
  const write = (file: string, content: Buffer) => writeFileSync(join(release, file), content);
  if (kind === "pulumi") {
    const file = `pulumi-resource-glsa-v${version}-${os}-${architecture}.tar.gz`;
    write(file, await tarGz(contentsOf(built, "pulumi-resource-glsa")));
    return [];
  }
  if (kind === "command") {
    const content = await zip(contentsOf(built, "glsa"));
    const file = `glsa_${version}_${os}_${architecture}.zip`;
    write(file, content);
    commands.push({ os, architecture, file, sha256: sha256(content) });
    return [];
  }
  const entries = contentsOf(built, `terraform-provider-glsa_v${version}`);
  const file = `terraform-provider-glsa_${version}_${os}_${architecture}.zip`;
  const content = await zip(entries);
  write(file, content);
  return [
    {
      platform: platformName(built.platform),
      os,
      architecture,
      file,
      size: content.length,
      h1: h1(entries),
      zh: `zh:${sha256(content)}`,
    },
  ];
}

function writeRest(
  release: string,
  packages: readonly string[],
  archives: readonly ProviderArchive[],
): void {
  const { address } = options;
  const told = { version, address, archives, script: scriptHash() };
  writeFileSync(
    join(release, `glsa_${version}.lock.hcl`),
    lockEntry(address, version, hashesOf(told)),
  );
  writeJson(join(release, "release.json"), told);
  writeFileSync(join(release, `glsa_${version}_sbom.cdx.json`), sbom(packages));
  const manifest = `terraform-provider-glsa_${version}_manifest.json`;
  writeJson(join(release, manifest), { version: 1, metadata: { protocol_versions: ["6.0"] } });

  const notes = notesOf(readFileSync("CHANGELOG.md", "utf8"), version);
  writeFileSync(join(release, `glsa_${version}_notes.md`), notes);
  const made = readdirSync(release, { withFileTypes: true }).filter((entry) => entry.isFile());
  const statement = provenance(
    release,
    made.map(({ name }) => name),
  );
  writeJson(join(release, `glsa_${version}_provenance.intoto.json`), statement);
  const all = [...made.map(({ name }) => name), `glsa_${version}_provenance.intoto.json`].sort();
  const provider = `terraform-provider-glsa_${version}_SHA256SUMS`;
  writeChecksums(release, provider, [manifest, ...archives.map(({ file }) => file)]);
  writeChecksums(release, "SHA256SUMS", all);
  const key = sign(release, ["SHA256SUMS", provider]);
  if (key === undefined) {
    say(
      "GLSA_SIGNING_KEY is not set: no signatures, and none of the registries that ask for them.",
    );
  } else writeRegistries(release, address, archives, key);
  writeMirror(release, address, archives);
  writeOciLayout(release, archives);
  if (commands.length > 0) writePackageManagers(release, options.url, commands);
  say(`${release} holds ${all.length} files of glsa ${version}.`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main();
