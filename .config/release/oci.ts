import { linkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../bundling.mjs";
import { sha256 } from "../../src/engine";
import { writeJson } from "./mirror";
import type { ProviderArchive } from "./provider-archive";

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const EMPTY = "application/vnd.oci.empty.v1+json";

/**
 * An OCI image layout from which any client copies the provider to a registry, for `oci_mirror` of OpenTofu.
 * @see https://opentofu.org/docs/cli/oci_registries/provider-mirror/
 */
export function writeOciLayout(release: string, archives: readonly ProviderArchive[]): void {
  const folder = join(release, "oci");
  const blobs = join(folder, "blobs/sha256");
  mkdirSync(blobs, { recursive: true });
  const blob = (mediaType: string, content: string): Descriptor => {
    const bytes = Buffer.from(content);
    const digest = sha256(bytes);
    writeFileSync(join(blobs, digest), bytes);
    return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
  };
  const empty = blob(EMPTY, "{}");
  const manifests = archives.map(({ os, architecture, file, zh, size }) => {
    const digest = zh.replace("zh:", "");
    linkSync(join(release, file), join(blobs, digest));
    const layer = {
      mediaType: "archive/zip",
      digest: `sha256:${digest}`,
      size,
      annotations: { "org.opencontainers.image.title": file },
    };
    const artifactType = "application/vnd.opentofu.provider-target";
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST,
      artifactType,
      config: empty,
      layers: [layer],
    };
    const descriptor = blob(MANIFEST, JSON.stringify(manifest));
    return { ...descriptor, artifactType, platform: { os, architecture } };
  });
  const artifactType = "application/vnd.opentofu.provider";
  const index = { schemaVersion: 2, mediaType: INDEX, artifactType, manifests };
  const tag = { "org.opencontainers.image.ref.name": version.replace("+", "_") };
  const tagged = { ...blob(INDEX, JSON.stringify(index)), artifactType, annotations: tag };
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  writeJson(join(folder, "index.json"), {
    schemaVersion: 2,
    mediaType: INDEX,
    manifests: [tagged],
  });
}
