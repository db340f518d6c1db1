import type { Scenario } from "./scenario";

const accounts = "/groups/{group}/service_accounts";
const tokens = `${accounts}/{bot.id}/personal_access_tokens` as const;
const self = "/personal_access_tokens/self";
const ask = { name: "ci", scopes: ["read_api", "self_rotate"], expires_at: "{day+30}" };

export const tokensScenario: Scenario = {
  name: "tokens",
  about: "tokens of an account: created, refused, used, listed, rotated by either side, revoked",
  steps: [
    { ask: `POST ${accounts}`, body: { name: "Bot", username: "{mark}-bot" }, keep: "bot" },
    { ask: `POST ${tokens}`, body: { ...ask, description: "for the proof" }, keep: "ci" },
    { ask: `POST ${tokens}`, body: { ...ask, scopes: ["nonsense"] } },
    { ask: `POST ${tokens}`, body: { name: "no scopes" } },
    { ask: `POST ${tokens}`, body: { ...ask, expires_at: "{day-2}" } },
    { ask: `POST ${tokens}`, body: { ...ask, expires_at: "{day+9000}" } },
    { ask: `POST ${tokens}`, body: { ...ask, name: "other", scopes: ["api"] }, keep: "other" },
    { ask: `GET ${tokens}`, query: { state: "active", per_page: "1", page: "1" } },
    { ask: `GET ${tokens}`, query: { state: "active", per_page: "1", page: "2" } },
    { ask: `GET ${self}`, as: "ci" },
    { ask: "GET /user", as: "ci" },
    { ask: `GET ${self}`, as: "nobody" },
    { ask: `GET ${self}`, as: "never issued" },
    { ask: `POST ${tokens}`, as: "ci", body: ask },
    { ask: "GET /personal_access_tokens/{ci.id}" },
    { ask: `POST ${self}/rotate`, as: "ci", body: { expires_at: "{day+40}" }, keep: "second" },
    { ask: `GET ${self}`, as: "second" },
    { ask: `GET ${self}`, as: "ci" },
    { ask: `POST ${tokens}/{second.id}/rotate`, body: { expires_at: "{day+50}" }, keep: "third" },
    { ask: `GET ${self}`, as: "third" },
    { ask: `GET ${self}`, as: "second" },
    { ask: `DELETE ${tokens}/{third.id}` },
    { ask: `GET ${self}`, as: "third" },
    { ask: `DELETE ${tokens}/{third.id}` },
    { ask: `DELETE ${self}`, as: "other" },
    { ask: `GET ${self}`, as: "other" },
    { ask: `GET ${tokens}`, query: { state: "inactive", sort: "created_asc" } },
    { ask: `GET ${tokens}`, query: { state: "active" } },
    { ask: `DELETE ${accounts}/{bot.id}` },
    { ask: "GET /users/{bot.id}", until: 404 },
    { ask: `GET ${tokens}` },
  ],
};
