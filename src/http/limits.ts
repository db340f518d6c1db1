/** The maximum cost of one server, however it behaves. docs/limits.md has the same numbers. */

/** Bytes of one response body. */
export const LONGEST_BODY = 32 * 2 ** 20;
/** Milliseconds from sending a request to the last byte of its response. */
export const LONGEST_ANSWER = 120_000;
/** Bytes of one file that is downloaded. */
export const LONGEST_FILE = 256 * 2 ** 20;
/** Milliseconds from asking for a file to its last byte. */
export const LONGEST_DOWNLOAD = 900_000;
/** Milliseconds without a byte, before or within the response. */
export const LONGEST_SILENCE = 60_000;
/** Milliseconds for opening a connection. */
export const LONGEST_CONNECT = 15_000;

/** Attempts of one request after a broken connection or a temporary failure. */
export const MOST_ATTEMPTS = 5;
/** Attempts of one request that a limiter refuses. */
export const MOST_REFUSALS = 20;
/** Milliseconds that one request may spend in waits requested by a limiter: its one-minute windows fit a few times. */
export const LONGEST_WAIT = 600_000;
/** Milliseconds after which no more attempts of one request start. */
export const LONGEST_REQUEST = 900_000;

/** Pages of one list. */
export const MOST_PAGES = 1000;
/** Bytes of one list's pages together. */
export const LONGEST_LIST_BODY = 256 * 2 ** 20;
/** Milliseconds after which no more pages of one list are requested. */
export const LONGEST_LIST = 1_800_000;

/** Requests of one provider configuration in one walk of the engine, including retries. */
export const MOST_REQUESTS = 500_000;
/** Bytes of their responses together. */
export const LONGEST_RUN_BODY = 8 * 2 ** 30;
/** Total milliseconds of waiting: for limiters, before attempts, and for responses that fail or are slow. */
export const LONGEST_RUN_WAIT = 7_200_000;
/** Milliseconds after its first request after which no more start. */
export const LONGEST_RUN = 86_400_000;

/** Characters of a text in a successful response that are kept. The rest is dropped. */
export const LONGEST_TEXT = 4096;
/** Characters of a name, path or key in a response. A longer one is refused. */
export const LONGEST_NAME = 4096;

/** Characters of a server's text that a message repeats. */
export const LONGEST_WORDS = 600;
