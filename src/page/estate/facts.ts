import type { Picture, Scope } from "../../estate";
import { minute } from "../data/days";
import type { Fact } from "../data/estate-data";

/** What a reader must know of the pass before its results. */
export function factsOf(picture: Picture): Fact[] {
  const { instance, askedBy, requests } = picture;
  const sent = requests.reduce((sum, { count }) => sum + count, 0);
  const edition = instance.tier === null ? "" : `, ${instance.tier}`;
  return [
    { term: "Instance", value: `${instance.url}, GitLab ${instance.version}${edition}` },
    { term: "Scope", value: scopeInWords(picture.scope) },
    { term: "Seen", value: `${minute(picture.startedAt)} to ${minute(picture.finishedAt)} UTC` },
    { term: "Asked by", value: callerInWords(askedBy) },
    { term: "Requests", value: String(sent) },
  ];
}

export function scopeInWords(scope: Scope): string {
  switch (scope.kind) {
    case "instance":
      return "the whole instance";
    case "group":
      return `group ${scope.path} and everything below`;
    case "project":
      return `project ${scope.path}`;
  }
}

function callerInWords({ username, isAdministrator, token }: Picture["askedBy"]): string {
  const words = [
    username ?? "a user that GitLab does not name",
    ...(isAdministrator ? ["administrator"] : []),
    ...(token === null ? [] : [`token ${token.name} (${token.scopes.join(" ")})`]),
  ];
  return words.join(", ");
}
