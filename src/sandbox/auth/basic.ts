import type { IncomingHttpHeaders } from "node:http";

interface Login {
  readonly username: string;
  readonly password: string;
}

/** The user and password of basic authentication, if a request carries it. */
export function basicLogin({ authorization = "" }: IncomingHttpHeaders): Login | undefined {
  const credentials = /^Basic (.+)$/i.exec(authorization)?.[1];
  if (credentials === undefined) return undefined;
  const text = Buffer.from(credentials, "base64").toString();
  const mark = text.indexOf(":");
  return { username: text.slice(0, Math.max(mark, 0)), password: text.slice(mark + 1) };
}
