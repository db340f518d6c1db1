/** Parameters that carry a token, in the order in which they count. */
export const tokenParameters = ["private_token", "access_token", "bearer_token"] as const;

const secretParameters: ReadonlySet<string> = new Set([...tokenParameters, "job_token"]);

/** A query as it may be shown: without the parameters that carry a token. */
export function queryWithoutSecrets(query: string): string {
  return query
    .split("&")
    .filter((pair) => !isSecret(pair.split("=")[0] ?? ""))
    .join("&");
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
