/** What one server may cost at most, however it behaves. docs/limits.md tells the same. */

/** Bytes of one answer's body. */
export const LONGEST_BODY = 32 * 2 ** 20;
/** Milliseconds from sending a request to the last byte of its answer. */
export const LONGEST_ANSWER = 120_000;
/** Milliseconds without a byte, before the answer begins or within it. */
export const LONGEST_SILENCE = 60_000;
/** Milliseconds for a connection to come about. */
export const LONGEST_CONNECT = 15_000;

/** Attempts of one request that a broken connection or a passing failure makes necessary. */
export const MOST_ATTEMPTS = 5;
/** Attempts of one request that a limiter refuses. */
export const MOST_REFUSALS = 20;
/** Milliseconds that one request may spend in waits that a limiter asks for: its windows of a minute fit in a few times. */
export const LONGEST_WAIT = 600_000;
/** Milliseconds after which no further attempt of one request begins. */
export const LONGEST_REQUEST = 900_000;

/** Pages of one list. */
export const MOST_PAGES = 1000;
/** Bytes of one list's pages together. */
export const LONGEST_LIST_BODY = 256 * 2 ** 20;
/** Milliseconds after which no further page of one list is asked for. */
export const LONGEST_LIST = 1_800_000;

/** Requests of one configuration of the provider in one walk of the engine, attempts counted. */
export const MOST_REQUESTS = 500_000;
/** Bytes of their answers together. */
export const LONGEST_RUN_BODY = 8 * 2 ** 30;
/** Milliseconds that it waits in all: for limiters, before attempts, for answers that fail or are slow. */
export const LONGEST_RUN_WAIT = 7_200_000;
/** Milliseconds after its first request after which none begins. */
export const LONGEST_RUN = 86_400_000;

/** Characters of a text in a good answer that are kept; what follows them is dropped. */
export const LONGEST_TEXT = 4096;
/** Characters of a name, path or key in an answer; one with more is refused. */
export const LONGEST_NAME = 4096;

/** Characters of a server's words that a message repeats. */
export const LONGEST_WORDS = 600;
