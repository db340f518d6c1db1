import { CodedError } from "../../model/code";
import {
  given,
  githubClient,
  GitHubRefusal,
  githubRunUrl,
  linkable,
  type Environment,
} from "../../review/posting";
import type { AlarmIssues } from "./place";

/** Issues of the repository that a workflow of GitHub runs in. */
export function githubIssues(environment: Environment): AlarmIssues {
  const repository = given(environment, "GITHUB_REPOSITORY") ?? "";
  const client = githubClient(environment);
  const told = <T>(work: Promise<T>) =>
    work.catch((failure: unknown) => {
      throw failure instanceof GitHubRefusal ? refusal(repository, failure.message) : failure;
    });
  const issues = `/repos/${repository}/issues`;
  return {
    jobUrl: linkable(githubRunUrl(environment)),
    async openIssue(marker) {
      const id = await told(client.viewerId());
      const open = await told(client.openIssues(repository));
      const own = open.filter(({ user }) => user?.id === id);
      return own.find(({ body }) => body?.startsWith(marker))?.number;
    },
    open: (title, body) => told(client.openIssue(repository, { title, body })),
    note: (issue, text) => told(client.write("POST", `${issues}/${issue}/comments`, text)),
    label: (issue) => `issue #${issue} of ${repository}`,
    close: () => client.close(),
  };
}

function refusal(repository: string, message: string): CodedError {
  return new CodedError(
    "alarm-not-raised",
    `The alarm was not raised in ${repository} (${message}). Give the job GITHUB_TOKEN: \${{ github.token }} in its env, and permissions: { issues: write }.`,
  );
}
