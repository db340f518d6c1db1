import { createHash } from "node:crypto";
import type { Reply } from "../http/reply";

const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
html { background: Canvas; color: CanvasText; }
body { margin: 0 auto; background: Canvas; max-width: 76rem; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
th { font-weight: 600; color: color-mix(in srgb, CanvasText 72%, Canvas); position: sticky; top: 0; background: Canvas; white-space: nowrap; }
tbody:empty::after { content: "none yet"; display: block; padding: .25rem 0; opacity: .65; white-space: nowrap; }
[aria-busy] tbody:empty::after { content: "…"; }
th:first-child { width: 1%; min-width: 2.5rem; }
code, td.code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
td.code { min-width: 13rem; } td.who { min-width: 13rem; overflow-wrap: anywhere; } td.dim { white-space: nowrap; }
.bad { color: #c2362b; } .dim { opacity: .65; }
@media (prefers-color-scheme: dark) { .bad { color: #ff8a80; } }
@media (max-width: 48rem) { table { min-width: 48rem; } }
.scroll { max-height: 26rem; overflow: auto; }
`;

const script = `
"use strict";
const roles = { 5: "Minimal Access", 10: "Guest", 15: "Planner", 20: "Reporter", 30: "Developer", 40: "Maintainer", 50: "Owner" };
const byId = (id) => document.getElementById(id);
function row(cells, classes) {
  const line = document.createElement("tr");
  cells.forEach((content, index) => {
    const cell = line.appendChild(document.createElement("td"));
    cell.textContent = content;
    if (classes && classes[index]) cell.className = classes[index];
  });
  return line;
}
function fill(id, rows, total) {
  byId(id).replaceChildren(...rows);
  byId(id + "-total").textContent = rows.length < total ? "the first " + rows.length + " of " + total : String(total);
}
function membersOf({ members, member_count }) {
  const shown = members.map(({ username, access_level }) => username + " (" + (roles[access_level] || access_level) + ")");
  if (member_count > members.length) shown.push("and " + (member_count - members.length) + " more");
  return shown.join(", ");
}
async function refresh() {
  const view = await (await fetch("/-/sandbox/overview")).json();
  document.body.removeAttribute("aria-busy");
  byId("about").textContent = "GitLab " + view.version + ", " + view.tier + ", " + view.now + ".";
  fill("users", view.users.map((user) => row([user.id, user.username, user.name, user.kind.replace("_", " "), user.owner || "", user.state, user.active_tokens], ["dim", "code"])), view.totals.users);
  for (const kind of ["groups", "projects"]) {
    fill(kind, view[kind].map((place) => row([place.id, place.full_path, place.visibility, membersOf(place)], ["dim", "code", "", "who"])), view.totals[kind]);
  }
}
let due;
function refreshSoon() {
  clearTimeout(due);
  due = setTimeout(() => refresh().catch(() => undefined), 100);
}
function connect() {
  const events = new EventSource("/-/sandbox/events");
  events.onopen = () => { byId("live").textContent = "live"; refreshSoon(); };
  events.onerror = () => { byId("live").textContent = "not connected"; };
  events.onmessage = ({ data }) => {
    const { time, method, path, query, status, user } = JSON.parse(data);
    const isBad = status === null || status >= 400;
    byId("requests").prepend(row([time.replace("T", " "), method, path + (query ? "?" + query : ""), status === null ? "cut" : status, user || ""], ["dim", "", "code", isBad ? "bad" : ""]));
    while (byId("requests").childElementCount > 200) byId("requests").lastElementChild.remove();
    if (method !== "GET") refreshSoon();
  };
}
refreshSoon();
connect();
`;

function table(id: string, title: string, heads: readonly string[]): string {
  const cells = heads.map((head) => `<th scope="col">${head}</th>`).join("");
  const label = title.replace(/,? <.*/s, "");
  return `<h2>${title} <span class="dim" id="${id}-total"></span></h2>
<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table><thead><tr>${cells}</tr></thead><tbody id="${id}"></tbody></table></div>`;
}

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Stand-in GitLab</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body aria-busy="true"><main><h1>Stand-in GitLab</h1>
<p><span id="about">Loading.</span> Steer it with the calls below <code>/-/sandbox/</code>.</p>
${table("users", "Who is who", ["id", "username", "name", "kind", "belongs to", "state", "active tokens"])}
${table("groups", "Groups", ["id", "path", "visibility", "direct members"])}
${table("projects", "Projects", ["id", "path", "visibility", "direct members"])}
${table("requests", 'Requests as they come, <span id="live">connecting</span>', ["time", "method", "path", "status", "user"])}
</main><script>${script}</script></body></html>
`;

function source(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/** The page at the root: the objects, the users, and the requests as they arrive. */
export function landingPage(): Reply {
  return {
    status: 200,
    text: { type: "text/html; charset=utf-8", content: html },
    headers: {
      "Cache-Control": "no-store",
      "Content-Security-Policy": `default-src 'none'; connect-src 'self'; style-src ${source(style)}; script-src ${source(script)}; base-uri 'none'; frame-ancestors 'none'`,
    },
  };
}
