import { X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { readCertificates, SetupError } from "../../src/http";
import { trustedCertificates } from "../../src/http/certificates";

const [first = "", second = ""] = rootCertificates;
const folder = mkdtempSync(join(tmpdir(), "glsa-certificates-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("a bundle is read whole, whatever stands between its certificates", () => {
  const path = file("bundle.pem", `\ufeff# ours\r\n${first}\n\nSubject: x\n${second}\n`);
  expect(readCertificates({ path, setting: "ca_file" })).toHaveLength(2);
});

test.each([
  [
    "a folder",
    () => (mkdirSync(join(folder, "certs"), { recursive: true }), join(folder, "certs")),
    "folder",
  ],
  ["DER", () => file("ca.der", new X509Certificate(first).raw), "openssl x509 -inform der"],
  ["an empty file", () => file("empty.pem", " \n"), "empty"],
  ["a private key", () => file("key.pem", "-----BEGIN PRIVATE KEY-----\nAA==\n"), "no certificate"],
  [
    "a damaged certificate",
    () => file("bad.pem", first.slice(0, 200) + first.slice(260)),
    "damaged",
  ],
  ["no file", () => join(folder, "nowhere.pem"), "does not exist"],
  ["a device", () => "/dev/null", "not a regular file"],
])("%s is refused by name", (_, path, why) => {
  const read = () => readCertificates({ path: path(), setting: "ca_file" });
  expect(read).toThrow(SetupError);
  expect(read).toThrow(/^ca_file names "/);
  expect(read).toThrow(why);
});

test("certificates of the environment count beside a file that was named", () => {
  const certificates = { path: file("one.pem", first), setting: "ca_file" };
  const environment = {
    SSL_CERT_FILE: file("two.pem", second),
    NODE_EXTRA_CA_CERTS: file("three.pem", first),
    SSL_CERT_DIR: `${folder}:${join(folder, "nowhere")}`,
  };
  expect(trustedCertificates(undefined, {})).toBeUndefined();
  const trusted = trustedCertificates(certificates, environment) ?? [];
  expect(trusted.length).toBeGreaterThanOrEqual(rootCertificates.length + 4);
  expect(trusted).toEqual(expect.arrayContaining([...rootCertificates]));
});
