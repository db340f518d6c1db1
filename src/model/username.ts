import type { Problem } from "./problem";

const LONGEST = 255;

/** The first words of GitLab's own routes, which no namespace may have. */
const RESERVED = new Set([
  "-",
  "admin",
  "api",
  "assets",
  "dashboard",
  "explore",
  "files",
  "groups",
  "health_check",
  "help",
  "import",
  "jwt",
  "login",
  "oauth",
  "profile",
  "projects",
  "public",
  "search",
  "sitemap",
  "snippets",
  "unsubscribes",
  "uploads",
  "users",
  "v2",
]);

/**
 * Why GitLab would refuse a username.
 * @see https://docs.gitlab.com/user/reserved_names/
 */
export function usernameProblem(username: string): Problem | undefined {
  const rule = brokenRule(username);
  if (rule === undefined) return undefined;
  const suggestion = slug(username);
  const remedy = suggestion !== "" && suggestion !== username ? ` Write "${suggestion}".` : "";
  return {
    code: "malformed-username",
    summary: `Malformed username "${username}"`,
    detail: `A GitLab username ${rule}; got "${username}".${remedy}`,
  };
}

function brokenRule(username: string): string | undefined {
  if (username === "") return "must not be empty";
  if (username.length > LONGEST) return `has at most ${LONGEST} characters`;
  if (!/^[A-Za-z0-9_.-]+$/.test(username)) {
    return "has only letters, digits, hyphens, dots and underscores";
  }
  if (username.startsWith("-")) return "does not begin with a hyphen";
  if (/(\.|\.git|\.atom)$/i.test(username)) return 'does not end in ".", ".git" or ".atom"';
  if (RESERVED.has(username.toLowerCase())) return "is not one of GitLab's reserved words";
  return undefined;
}

/** Letters, digits and single hyphens, in lower case: a name or path in the form of a username. */
export function slug(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
