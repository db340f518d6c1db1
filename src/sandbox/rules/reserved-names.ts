/** First parts of paths that GitLab itself uses, and that no user or top-level group can have. */
const topLevelRoutes = new Set([
  ...["-", ".well-known", "admin", "api", "assets", "dashboard", "explore", "files", "groups"],
  ...["health_check", "help", "import", "jwt", "login", "oauth", "profile", "projects", "public"],
  ...["s", "search", "sitemap", "snippets", "unsubscribes", "uploads", "users", "v2"],
  ...["404.html", "422.html", "500.html", "502.html", "503.html", "deploy.html"],
  ...["apple-touch-icon.png", "favicon.ico", "favicon.png", "robots.txt", "slash-command-logo.png"],
  ...["sitemap.xml", "sitemap.xml.gz"],
]);

export function isReservedAtTopLevel(name: string): boolean {
  return topLevelRoutes.has(name.toLowerCase());
}
