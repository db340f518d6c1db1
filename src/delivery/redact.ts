/** Enough of a value to be worth hiding; shorter pieces occur by chance. */
const SHORTEST_PIECE = 8;

/** Replaces a value wherever it stands whole or in part, plain or encoded, on one line or broken over several. */
export function redact(text: string, value: string, mark = "[token value]"): string {
  const pieces = new Set(spellings(value).flatMap(piecesOf));
  const hidden = hiddenPositions(text, pieces);
  let result = "";
  for (let at = 0; at < text.length; at++) {
    if (!hidden.has(at)) result += text[at];
    else if (!hidden.has(at - 1)) result += mark;
  }
  return result;
}

function hiddenPositions(text: string, pieces: ReadonlySet<string>): ReadonlySet<number> {
  const positions = [...text.matchAll(/\S/g)].map(({ index }) => index);
  const dense = positions.map((at) => text[at]).join("");
  const hidden = new Set<number>();
  for (const length of new Set([...pieces].map((piece) => piece.length))) {
    for (let start = 0; start + length <= dense.length; start++) {
      if (!pieces.has(dense.slice(start, start + length))) continue;
      const [first = 0, last = 0] = [positions[start], positions[start + length - 1]];
      for (let at = first; at <= last; at++) hidden.add(at);
    }
  }
  return hidden;
}

function piecesOf(spelling: string): string[] {
  if (spelling.length <= SHORTEST_PIECE) return spelling === "" ? [] : [spelling];
  return Array.from({ length: spelling.length - SHORTEST_PIECE + 1 }, (_, at) =>
    spelling.slice(at, at + SHORTEST_PIECE),
  );
}

function spellings(value: string): string[] {
  const hex = Buffer.from(value).toString("hex");
  return [value, encodeURIComponent(value), hex, hex.toUpperCase(), ...base64Spellings(value)];
}

/** Base64 looks different for each of the three places at which a value may begin, as in `oauth2:<value>`. */
function base64Spellings(value: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    // The characters at both ends depend on what stands beside the value too.
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    const standard = padded.toString("base64").slice(first, last);
    return [standard, standard.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
