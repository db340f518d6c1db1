import type { Reply } from "../http/reply";
import { landingPage } from "./landing";

const ok = { status: "ok" } as const;

/** What every caller gets, without a token, a fault or an entry in the log. */
const pages: Readonly<Record<string, () => Reply>> = {
  "/": landingPage,
  "/-/health": () => ({ status: 200, text: { type: "text/plain", content: "GitLab OK" } }),
  "/-/liveness": () => ({ status: 200, body: ok }),
  "/-/readiness": () => ({ status: 200, body: { ...ok, master_check: [ok] } }),
};

export function publicPage(method: string, path: string): Reply | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  return Object.hasOwn(pages, path) ? pages[path]?.() : undefined;
}
