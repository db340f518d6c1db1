import type { RandomRequest } from "./requests";
import { secrets } from "./world";

/** Secrets that an answer shows and its request did not name. */
export function leaksIn(shown: string, { path, body }: RandomRequest): string[] {
  const asked = decodeURIComponent(path.replaceAll("%", "%25")) + (body ?? "");
  return Object.values(secrets).filter(
    (secret) => shown.includes(secret) && !asked.includes(secret),
  );
}
