import { isBlank } from "./blank";
import type { Problem } from "./problem";

/** A name that the server would store differently, so that every later plan would change it again. */
export function shownNameProblem(property: string, name: string): Problem | undefined {
  if (isBlank(name)) {
    return {
      code: "unkept-name",
      summary: "Empty name",
      detail: `${property} must have at least one visible character; got ${JSON.stringify(name)}. Write what it is for.`,
    };
  }
  if (name.trim() === name) return undefined;
  return {
    code: "unkept-name",
    summary: "A name begins or ends with a blank",
    detail: `GitLab would not keep ${property} unchanged; got ${JSON.stringify(name)}. Write ${JSON.stringify(name.trim())}.`,
  };
}

/** The problem of an invalid full path or number of a group or project. */
export function containerSpellingProblem(container: string | number): Problem | undefined {
  const fits =
    typeof container === "number"
      ? Number.isInteger(container) && container > 0
      : /^\/?[\w.-]+(\/[\w.-]+)*\/?$/.test(container);
  if (fits) return undefined;
  return {
    code: "malformed-container",
    summary: `"${container}" is neither a path nor a number`,
    detail: `It must be the full path of a group or project, such as "platform/apps", or its number; got "${container}". Write the part of its address that follows the host.`,
  };
}
