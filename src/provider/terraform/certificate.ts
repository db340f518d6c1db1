import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/*
 * go-plugin requires a certificate for this one process. Writing its few fields by hand takes 4 ms at every start;
 * libraries for arbitrary certificates take 100 ms and more.
 */

export interface SelfSignedCertificate {
  readonly der: Buffer;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const HOST = "localhost";
const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  version: 0xa0,
  extensions: 0xa3,
} as const;

const OID = {
  commonName: "550403",
  ecdsaWithSha256: "2a8648ce3d040302",
  keyUsage: "551d0f",
  subjectAlternativeName: "551d11",
  basicConstraints: "551d13",
  extendedKeyUsage: "551d25",
  serverAuthentication: "2b06010505070301",
  clientAuthentication: "2b06010505070302",
} as const;

const TRUE = der(TAG.boolean, Buffer.from([0xff]));
const X509_V3 = der(TAG.integer, Buffer.from([2]));
/** Two unused bits, then digitalSignature, keyEncipherment, keyAgreement and keyCertSign. */
const KEY_USAGE = der(TAG.bitString, Buffer.from([2, 0b1010_1100]));

/** A self-signed certificate for `localhost`, like those of go-plugin. */
export function createSelfSignedCertificate(): SelfSignedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = sequence(identifier(OID.ecdsaWithSha256));
  const name = sequence(
    der(TAG.set, sequence(identifier(OID.commonName), der(TAG.utf8String, Buffer.from(HOST)))),
  );
  const content = sequence(
    der(TAG.version, X509_V3),
    der(TAG.integer, serialNumber()),
    algorithm,
    name,
    sequence(time(Date.now() - MINUTE), time(Date.now() + YEAR)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(TAG.extensions, extensions()),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", content, privateKey)]);
  const certificate = sequence(content, algorithm, der(TAG.bitString, signature));
  return {
    der: certificate,
    certificatePem: toPem(certificate),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

function extensions(): Buffer {
  return sequence(
    extension(OID.basicConstraints, sequence(TRUE), TRUE),
    extension(OID.keyUsage, KEY_USAGE, TRUE),
    extension(
      OID.extendedKeyUsage,
      sequence(identifier(OID.serverAuthentication), identifier(OID.clientAuthentication)),
    ),
    // Go's TLS reads the host only from here.
    extension(OID.subjectAlternativeName, sequence(der(TAG.dnsName, Buffer.from(HOST)))),
  );
}

function extension(id: string, value: Buffer, ...critical: Buffer[]): Buffer {
  return sequence(identifier(id), ...critical, der(TAG.octetString, value));
}

/** Positive, and without leading zeros, as DER writes integers. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

function time(moment: number): Buffer {
  const digits = new Date(moment).toISOString().replace(/\.\d+|[-:T]/g, "");
  return der(TAG.generalizedTime, Buffer.from(digits));
}

function sequence(...parts: Buffer[]): Buffer {
  return der(TAG.sequence, ...parts);
}

function identifier(hex: string): Buffer {
  return der(TAG.objectIdentifier, Buffer.from(hex, "hex"));
}

/** Tag, length, content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
