import { createHash } from "node:crypto";
import type { PackageFile } from "../state/pipeline-rows";

export function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A stored file, as an upload with `select=package_file` shows it. */
export function packageFileJson(file: PackageFile, packageId: number) {
  const { id, file_name, created_at, content } = file;
  const bytes = Buffer.from(content, "base64");
  const digest = sha256Of(Buffer.from(String(id)));
  const folder = `/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`;
  return {
    id,
    package_id: packageId,
    created_at,
    updated_at: created_at,
    size: bytes.length,
    file_store: 1,
    file_md5: null,
    file_sha1: null,
    file_name,
    file: { url: `${folder}/packages/${packageId}/files/${id}/${file_name}` },
    file_sha256: sha256Of(bytes),
    verification_retry_at: null,
    verified_at: null,
    verification_failure: null,
    verification_retry_count: null,
    verification_checksum: null,
    verification_state: 0,
    verification_started_at: null,
    status: "default",
    new_file_path: null,
  };
}
