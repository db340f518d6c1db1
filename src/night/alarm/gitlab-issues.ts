import { GitLab, isGitLabError } from "../../gitlab";
import { CodedError } from "../../model/code";
import { given, linkable, type Environment } from "../../review/posting";
import type { AlarmIssues } from "./place";

/** Issues of the project that a pipeline of GitLab runs in. */
export function gitlabIssues(name: string, environment: Environment): AlarmIssues {
  const project = needed(environment, "CI_PROJECT_ID");
  const token = given(environment, "GLSA_REVIEW_TOKEN") ?? needed(environment, "GITLAB_TOKEN");
  const gitlab = new GitLab({
    baseUrl: needed(environment, "CI_API_V4_URL"),
    token,
    caFile: given(environment, "CI_SERVER_TLS_CA_FILE"),
    caSetting: "CI_SERVER_TLS_CA_FILE",
  });
  // A comma separates labels.
  const labels = `glsa-${name.replaceAll(",", " ")}`;
  const told = <T>(work: Promise<T>) =>
    work.catch((failure: unknown) => {
      throw isGitLabError(failure) ? refusal(project, failure.message) : failure;
    });
  return {
    jobUrl: linkable(given(environment, "CI_PIPELINE_URL")),
    async openIssue(marker) {
      const { id } = await told(gitlab.users.self());
      const issues = await told(gitlab.issues.list(project, { labels, author_id: id }));
      const own = issues.filter(({ state }) => state === "opened");
      return own.find(({ description }) => description?.startsWith(marker))?.iid;
    },
    async open(title, description) {
      return (await told(gitlab.issues.create(project, { title, description, labels }))).iid;
    },
    async note(issue, text) {
      await told(gitlab.issues.note(project, issue, text));
    },
    label: (issue) => `issue #${issue} of project ${project}`,
    close: () => gitlab.close(),
  };
}

function needed(environment: Environment, name: string): string {
  const value = given(environment, name);
  if (value !== undefined) return value;
  throw new CodedError("alarm-not-raised", `The alarm cannot be raised: ${name} is not set.`);
}

function refusal(project: string, message: string): CodedError {
  return new CodedError(
    "alarm-not-raised",
    `The alarm was not raised in project ${project} (${message}). Give a token of a member with the role Reporter or above and the scope api, in GLSA_REVIEW_TOKEN.`,
  );
}
