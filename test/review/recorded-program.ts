/** The same in a program of Pulumi, as far as it has the words. */
export function created(): string {
  return `
const deployer = account("deployer", { group: "platform", username: "platform-deployer" });
membership("charts", { serviceAccountId: deployer.id, project: "platform/charts", role: "developer", expiresAt: "2026-12-31" });
membership("apps", { serviceAccountId: deployer.id, group: "platform/apps", role: "maintainer", expiresAt: "2027-01-31" });
membership("platform", { serviceAccountId: deployer.id, group: "platform", role: "guest" });
token("ci", {
  serviceAccountId: deployer.id, name: "ci", scopes: ["read_api", "read_user"], rotation: { every: "30d" },
  keepers: { reason: pulumi.secret("a-secret-reason") },
  deliverTo: [
    { ciVariable: { project: "platform/charts", key: "DEPLOY_TOKEN" } },
    { ciVariable: { group: "platform/apps", key: "APPS_TOKEN", protected: true } },
  ],
});
token("api", { serviceAccountId: deployer.id, name: "api", scopes: ["read_api"], expiresAt: "2026-12-31", storeValue: true });
token("old", {
  serviceAccountId: deployer.id, name: "old", scopes: ["read_registry"], expiresAt: "2026-12-31",
  deliverTo: [{ file: { path: "old.token" } }],
});
${others("platform")}`;
}

export function changed(): string {
  return `
const deployer = account("deployer", { group: "platform", username: "platform-release" });
membership("charts", { serviceAccountId: deployer.id, project: "platform/charts", role: "maintainer", expiresAt: "2027-03-31" });
membership("apps", { serviceAccountId: deployer.id, group: "platform/apps", role: "reporter", expiresAt: "2026-09-30" });
token("ci", {
  serviceAccountId: deployer.id, name: "ci", scopes: ["read_api", "write_repository"],
  rotation: { every: "60d", lifetime: "90d" }, keepers: { reason: pulumi.secret("another-secret-reason") },
  deliverTo: [
    { ciVariable: { project: "platform/charts", key: "DEPLOY_TOKEN", protected: true } },
    { file: { path: "deploy.token" } },
  ],
});
token("api", { serviceAccountId: deployer.id, name: "api", scopes: ["read_api"], expiresAt: "2026-10-31", storeValue: true });
token("new", { serviceAccountId: deployer.id, name: "new", scopes: ["api"], expiresAt: "2026-10-31", storeValue: true });
${others("platform")}`;
}

/** What goes, what is replaced, what moves, what is kept and what is taken over. */
export function gone(importedId: string): string {
  return created()
    .slice(0, created().indexOf("const doomed"))
    .replace(/^membership\("platform".*$/m, "")
    .replace('token("api", {', 'token("moved", {')
    .replace("storeValue: true });", 'storeValue: true }, { aliases: [{ name: "api" }] });')
    .concat(mover('project: "platform/charts"'))
    .concat(
      `account("found", { group: "platform", username: "made-by-hand", name: "Made by hand" }, { import: "${importedId}" });\n`,
    );
}

function others(group: string): string {
  return `
const doomed = ["delete", "disable", "retain"].map((onDestroy) =>
  account("doomed-" + onDestroy, { group: "${group}", username: "doomed-" + onDestroy, onDestroy }));
doomed.forEach((each, at) => membership("doomed-" + at, { serviceAccountId: each.id, group: "platform/apps", role: "guest" }));
${mover(`group: "${group}"`)}`;
}

function mover(owner: string): string {
  return `
const mover = account("mover", { ${owner}, username: "mover" });
token("mover", { serviceAccountId: mover.id, name: "mover", scopes: ["read_api"], rotation: { every: "30d" }, storeValue: true });
`;
}
