import { X509Certificate } from "node:crypto";
import { statSync } from "node:fs";
import {
  certificateFilesOf,
  certificateFoldersOf,
  readCertificates,
  SetupError,
  type CertificateFile,
} from "../../http";
import type { Check } from "../check";
import { fault, fine, warning, type Finding } from "../finding";
import type { Setup } from "../setup";

/** The authorities that are trusted beside the usual ones. */
export const certificates: Check = {
  name: "certificates",
  needs: [],
  examine: (setup) => {
    const files = filesOf(setup);
    const found = [...files.flatMap(lookAt), ...missingFolders(setup)];
    if (found.length > 0) return found;
    if (files.length === 0) return [fine("The usual authorities are trusted, and no others")];
    const names = files.map(({ path, setting }) => `${path} (${setting})`);
    return [fine(`Authorities are added by ${names.join(", ")}`)];
  },
};

function filesOf({ given: { caFile }, environment }: Setup): CertificateFile[] {
  const own = caFile === undefined ? [] : [{ path: caFile, setting: "--ca-file" }];
  return [...own, ...certificateFilesOf(environment)];
}

function lookAt(file: CertificateFile): Finding[] {
  try {
    const ends = readCertificates(file).map((text) => new X509Certificate(text).validTo);
    // Bundles of all public authorities hold old ones, too.
    if (ends.some((end) => Date.parse(end) > Date.now())) return [];
    return [
      warning(
        "expired-authority",
        `${file.setting} names "${file.path}", whose certificates have all ended (${ends[0]})`,
        "Put the present certificate of the authority there.",
      ),
    ];
  } catch (failure) {
    if (!(failure instanceof SetupError)) throw failure;
    return [fault("unusable-ca-file", failure.message, failure.remedy)];
  }
}

function missingFolders({ environment }: Setup): Finding[] {
  return certificateFoldersOf(environment)
    .filter((folder) => !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    .map((folder) =>
      warning(
        "no-certificate-folder",
        `SSL_CERT_DIR names "${folder}", which is no folder`,
        "Correct SSL_CERT_DIR, or leave it out.",
      ),
    );
}
