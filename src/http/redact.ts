/** The length from which a part of a secret is hidden. Shorter parts occur by chance. */
export const SHORTEST_PIECE = 8;
/** A shorter secret is hidden only as a whole: its parts may be plain words. */
const SHORTEST_CUT_SECRET = 16;

/** How a secret may appear in a text: parts of all its spellings, by their length. */
export class Pieces {
  private readonly byLength = new Map<number, Set<string>>();

  add(secret: string): void {
    const spelt = new Set(spellings(secret).map(visible));
    for (const spelling of spelt) {
      const isCut = secret.length >= SHORTEST_CUT_SECRET;
      for (const piece of isCut ? piecesOf(spelling) : [spelling]) this.addPiece(piece);
    }
  }

  /** Replaces secrets wherever they are, as a whole or in part, on one line or broken over several. */
  hide(text: string, mark: string): string {
    return markOut(text, this.positionsIn(text), mark);
  }

  private addPiece(piece: string): void {
    if (piece === "") return;
    const pieces = this.byLength.get(piece.length) ?? new Set<string>();
    pieces.add(piece);
    this.byLength.set(piece.length, pieces);
  }

  private positionsIn(text: string): ReadonlySet<number> {
    const { dense, positionOf } = densely(text);
    const hidden = new Set<number>();
    for (const [length, pieces] of this.byLength) {
      for (let start = 0; start + length <= dense.length; start++) {
        if (!pieces.has(dense.slice(start, start + length))) continue;
        const last = positionOf(start + length - 1);
        for (let at = positionOf(start); at <= last; at++) hidden.add(at);
      }
    }
    return hidden;
  }
}

/**
 * Whole secrets in any of their spellings. A part of one could also be found in names, which are compared. The first
 * characters of a spelling lead to it, so that many secrets cost no more than one.
 */
export class WholeSecrets {
  private readonly byBeginning = new Map<number, Map<string, Set<string>>>();

  add(secret: string): void {
    for (const spelling of new Set(spellings(secret).map(visible))) {
      const beginning = spelling.slice(0, SHORTEST_PIECE);
      const sameLength = this.byBeginning.get(beginning.length) ?? new Map<string, Set<string>>();
      this.byBeginning.set(beginning.length, sameLength);
      const candidates = sameLength.get(beginning) ?? new Set<string>();
      sameLength.set(beginning, candidates.add(spelling));
    }
  }

  hide(text: string, mark: string): string {
    const { dense, positionOf } = densely(text);
    const hidden = new Set<number>();
    for (const [length, spellingsOf] of this.byBeginning) {
      for (let start = 0; start + length <= dense.length; start++) {
        const candidates = spellingsOf.get(dense.slice(start, start + length));
        for (const spelling of candidates ?? []) {
          if (!dense.startsWith(spelling, start)) continue;
          const [first, last] = [positionOf(start), positionOf(start + spelling.length - 1)];
          if (spelling.length < SHORTEST_PIECE && !isWord(text, first, last)) continue;
          for (let at = first; at <= last; at++) hidden.add(at);
        }
      }
    }
    return markOut(text, hidden, mark);
  }
}

/** A few letters are part of many longer words. */
function isWord(text: string, first: number, last: number): boolean {
  const isPartOfWord = (character: string | undefined) => /[\p{L}\p{N}]/u.test(character ?? "");
  return !isPartOfWord(text[first - 1]) && !isPartOfWord(text[last + 1]);
}

function markOut(text: string, hidden: ReadonlySet<number>, mark: string): string {
  if (hidden.size === 0) return text;
  let result = "";
  for (let at = 0; at < text.length; at++) {
    if (!hidden.has(at)) result += text[at];
    else if (!hidden.has(at - 1)) result += mark;
  }
  return result;
}

interface Dense {
  readonly dense: string;
  /** The position of one of its characters in the text. */
  readonly positionOf: (at: number) => number;
}

/** A text without blanks and invisible characters. */
function densely(text: string): Dense {
  if (!/[\p{C}\p{Z}]/u.test(text)) return { dense: text, positionOf: (at) => at };
  const positions = [...text.matchAll(VISIBLE)].flatMap(({ 0: character, index }) =>
    Array.from(character, (_, at) => index + at),
  );
  return {
    dense: positions.map((at) => text[at]).join(""),
    positionOf: (at) => positions[at] ?? 0,
  };
}

/** Whether a text contains a whole secret, plain or encoded. */
export function holdsSecret(text: string, secret: string): boolean {
  if (secret.length < SHORTEST_PIECE) return text === secret;
  return spellings(secret).some((spelling) => text.includes(spelling));
}

/** Everything but blanks and invisible characters, which may interrupt a secret. */
const VISIBLE = /[^\p{C}\p{Z}]/gu;

function visible(text: string): string {
  return text.match(VISIBLE)?.join("") ?? "";
}

function piecesOf(spelling: string): string[] {
  if (spelling.length <= SHORTEST_PIECE) return [spelling];
  return Array.from({ length: spelling.length - SHORTEST_PIECE + 1 }, (_, at) =>
    spelling.slice(at, at + SHORTEST_PIECE),
  );
}

function spellings(secret: string): string[] {
  const hex = Buffer.from(secret).toString("hex");
  const plain = [secret, ...jsonSpellings(secret), htmlSpelling(secret), hex, hex.toUpperCase()];
  const base64 = base64Spellings(secret).flatMap((spelling) => [
    spelling,
    encodeURIComponent(spelling),
    spelling.replaceAll("/", "\\/"),
  ]);
  return [...plain, ...urlSpellings(secret), ...base64];
}

function jsonSpellings(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const ascii = escaped.replace(/[^ -~]|[<>&']/g, unicodeEscape);
  return [escaped, escaped.replaceAll("/", "\\/"), ascii, ascii.toLowerCase()];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function htmlSpelling(secret: string): string {
  return secret.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** With as few characters escaped as possible, or all of them. Forms write a blank as a plus. */
function urlSpellings(secret: string): string[] {
  const all = Buffer.from(secret)
    .toString("hex")
    .replace(/../g, (byte) => `%${byte}`);
  const needed = percentEncode(secret);
  return [needed, needed.replaceAll("%20", "+"), all].flatMap((spelling) => [
    spelling,
    spelling.replace(/%../g, (escape) => escape.toLowerCase()),
    spelling.replace(/%../g, (escape) => escape.toUpperCase()),
  ]);
}

/** Also for halves of a character, for which `encodeURIComponent` throws. */
function percentEncode(secret: string): string {
  return encodeURIComponent(Buffer.from(secret).toString());
}

/** Base64 looks different for each of the three offsets at which a value may begin, as in `oauth2:<value>`. */
function base64Spellings(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    // The characters at both ends also depend on the neighbouring text.
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    const standard = padded.toString("base64").slice(first, last);
    return [standard, standard.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
