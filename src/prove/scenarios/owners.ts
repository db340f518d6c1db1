import { removal, subgroupAndProject, type Scenario } from "./scenario";

const inGroup = "/groups/{sub.id}/service_accounts";
const inProject = "/projects/{app.id}/service_accounts";

export const ownersScenario: Scenario = {
  name: "owners",
  about: "accounts of a subgroup and of a project, and where each may become a member",
  steps: [
    ...subgroupAndProject("{sub.id}"),
    { ask: `POST ${inGroup}`, body: { name: "Sub", username: "{mark}-below" }, keep: "below" },
    { ask: `POST ${inProject}`, body: { name: "App", username: "{mark}-app-bot" }, keep: "bot" },
    { ask: `GET ${inGroup}` },
    { ask: `GET ${inProject}` },
    {
      ask: "POST /groups/{group}/members",
      body: { user_id: "{below.id}", access_level: 30 },
    },
    {
      ask: "POST /projects/{app.id}/members",
      body: { user_id: "{below.id}", access_level: 30 },
    },
    { ask: "POST /groups/{sub.id}/members", body: { user_id: "{bot.id}", access_level: 30 } },
    { ask: "POST /projects/{app.id}/members", body: { user_id: "{bot.id}", access_level: 30 } },
    { ask: `DELETE ${inProject}/{bot.id}` },
    { ask: `DELETE ${inGroup}/{below.id}` },
    { ask: "GET /users/{bot.id}", until: 404 },
    { ask: "GET /users/{below.id}", until: 404 },
    ...removal("project", "app"),
    ...removal("group", "sub"),
  ],
};
