import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { bits, boolean, context, integer, octets, oid, sequence, set, text, utcTime } from "./der";

const day = 86_400_000;
const lifetimeInDays = 365;

const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));

interface Subject {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

interface Issuer {
  readonly name: string;
  readonly privateKey: KeyObject;
}

/** A server's key and certificate, and the authority that its clients must trust. */
export interface TlsMaterial {
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate, as PEM. */
  readonly ca: string;
}

/** A new authority, and its certificate for this machine. */
export function generateTls(): TlsMaterial {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = { name: "glsa sandbox CA", privateKey: authority.privateKey };
  const ca = certificate(issuer, {
    name: issuer.name,
    publicKey: authority.publicKey,
    extensions: [
      extension("2.5.29.19", sequence(boolean(true)), true),
      // Signs certificates and lists of revoked ones.
      extension("2.5.29.15", bits(Buffer.from([0x06]), 1), true),
    ],
  });
  const cert = certificate(issuer, {
    name: "localhost",
    publicKey: server.publicKey,
    extensions: [
      extension("2.5.29.19", sequence(), true),
      extension("2.5.29.15", bits(Buffer.from([0x80]), 7), true),
      extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.1"))),
      extension("2.5.29.17", alternativeNames()),
    ],
  });
  const key = server.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { key, cert: pem(cert), ca: pem(ca) };
}

function certificate(issuer: Issuer, { name, publicKey, extensions }: Subject): Buffer {
  const now = Date.now();
  const content = sequence(
    context(0, integer(2)),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    distinguishedName(issuer.name),
    sequence(utcTime(new Date(now - day)), utcTime(new Date(now + lifetimeInDays * day))),
    distinguishedName(name),
    publicKey.export({ type: "spki", format: "der" }),
    context(3, sequence(...extensions)),
  );
  return sequence(content, ecdsaWithSha256, bits(sign("sha256", content, issuer.privateKey)));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(set(sequence(oid("2.5.4.3"), text(commonName))));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
}

function alternativeNames(): Buffer {
  return sequence(
    context(2, Buffer.from("localhost"), false),
    context(7, Buffer.from([127, 0, 0, 1]), false),
  );
}

function pem(content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
