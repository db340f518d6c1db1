import { addressRule, textRule } from "../malformed";
import { defineDestination, onDestroy, onDestroyText, overwrite, type Written } from "../record";

/** A secret of GitHub Actions, Dependabot or Codespaces. */
export const githubSecret = defineDestination({
  description:
    "A secret of GitHub Actions, Dependabot or Codespaces. The login (GITHUB_TOKEN or a GitHub App) comes from the environment.",
  attributes: {
    repository: {
      type: "string",
      optional: true,
      description:
        "Owner and name of the repository. Set exactly one of repository and organization.",
    },
    organization: {
      type: "string",
      optional: true,
      description: "Name of the organization.",
    },
    environment: {
      type: "string",
      optional: true,
      description: "Environment of the repository that has the secret, for Actions only.",
    },
    name: {
      type: "string",
      required: true,
      description: "Name of the secret: letters, digits and underscores.",
    },
    app: {
      type: "string",
      optional: true,
      computed: true,
      default: "actions",
      values: ["actions", "dependabot", "codespaces"],
      description: "What reads the secret: actions, dependabot or codespaces.",
    },
    visibility: {
      type: "string",
      optional: true,
      values: ["all", "private"],
      unset: "private in an organization",
      description: "Which of an organization's repositories see the secret: all or private.",
    },
    base_url: {
      type: "string",
      optional: true,
      unset: "GITHUB_API_URL, then https://api.github.com",
      description: "Address of the API, for GitHub Enterprise Server: https://HOST/api/v3.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["repository", "organization", "environment", "name", "app", "base_url"],
  exact: ["app"],
  // It is set with a value, and with nothing else.
  immutable: ["visibility"],
  rules: {
    repository: textRule({
      name: "repository",
      must: "be an owner and a name",
      example: "octo-org/charts",
      fits: (repository) => /^[\w.-]+\/[\w.-]+$/.test(repository),
    }),
    organization: textRule({
      name: "organization",
      must: "be a name",
      example: "octo-org",
      fits: (organization) => /^[\w.-]+$/.test(organization),
    }),
    name: textRule({
      name: "name",
      must: "have up to 180 letters, digits and underscores, begin with no digit, and not with GITHUB_ or GLSA_",
      example: "GITLAB_TOKEN",
      fits: (name) => /^(?!GITHUB_|GLSA_)[A-Z_]\w{0,179}$/i.test(name),
    }),
    base_url: addressRule("base_url", "https://github.example.com/api/v3"),
  },
  conflict: placeConflict,
  label({ repository, organization, environment, name, app }, say) {
    const where = repository == null ? `organization ${say(organization)}` : say(repository);
    const within = environment == null ? "" : `, environment "${say(environment)}"`;
    return `GitHub ${say(app)} secret "${say(name)}" of ${where}${within}`;
  },
  review: {
    label: ({ repository, organization, name, app }, say) =>
      `GitHub ${say(app ?? "actions")} secret ${say(name)} of ${say(repository ?? organization)}`,
    remarks: ({ visibility }) => (visibility === "all" ? ["for all repositories"] : []),
  },
  options: {
    text: "A secret of GitHub Actions, Dependabot or Codespaces that receives a token's value. The login comes from the environment of the apply: `GITHUB_TOKEN`, or a GitHub App.",
    see: "https://docs.github.com/rest/actions/secrets",
    attributes: { on_destroy: onDestroyText("secret") },
  },
});

function placeConflict({ repository, organization, environment, app, visibility }: Written) {
  if ((repository == null) === (organization == null)) {
    return {
      attribute: "repository",
      problem: {
        code: "ambiguous-github-place",
        summary: "A GitHub secret is of a repository or of an organization",
        detail: "Set exactly one of repository and organization.",
      },
    } as const;
  }
  const isOfActions = app == null || app === "actions" || typeof app !== "string";
  if (environment != null && (repository == null || !isOfActions)) {
    return {
      attribute: "environment",
      problem: {
        code: "misplaced-environment",
        summary: "Only Actions of a repository have environments",
        detail: "Set repository beside environment, and leave app out.",
      },
    } as const;
  }
  if (visibility == null || organization != null) return undefined;
  return {
    attribute: "visibility",
    problem: {
      code: "misplaced-visibility",
      summary: "Only secrets of organizations have a visibility",
      detail: "Leave visibility out, or name an organization.",
    },
  } as const;
}
