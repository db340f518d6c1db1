import type { Connection } from "../../http";
import { instanceAddress } from "../../model";
import type { Json } from "../recording/recording";

export interface Outgoing {
  readonly method: string;
  /** From `/api/v4` on, without a query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined asks without one. */
  readonly token: string | undefined;
  /** Undefined sends none. */
  readonly body: Json | undefined;
}

export interface Incoming {
  readonly status: number;
  /** Names as HTTP/1 libraries write them: `X-Next-Page`. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly text: string;
}

/** Sends requests to an instance. */
export type Ask = (outgoing: Outgoing) => Promise<Incoming>;

/** Asks the instance itself; redirects are not followed. */
export function askInstance(baseUrl: string, connection: Connection): Ask {
  const address = instanceAddress(baseUrl);
  return async ({ method, path, query, token, body }) => {
    const search = new URLSearchParams(query).toString();
    const { status, headers, text } = await connection.send({
      method,
      url: `${address}${path}${search === "" ? "" : `?${search}`}`,
      headers: {
        accept: "application/json",
        "user-agent": "glsa-prove",
        ...(token !== undefined && { "private-token": token }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status, headers: spelled(headers), text };
  };
}

function spelled(headers: Readonly<Record<string, string | string[] | undefined>>) {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const title = name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
      return value === undefined ? [] : [[title, value] as const];
    }),
  );
}

/** A response body. A body that is not JSON stays a string. */
export function bodyOf({ text }: Pick<Incoming, "text">): Json {
  try {
    return text === "" ? "" : (JSON.parse(text) as Json);
  } catch {
    return text;
  }
}
