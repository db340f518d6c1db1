import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Authority {
  readonly key: string;
  readonly certificate: string;
  /** For SSL_CERT_FILE. */
  readonly file: string;
}

/** A certificate for localhost that vouches for itself. */
export function localAuthority(folder: string): Authority {
  const [key, file] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  execFileSync(
    "openssl",
    ["req", ...kind, "-keyout", key, "-out", file, "-days", "1", ...subject],
    {
      stdio: "pipe",
    },
  );
  return { key: readFileSync(key, "utf8"), certificate: readFileSync(file, "utf8"), file };
}
