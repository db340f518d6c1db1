import { isGitLabError, type GitLab, type IssueEntity } from "../gitlab";
import { CodedError } from "../model/code";
import { hiddenMarker, LONGEST_NOTE } from "../review/posting";
import type { Audit } from "./audit";
import { auditMarkdown, openFindings } from "./outputs";

export interface PostedIssue {
  /** `issue #12 of project platform/audits`, for messages. */
  readonly label: string;
  readonly done: "opened" | "edited" | "unchanged" | "closed" | "nothing to say";
}

const LABEL = "glsa-audit";
const DONE = { close: "closed", reopen: "opened" } as const;

/**
 * Keeps one issue of a project up to date: opened with the first findings, edited by each audit, closed when there are
 * none, and opened again. It is confidential. Issues of other authors are never edited.
 * @param project by id or path
 * @param name distinguishes the issues of several audits
 */
export async function postIssue(
  audit: Audit,
  gitlab: GitLab,
  { project, name }: { readonly project: string; readonly name: string },
): Promise<PostedIssue> {
  try {
    const { id } = await gitlab.users.self();
    const own = await gitlab.issues.list(project, { labels: LABEL, author_id: id });
    const marker = hiddenMarker(LABEL, name);
    const issue = own.find(({ description }) => description?.startsWith(marker));
    return await write(audit, gitlab, { project, name, marker, issue });
  } catch (failure) {
    if (!isGitLabError(failure)) throw failure;
    throw new CodedError(
      "issue-not-posted",
      `The issue in project ${project} was not written (${failure.message}). Give a token of a member with the role Planner or above and the scope api, in GLSA_AUDIT_TOKEN.`,
    );
  }
}

interface Writing {
  readonly project: string;
  readonly name: string;
  readonly marker: string;
  readonly issue: IssueEntity | undefined;
}

async function write(
  audit: Audit,
  gitlab: GitLab,
  { project, name, marker, issue }: Writing,
): Promise<PostedIssue> {
  const isOver = audit.picture.isComplete && openFindings(audit.findings).length === 0;
  const limit = LONGEST_NOTE - marker.length - 1;
  const description = `${marker}\n${auditMarkdown(audit, { title: name, limit })}`;
  const labelOf = ({ iid }: IssueEntity) => `issue #${iid} of project ${project}`;
  if (issue === undefined) {
    if (isOver) return { label: `project ${project}`, done: "nothing to say" };
    const title = `Service accounts: ${name}`;
    const fields = { title, description, labels: LABEL, confidential: true };
    return { label: labelOf(await gitlab.issues.create(project, fields)), done: "opened" };
  }
  const change = stateChange(issue, isOver);
  if (change === undefined && issue.description === description) {
    return { label: labelOf(issue), done: "unchanged" };
  }
  await gitlab.issues.update(project, issue.iid, {
    description,
    ...(change !== undefined && { state_event: change }),
  });
  return { label: labelOf(issue), done: change === undefined ? "edited" : DONE[change] };
}

function stateChange({ state }: IssueEntity, isOver: boolean): keyof typeof DONE | undefined {
  const isOpen = state === "opened";
  if (isOver && isOpen) return "close";
  return isOver || isOpen ? undefined : "reopen";
}
