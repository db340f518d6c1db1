import { removal, subgroupAndProject, type Scenario } from "./scenario";

const accounts = "/groups/{group}/service_accounts";
const tokens = `${accounts}/{bot.id}/personal_access_tokens` as const;
const token = { name: "ci", scopes: ["api"], expires_at: "{day+30}" };
const member = { user_id: "{bot.id}", access_level: 30 };

export const membersScenario: Scenario = {
  name: "members",
  about: "memberships of an account in a group, a subgroup and a project, and what its role allows",
  steps: [
    ...subgroupAndProject("{group}"),
    { ask: `POST ${accounts}`, body: { name: "Bot", username: "{mark}-bot" }, keep: "bot" },
    { ask: `POST ${tokens}`, body: token, keep: "ci" },
    { ask: "GET /groups/{sub.id}", as: "ci" },
    { ask: "POST /groups/{sub.id}/members", body: member },
    { ask: "POST /groups/{sub.id}/members", body: member },
    { ask: "POST /groups/{sub.id}/members", body: { ...member, access_level: 33 } },
    { ask: "POST /projects/{app.id}/members", body: { ...member, access_level: 33 } },
    { ask: "POST /projects/{app.id}/members", body: { ...member, expires_at: "{day-2}" } },
    { ask: "POST /projects/{app.id}/members", body: { ...member, expires_at: "{day+20}" } },
    { ask: "GET /groups/{sub.id}/members/{bot.id}" },
    { ask: "GET /groups/{sub.id}/members", query: { user_ids: "{bot.id}" } },
    { ask: "GET /groups/{sub.id}/members/all/{bot.id}" },
    { ask: "GET /projects/{app.id}/members", query: { per_page: "1" } },
    { ask: "PUT /groups/{sub.id}/members/{bot.id}", body: { access_level: 40 } },
    { ask: "PUT /groups/{sub.id}/members/{bot.id}", body: { expires_at: "{day+10}" } },
    {
      ask: "PUT /projects/{app.id}/members/{bot.id}",
      body: { access_level: 20, expires_at: "{day+10}" },
    },
    { ask: "GET /groups/{sub.id}/members", as: "ci" },
    { ask: "POST /groups/{sub.id}/members", as: "ci", body: member },
    { ask: "GET /projects/{app.id}/variables", as: "ci" },
    { ask: "DELETE /projects/{app.id}/members/{bot.id}" },
    { ask: "DELETE /projects/{app.id}/members/{bot.id}" },
    { ask: "PUT /projects/{app.id}/members/{bot.id}", body: { access_level: 20 } },
    { ask: "POST /groups/{group}/members", body: { ...member, access_level: 40 } },
    { ask: "PUT /groups/{sub.id}/members/{bot.id}", body: { access_level: 30 } },
    { ask: "GET /projects/{app.id}/members/{bot.id}" },
    { ask: "GET /projects/{app.id}/members/all/{bot.id}" },
    { ask: "DELETE /groups/{group}/members/{bot.id}" },
    { ask: "GET /groups/{sub.id}/members/{bot.id}" },
    { ask: `DELETE ${accounts}/{bot.id}` },
    { ask: "GET /users/{bot.id}", until: 404 },
    ...removal("project", "app"),
    ...removal("group", "sub"),
  ],
};
