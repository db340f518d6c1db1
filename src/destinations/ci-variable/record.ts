import { pathWord, type Problem } from "../../model";
import { formatOf } from "../format/record";
import {
  defineDestination,
  onDestroy,
  onDestroyText,
  overwrite,
  type Conflict,
  type Written,
} from "../record";

const LONGEST_KEY = 255;

/** What every variable has, wherever it is. */
export const variableAttributes = {
  key: {
    type: "string",
    required: true,
    description: "Name of the variable: letters, digits and underscores, at most 255 characters.",
  },
  environment_scope: {
    type: "string",
    optional: true,
    computed: true,
    default: "*",
    description:
      "Environments that see the variable; * means all. In groups it needs GitLab Premium.",
  },
  protected: {
    type: "boolean",
    optional: true,
    computed: true,
    default: false,
    description: "Only pipelines on protected branches and tags see the variable.",
  },
  masked: {
    type: "boolean",
    optional: true,
    computed: true,
    default: true,
    description: "Job logs show [masked] instead of the value.",
  },
  hidden: {
    type: "boolean",
    optional: true,
    computed: true,
    default: false,
    description: "GitLab never shows the value again. Only a new variable can be hidden.",
  },
  raw: {
    type: "boolean",
    optional: true,
    computed: true,
    default: true,
    description: "References such as $NAME in the value are not expanded.",
  },
} as const;

/** Of every variable, wherever it is. */
export const variableRules = {
  key: {
    problem(key: string): Problem | undefined {
      if (isKey(key)) return undefined;
      return {
        code: "malformed-variable-key",
        summary: `"${key}" cannot be a variable's key`,
        detail: `key must have 1 to ${LONGEST_KEY} letters, digits and underscores; got "${key}".`,
      };
    },
    inPrograms(key: string): Problem | undefined {
      if (isKey(key)) return undefined;
      const suggestion = key.replace(/[^A-Za-z0-9_]+/g, "_").slice(0, LONGEST_KEY);
      return {
        code: "malformed-variable-key",
        summary: `"${key}" cannot name a CI/CD variable`,
        detail: `It must have 1 to ${LONGEST_KEY} letters, digits and underscores; got "${key}". Write "${suggestion || "DEPLOY_TOKEN"}".`,
      };
    },
  },
  environment_scope: {
    inPrograms(scope: string): Problem | undefined {
      if (/^[A-Za-z0-9_/${}.* -]+$/.test(scope)) return undefined;
      return {
        code: "malformed-environment-scope",
        summary: `"${scope}" is not an environment scope`,
        detail: `It must have only letters, digits, blanks and - _ / $ { } . *; got "${scope}". Write an environment's name, review/* for many, or leave it out for all.`,
      };
    },
  },
};

/** A CI/CD variable of a project or group. */
export const ciVariable = defineDestination({
  description: "A CI/CD variable of a project or group.",
  attributes: {
    project: {
      type: "string",
      optional: true,
      description: "Full path or number of the project. Set exactly one of project and group.",
    },
    group: { type: "string", optional: true, description: "Full path or number of the group." },
    ...variableAttributes,
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["project", "group", "key", "environment_scope"],
  exact: ["key", "environment_scope"],
  immutable: ["hidden"],
  inContainer: true,
  rules: variableRules,
  conflict: variableConflict,
  label({ project, group, key, environment_scope: written }, say) {
    const kind = project == null ? "group" : "project";
    const container = pathWord(say(project ?? group ?? ""));
    const scope = say(written);
    const environments = scope === "*" ? "" : ` (environment scope "${scope}")`;
    return `CI/CD variable "${say(key)}" of ${kind} "${container}"${environments}`;
  },
  review: {
    label({ project, group, key, environment_scope: scope }, say) {
      const environment = scope === "*" ? "" : `, environment ${say(scope)}`;
      return `CI/CD variable ${say(key)} of ${say(group ?? project)}${environment}`;
    },
    isUnprotected: (values) => values.protected !== true,
    remarks: (values) => [
      values.protected === true ? "protected" : "not protected",
      ...(values.masked === false ? ["not masked"] : []),
      ...(values.hidden === true ? ["hidden"] : []),
      ...(values.raw === false ? ["expanded"] : []),
      ...(values.on_destroy === "keep" ? ["kept when the token goes"] : []),
    ],
  },
  beforeDelivery:
    "A variable that is there keeps its value and description until then, and gets glsa's with it.",
  options: {
    text: "A CI/CD variable that receives a token's value.",
    see: "https://docs.gitlab.com/ci/variables/",
    attributes: {
      project: {
        text: "The project whose variable it is: full path or number.",
        unset: "none; then `group` must be given",
      },
      group: {
        text: "The group whose variable it is: full path or number.",
        unset: "none; then `project` must be given",
      },
      environment_scope: {
        text: "Environments that see the variable, such as `production` or `review/*`. For a group's variable this needs GitLab Premium.",
        see: "https://docs.gitlab.com/ci/environments/#limit-the-environment-scope-of-a-cicd-variable",
      },
      hidden: {
        text: "GitLab never shows the value again. Only a new variable can be hidden, and it stays so.",
        see: "https://docs.gitlab.com/ci/variables/#hide-a-cicd-variable",
      },
      on_destroy: onDestroyText("variable"),
    },
  },
});

/** Settings that GitLab refuses together, of every variable. */
export function variableConflict(written: Written): Conflict | undefined {
  const { hidden, masked } = written;
  const unmaskable = masked === false ? undefined : unmaskableForm(written);
  if (unmaskable !== undefined) return unmaskable;
  if (hidden !== true || masked !== false) return undefined;
  return {
    attribute: "masked",
    problem: {
      code: "hidden-but-not-masked",
      summary: "A hidden variable is masked too",
      detail: "GitLab hides only masked variables. Remove masked = false.",
    },
    inPrograms: {
      code: "hidden-but-not-masked",
      summary: "A hidden variable is always masked",
      detail: "hidden is true, and masked is false. Leave masked out, or set hidden to false.",
    },
  };
}

/** GitLab masks only what has no blanks, and of what is expanded only what is spelled like a token. */
function unmaskableForm(written: Written): Conflict | undefined {
  const format = formatOf(written);
  const hasBlanks =
    format.name === "netrc" ||
    Object.entries(format.templates ?? {}).some((entry) => /\s/.test(entry.join("")));
  const isExpandable =
    ["value", "git_credentials"].includes(format.name) || written["raw"] !== false;
  if (!hasBlanks && isExpandable) return undefined;
  const why = hasBlanks ? "it has blanks" : "it is expanded (raw = false) and has quotes";
  return {
    attribute: "masked",
    problem: {
      code: "format-not-maskable",
      summary: `GitLab cannot mask a ${format.name}`,
      detail: `A masked variable holds no blanks, and without raw only letters, digits and _+=/@:.~-; of this form ${why}. Write masked = false, or choose another format.`,
    },
  };
}

/** @see https://docs.gitlab.com/ci/variables/#define-a-cicd-variable-in-the-ui */
function isKey(key: string): boolean {
  return /^[A-Za-z0-9_]+$/.test(key) && key.length <= LONGEST_KEY;
}
