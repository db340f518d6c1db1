import { Pieces, WholeSecrets } from "./redact";

/** The replacement for a secret. */
export const HIDDEN = "[secret]";
/** Anything shorter is not a credential, and may be a part of any word. */
const SHORTEST_SECRET = 4;
/** A credential of this length is not part of a name by chance. */
const SHORTEST_CREDENTIAL = 16;
/** Neither is a shorter one, down to this length, if it does not look like a name. */
const SHORTEST_UNLIKE_A_NAME = 6;
/** The characters of names. */
const NAME_CHARACTERS = /^[\p{L}\p{N}_. /-]+$/u;
/** In names, digits are numbers, and so come last. */
const DIGIT_WITHIN = /\p{N}\p{L}/u;
/** Headers that carry a credential. Others may carry a name that GitLab uses as well. */
const CREDENTIAL_HEADER = /auth|token|key|secret|password|cookie|session/i;

/** Hides secrets as soon as they are known. */
export class Secrets {
  private readonly pieces = new Pieces();
  private readonly known = new Set<string>();
  /** Computed when something is hidden for the first time, which most runs never need. */
  private waiting: string[] = [];
  /** Credentials that are not part of a name by chance, and those that may be. */
  private readonly long = new WholeSecrets();
  private readonly short = new WholeSecrets();
  private readonly credentials = new Set<string>();

  add(...values: readonly string[]): void {
    for (const value of values) {
      this.remember(value);
      if (value.length < SHORTEST_SECRET || this.credentials.has(value)) continue;
      this.credentials.add(value);
      (mayBeInName(value) ? this.short : this.long).add(value);
    }
  }

  /** The secrets in a header: the whole value, the credential in it, and the parts of a Basic one. */
  addHeader(value: string, name = "authorization"): void {
    const [, scheme = "", credential = ""] = /^\s*(\S+)\s+(\S+)\s*$/.exec(value) ?? [];
    if (CREDENTIAL_HEADER.test(name)) this.add(value, credential);
    else for (const part of [value, credential]) this.remember(part);
    if (scheme.toLowerCase() !== "basic") return;
    const pair = Buffer.from(credential, "base64").toString();
    this.add(pair, pair.slice(pair.indexOf(":") + 1));
  }

  /**
   * A name, path or key of a successful response without the credentials in it. A short one that looks like a name is
   * kept.
   */
  hideInName(text: string): string {
    return this.long.hide(text, HIDDEN);
  }

  /** A text of a successful response without the credentials in it, in any spelling. The rest stays unchanged. */
  hideInWords(text: string): string {
    return this.short.hide(this.long.hide(text, HIDDEN), HIDDEN);
  }

  /** @param also values that are secret in this text only */
  hide(text: string, also: readonly string[] = []): string {
    for (const value of this.waiting) this.pieces.add(value);
    this.waiting = [];
    const hidden = this.pieces.hide(text, HIDDEN);
    const others = also.filter(({ length }) => length >= SHORTEST_SECRET);
    if (others.length === 0) return hidden;
    const pieces = new Pieces();
    for (const value of others) pieces.add(value);
    return pieces.hide(hidden, HIDDEN);
  }

  private remember(value: string): void {
    if (value.length < SHORTEST_SECRET || this.known.has(value)) return;
    this.known.add(value);
    this.waiting.push(value);
  }
}

/** Hiding a value that is also a name would change how the code behaves. */
function mayBeInName(credential: string): boolean {
  if (credential.length >= SHORTEST_CREDENTIAL) return false;
  if (credential.length < SHORTEST_UNLIKE_A_NAME) return true;
  return NAME_CHARACTERS.test(credential) && !DIGIT_WITHIN.test(credential);
}

/** Every secret of this process: a secret that a run learned in one place may appear in any response. */
export const secrets = new Secrets();
