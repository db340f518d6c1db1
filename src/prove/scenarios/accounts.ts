import type { Scenario } from "./scenario";

const accounts = "/groups/{group}/service_accounts";

export const accountsScenario: Scenario = {
  name: "accounts",
  about: "accounts of a group: created, listed, changed, refused, deleted",
  steps: [
    { ask: "GET /metadata" },
    { ask: "GET /version" },
    { ask: `POST ${accounts}`, body: { name: "One", username: "{mark}-one" }, keep: "one" },
    { ask: `POST ${accounts}`, body: { name: "Two", username: "{mark}-two" }, keep: "two" },
    { ask: `POST ${accounts}`, body: { name: "Again", username: "{mark}-one" } },
    { ask: `POST ${accounts}`, body: { name: "Odd", username: "{mark} odd!" } },
    { ask: `GET ${accounts}`, query: { per_page: "1", page: "1" } },
    { ask: `GET ${accounts}`, query: { per_page: "1", page: "2" } },
    { ask: `GET ${accounts}`, query: { per_page: "1", page: "3" } },
    { ask: `GET ${accounts}`, query: { order_by: "username", sort: "asc" } },
    { ask: `GET ${accounts}`, query: { order_by: "nonsense" } },
    { ask: `GET ${accounts}/{one.id}` },
    { ask: `PATCH ${accounts}/{one.id}`, body: { name: "One renamed" } },
    { ask: `PATCH ${accounts}/{one.id}`, body: { username: "{mark}-uno" } },
    { ask: `PATCH ${accounts}/{one.id}`, body: { username: "{mark}-two" } },
    { ask: "GET /users/{one.id}" },
    { ask: "GET /users", query: { username: "{mark}-two" } },
    { ask: "GET /users", query: { username: "{mark}-nobody" } },
    { ask: `DELETE ${accounts}/{one.id}` },
    { ask: "GET /users/{one.id}", until: 404 },
    { ask: `GET ${accounts}` },
    { ask: `PATCH ${accounts}/{one.id}`, body: { name: "Gone" } },
    { ask: `DELETE ${accounts}/{one.id}` },
    { ask: `DELETE ${accounts}/{two.id}` },
    { ask: "GET /users/{two.id}", until: 404 },
    { ask: `GET ${accounts}` },
  ],
};
