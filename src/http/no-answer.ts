import { LONGEST_ANSWER, LONGEST_BODY } from "./limits";

/** Why there was no response. */
export type Silence =
  /** Nothing has left this machine. */
  | "not_connected"
  /** The server may have received everything. */
  | "broken"
  /** A response came that exceeds a limit. The next one would too. */
  | "beyond_limit";

/** There was no response. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    readonly silence: Silence,
  ) {
    super(message);
    this.name = "NoAnswer";
  }

  /** False if the failure came before the first byte left this machine. */
  get mayHaveArrived(): boolean {
    return this.silence !== "not_connected";
  }
}

const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  // The server's name is checked before anything is sent.
  "UND_ERR_PRX_TLS",
]);

/** A failure of the network library, in terms of users and retries. */
export function noAnswer(error: unknown): NoAnswer {
  const { code, message, name } = innermost(error);
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    return new NoAnswer(`the response is longer than ${LONGEST_BODY} bytes`, "beyond_limit");
  }
  if (name === "TimeoutError") {
    return new NoAnswer(`no complete response within ${LONGEST_ANSWER / 1000} s`, "beyond_limit");
  }
  const refusal = proxyRefusal(message);
  if (refusal !== undefined) return new NoAnswer(refusal, "not_connected");
  // A failed TLS handshake has sent nothing either.
  const isNotConnected = NOT_CONNECTED.has(code) || /CERT|TLS|SSL|SELF_SIGNED/.test(code);
  const words = message === "" ? code : message;
  return new NoAnswer(
    words.includes(code) ? words : `${words} (${code})`,
    isNotConnected ? "not_connected" : "broken",
  );
}

/** The library's own text: a proxy that opens no tunnel, or requires a password. */
function proxyRefusal(message: string): string | undefined {
  const status =
    /^Proxy response \((\d+)\) !== 200 when HTTP Tunneling/.exec(message)?.[1] ??
    /^Proxy Authentication Required \((\d+)\)/.exec(message)?.[1];
  return status === undefined ? undefined : `the proxy refuses with ${status}`;
}

interface Cause {
  readonly code: string;
  readonly message: string;
  readonly name: string;
}

/** If several addresses failed, the first error is reported. */
function innermost(error: unknown): Cause {
  if (typeof error !== "object" || error === null) {
    return { code: "", message: String(error), name: "" };
  }
  if ("errors" in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return innermost(error.errors[0]);
  }
  if ("cause" in error && typeof error.cause === "object" && error.cause !== null) {
    return innermost(error.cause);
  }
  return {
    code: "code" in error ? String(error.code) : "",
    message: "message" in error ? String(error.message) : "",
    name: "name" in error ? String(error.name) : "",
  };
}
