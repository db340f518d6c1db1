import { Pieces, WholeSecrets } from "./redact";

/** What stands where a secret stood. */
export const HIDDEN = "[secret]";
/** Anything shorter is no credential, and may be a part of any word. */
const SHORTEST_SECRET = 4;
/** A credential of this length is part of no name by chance. */
const SHORTEST_CREDENTIAL = 16;
/** Nor is a shorter one, down to this length, that no name looks like. */
const SHORTEST_UNLIKE_A_NAME = 6;
/** What names are made of. */
const NAME_CHARACTERS = /^[\p{L}\p{N}_. /-]+$/u;
/** In names digits number something, and so come last. */
const DIGIT_WITHIN = /\p{N}\p{L}/u;
/** Headers that carry a credential; others may carry a name that GitLab uses as well. */
const CREDENTIAL_HEADER = /auth|token|key|secret|password|cookie|session/i;

/** Hides what must never be shown, as soon as it is known. */
export class Secrets {
  private readonly pieces = new Pieces();
  private readonly known = new Set<string>();
  /** Spelt out when something is hidden for the first time, which most runs never need. */
  private waiting: string[] = [];
  /** Credentials that are part of no name by chance, and those that may be. */
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

  /** What a header carries: beside the whole also the credential in it, and of a Basic one its parts. */
  addHeader(value: string, name = "authorization"): void {
    const [, scheme = "", credential = ""] = /^\s*(\S+)\s+(\S+)\s*$/.exec(value) ?? [];
    if (CREDENTIAL_HEADER.test(name)) this.add(value, credential);
    else for (const part of [value, credential]) this.remember(part);
    if (scheme.toLowerCase() !== "basic") return;
    const pair = Buffer.from(credential, "base64").toString();
    this.add(pair, pair.slice(pair.indexOf(":") + 1));
  }

  /** A name, path or key of a good answer without the credentials in it; a short one that looks like a name may be it. */
  hideInName(text: string): string {
    return this.long.hide(text, HIDDEN);
  }

  /** Words of a good answer without the credentials in them, in whatever spelling. What else it says stays as it is. */
  hideInWords(text: string): string {
    return this.short.hide(this.long.hide(text, HIDDEN), HIDDEN);
  }

  /** @param also values that are secret in this text alone */
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

/** To hide what is a name as well would make a difference to the code where there is none. */
function mayBeInName(credential: string): boolean {
  if (credential.length >= SHORTEST_CREDENTIAL) return false;
  if (credential.length < SHORTEST_UNLIKE_A_NAME) return true;
  return NAME_CHARACTERS.test(credential) && !DIGIT_WITHIN.test(credential);
}

/** Every secret of this process: one that a run learned in one place may come back in any answer. */
export const secrets = new Secrets();
