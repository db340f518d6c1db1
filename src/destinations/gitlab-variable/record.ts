import { variableAttributes, variableConflict, variableRules } from "../ci-variable/record";
import { addressRule, textRule } from "../malformed";
import { defineDestination, onDestroy, onDestroyText, overwrite, type Written } from "../record";

/** A CI/CD variable of another GitLab, or one of a whole instance. */
export const gitlabVariable = defineDestination({
  description:
    "A CI/CD variable of a project, group or instance of another GitLab; without base_url, an instance-level variable of this one.",
  attributes: {
    base_url: {
      type: "string",
      optional: true,
      unset: "this GitLab",
      description: "Address of the other GitLab, such as https://gitlab.example.org.",
    },
    token_variable: {
      type: "string",
      optional: true,
      description:
        "Name of the environment variable that holds a token of the other GitLab with the scope api.",
    },
    project: {
      type: "string",
      optional: true,
      description:
        "Full path or number of the project. Set exactly one of project, group and instance.",
    },
    group: { type: "string", optional: true, description: "Full path or number of the group." },
    instance: {
      type: "boolean",
      optional: true,
      description: "All projects of the instance see the variable; for administrators only.",
    },
    ...variableAttributes,
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["base_url", "project", "group", "instance", "key", "environment_scope"],
  exact: ["instance", "key", "environment_scope"],
  immutable: ["hidden"],
  rules: {
    base_url: addressRule("base_url", "https://gitlab.example.org"),
    token_variable: textRule({
      name: "token_variable",
      must: "be the name of an environment variable, not a token",
      example: "PARTNER_GITLAB_TOKEN",
      fits: (name) => /^[A-Z_][A-Z0-9_]{0,99}$/i.test(name) && !/^glpat/i.test(name),
    }),
    ...variableRules,
  },
  conflict(written) {
    const [first, second] = places(written);
    if (first === undefined || second !== undefined) {
      return {
        attribute: second ?? "key",
        problem: {
          code: "ambiguous-variable-place",
          summary: "A variable is in one place of the other GitLab",
          detail: `Set exactly one of project, group and instance; got ${second === undefined ? "none" : "more than one"}.`,
        },
      };
    }
    return (
      loginConflict(written, first) ?? instanceConflict(written, first) ?? variableConflict(written)
    );
  },
  label({ base_url: url, project, group, environment_scope: scope, key }, say) {
    const where = placeWords({ project, group }, say);
    const at = url == null ? "" : ` at ${say(url)}`;
    const environments = say(scope) === "*" ? "" : ` (environment scope "${say(scope)}")`;
    return `CI/CD variable "${say(key)}" of ${where}${at}${environments}`;
  },
  review: {
    label({ base_url: url, project, group, key }, say) {
      const at = url == null ? "" : ` at ${say(url)}`;
      return `CI/CD variable ${say(key)} of ${say(project ?? group ?? "the instance")}${at}`;
    },
    remarks: (values) => [
      values["protected"] === true ? "protected" : "not protected",
      ...(values["masked"] === false ? ["not masked"] : []),
      ...(values["hidden"] === true ? ["hidden"] : []),
      ...(values["instance"] === true ? ["for every project of the instance"] : []),
      ...(values["on_destroy"] === "keep" ? ["kept when the token goes"] : []),
    ],
  },
  options: {
    text: "A CI/CD variable of another GitLab that receives a token's value, or one of a whole instance.",
    see: "https://docs.gitlab.com/api/instance_level_ci_variables/",
    attributes: { on_destroy: onDestroyText("variable") },
  },
});

/** Where it is, as far as that is set; what is not known yet counts. */
function places({ project, group, instance }: Written): string[] {
  const isSet = (value: unknown) => value !== undefined && value !== null && value !== false;
  return Object.entries({ project, group, instance })
    .filter(([, value]) => isSet(value))
    .map(([name]) => name);
}

function loginConflict({ base_url: url, token_variable: variable }: Written, place: string) {
  if (url == null && place !== "instance") {
    return {
      attribute: place,
      problem: {
        code: "not-another-gitlab",
        summary: "A variable of this GitLab's projects and groups is a ci_variable",
        detail: "Write ci_variable, or set base_url to the address of another GitLab.",
      },
    } as const;
  }
  if (url == null || variable != null) return undefined;
  return {
    attribute: "token_variable",
    problem: {
      code: "missing-token-variable",
      summary: "Another GitLab needs a token of its own",
      detail:
        "Set token_variable to the name of the environment variable that holds it: this GitLab's token is never sent there.",
    },
  } as const;
}

/** What GitLab has for projects and groups only. */
function instanceConflict({ hidden, environment_scope: scope }: Written, place: string) {
  if (place !== "instance") return undefined;
  const hasScope = typeof scope === "string" && scope !== "*";
  if (hidden !== true && !hasScope) return undefined;
  return {
    attribute: hasScope ? "environment_scope" : "hidden",
    problem: {
      code: "no-instance-setting",
      summary: "GitLab has no such setting for a whole instance",
      detail:
        "A variable of an instance is neither hidden nor bound to environments. Leave it out, or name a project or group.",
    },
  } as const;
}

function placeWords({ project, group }: Written, say: (value: unknown) => string): string {
  if (project != null) return `project "${say(project)}"`;
  return group == null ? "the instance" : `group "${say(group)}"`;
}
