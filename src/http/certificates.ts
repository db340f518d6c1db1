import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { rootCertificates } from "node:tls";
import type { Environment } from "./proxy";
import { SetupError } from "./setup-error";

/** A file of certificates, and the setting that names it. */
export interface CertificateFile {
  readonly path: string;
  /** Such as `ca_file`. */
  readonly setting: string;
}

/** A bundle of all public authorities has a few hundred thousand bytes. */
const LONGEST_BUNDLE = 16 * 2 ** 20;

/**
 * The certificates to trust, including those of Node.js. Undefined if these alone suffice. In addition to glsa's own
 * file, those that OpenSSL, Go and Node.js read from the environment count.
 */
export function trustedCertificates(
  file: CertificateFile | undefined,
  environment: Environment,
): string[] | undefined {
  const named = [file, ...certificateFilesOf(environment)].filter((one) => one !== undefined);
  const added = [
    ...named.flatMap(readCertificates),
    ...certificateFoldersOf(environment).flatMap(certificatesInFolder),
  ];
  return added.length === 0 ? undefined : [...rootCertificates, ...added];
}

/** The certificates of one PEM file. A file without certificates is an error that names it. */
export function readCertificates({ path, setting }: CertificateFile): string[] {
  const unusable = (why: string) =>
    new SetupError(
      `${setting} names "${path}", ${why}`,
      `${setting} is a file of one or more certificates in PEM form, which begin with -----BEGIN CERTIFICATE-----.`,
    );
  const content = contentOf(path, unusable);
  if (content.toString("latin1").trim() === "") throw unusable("which is empty");
  const found = blocksIn(content.toString("utf8"));
  if (found.length === 0) {
    throw unusable(
      isDer(content)
        ? `which is in DER form. Convert it: openssl x509 -inform der -in ${path} -out ca.pem`
        : "which contains no certificate in PEM form",
    );
  }
  if (!found.every(isCertificate)) throw unusable("which contains a damaged certificate");
  return found;
}

function contentOf(path: string, unusable: (why: string) => SetupError): Buffer {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw unusable("which is a folder. Name one file in it");
    if (!stat.isFile()) throw unusable("which is not a regular file");
    if (stat.size > LONGEST_BUNDLE) throw unusable("which is too large for a file of certificates");
    return readFileSync(path);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw unusable(code === "ENOENT" ? "which does not exist" : `which cannot be read (${code})`);
  }
}

function blocksIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}

function isDer(content: Buffer): boolean {
  try {
    return new X509Certificate(content).raw.length > 0;
  } catch {
    return false;
  }
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}

/** The files that the environment names. */
export function certificateFilesOf(environment: Environment): CertificateFile[] {
  return ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"].flatMap((setting) => {
    const path = environment[setting];
    return path ? [{ path, setting }] : [];
  });
}

/** The folders that it names. */
export function certificateFoldersOf(environment: Environment): string[] {
  return (environment["SSL_CERT_DIR"] ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** Like OpenSSL and Go, it skips files that are not certificates. */
function certificatesInFolder(folder: string): string[] {
  return namesIn(folder).flatMap((name) => {
    try {
      return readCertificates({ path: join(folder, name), setting: "SSL_CERT_DIR" });
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
