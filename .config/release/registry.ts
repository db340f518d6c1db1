import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../bundling.mjs";
import type { PublicKey } from "./checksums";
import { writeJson } from "./mirror";
import type { ProviderArchive } from "./provider-archive";

const PROTOCOLS = ["6.0"];

/**
 * A provider registry of static files, and the bodies of the calls that fill a private registry of HCP Terraform. Both
 * ask for a signature.
 * @see https://developer.hashicorp.com/terraform/internals/provider-registry-protocol
 */
export function writeRegistries(
  release: string,
  address: string,
  archives: readonly ProviderArchive[],
  key: PublicKey,
): void {
  const [, namespace = "", type = ""] = address.split("/");
  const provider = `registry/v1/providers/${namespace}/${type}`;
  const write = (path: string, value: unknown) => {
    mkdirSync(dirname(join(release, path)), { recursive: true });
    writeJson(join(release, path), value);
  };
  write(".well-known/terraform.json", { "providers.v1": "/registry/v1/providers/" });
  const platforms = archives.map(({ os, architecture: arch }) => ({ os, arch }));
  write(`${provider}/versions`, { versions: [{ version, protocols: PROTOCOLS, platforms }] });
  // Relative to the question, so that the release may lie below any address.
  const above = "../".repeat(8);
  const sums = `${above}terraform-provider-glsa_${version}_SHA256SUMS`;
  for (const { os, architecture, file, zh } of archives) {
    write(`${provider}/${version}/download/${os}/${architecture}`, {
      protocols: PROTOCOLS,
      os,
      arch: architecture,
      filename: file,
      download_url: `${above}${file}`,
      shasums_url: sums,
      shasums_signature_url: `${sums}.sig`,
      shasum: zh.replace("zh:", ""),
      signing_keys: { gpg_public_keys: [{ key_id: key.id, ascii_armor: key.text }] },
    });
  }
  writePrivateRegistry(join(release, "hcp"), archives, key);
}

/** @see https://developer.hashicorp.com/terraform/cloud-docs/api-docs/private-registry/provider-versions-platforms */
function writePrivateRegistry(
  folder: string,
  archives: readonly ProviderArchive[],
  key: PublicKey,
): void {
  mkdirSync(folder, { recursive: true });
  const attributes = { version, "key-id": key.id, protocols: PROTOCOLS };
  writeJson(join(folder, "version.json"), {
    data: { type: "registry-provider-versions", attributes },
  });
  for (const { platform, os, architecture: arch, file: filename, zh } of archives) {
    const shasum = zh.replace("zh:", "");
    writeJson(join(folder, `${platform}.json`), {
      data: {
        type: "registry-provider-version-platforms",
        attributes: { os, arch, shasum, filename },
      },
    });
  }
}
