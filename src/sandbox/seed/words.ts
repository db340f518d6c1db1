export const topLevelNames = [
  ...["platform", "payments", "data", "mobile", "research", "infrastructure", "security"],
  ...["commerce", "logistics", "finance", "support", "partners", "hardware", "media", "labs"],
] as const;

export const groupNames = [
  ...["backend", "frontend", "analytics", "pipelines", "operations", "tools", "billing"],
  ...["search", "identity", "messaging", "storage", "networking", "reporting", "quality"],
  ...["mobile", "gateway", "catalogue", "experiments"],
] as const;

export const projectNames = [
  ...["api", "web", "worker", "deployments", "charts", "terraform", "docs", "importer"],
  ...["scheduler", "dashboard", "runner-images", "sdk", "migrations", "e2e-tests", "gateway"],
  ...["website", "ledger", "notifier", "exporter", "base-images"],
] as const;

export const purposes = [
  ...["deploy", "release", "renovate", "terraform", "backup", "mirror", "scanner", "metrics"],
  ...["registry", "changelog", "sync", "reviewer", "provisioner", "docs", "alerts", "e2e"],
] as const;

export const firstNames = [
  ...["ada", "alan", "amina", "barbara", "chen", "dana", "edsger", "elena", "farid", "grace"],
  ...["hedy", "ines", "jamal", "joan", "kofi", "lena", "linus", "margaret", "mei", "nadia"],
  ...["olga", "omar", "priya", "radia", "sven", "tomasz", "uma", "viktor", "wanda", "yuki"],
] as const;

export const lastNames = [
  ...["abara", "becker", "costa", "dahl", "eriksson", "fischer", "garcia", "haddad", "ito"],
  ...["jansen", "kowalski", "laurent", "moreau", "nowak", "okafor", "patel", "quinn", "rossi"],
  ...["sato", "tanaka", "ueda", "vargas", "weber", "xu", "yilmaz", "zhang"],
] as const;

/** The flow that an agent is named after. */
export const agentFlows = [
  ...["developer", "code-review", "duo-fix-pipeline", "sast-triage", "duo-issue-planner"],
] as const;

/** The text with a capital first letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
