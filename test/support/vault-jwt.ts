import { createSign, createVerify, generateKeyPairSync, type KeyObject } from "node:crypto";

export interface JwtIssuer {
  readonly publicKey: string;
  sign(claims: Readonly<Record<string, unknown>>): string;
}

/** Signs id tokens as a GitLab job gets them. */
export function jwtIssuer(): JwtIssuer {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    sign: (claims) => signed(claims, privateKey),
  };
}

function signed(claims: Readonly<Record<string, unknown>>, privateKey: KeyObject): string {
  const content = [{ alg: "RS256", typ: "JWT" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = createSign("RSA-SHA256").update(content).sign(privateKey, "base64url");
  return `${content}.${signature}`;
}

export function isSignedBy(jwt: string, publicKey: string): boolean {
  const [header, payload, signature = ""] = jwt.split(".");
  const verify = createVerify("RSA-SHA256").update(`${header}.${payload}`);
  return verify.verify(publicKey, signature, "base64url");
}

export function payloadOf(jwt: string): Readonly<Record<string, unknown>> {
  const [, payload = ""] = jwt.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown>;
}
