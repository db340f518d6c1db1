/** Parameters that carry a token, in order of precedence. */
export const tokenParameters = ["private_token", "access_token", "bearer_token"] as const;

const secretParameters: ReadonlySet<string> = new Set([...tokenParameters, "job_token"]);

/** A query that can be shown: without the parameters that carry a token. */
export function queryWithoutSecrets(query: string): string {
  const pairs = query.split("&");
  const shown = pairs.filter((pair) => !isSecret(pair.split("=")[0] ?? ""));
  // The log keeps thousands of these: an unchanged one shares the memory of the path.
  return shown.length === pairs.length ? query : shown.join("&");
}

/** Of `a[b]` and `a[]` the first part is the name. */
function isSecret(encoded: string): boolean {
  return secretParameters.has(decodeSafely(encoded).replace(/\[.*$/s, "").trim());
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
