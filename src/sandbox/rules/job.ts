import { digestOf } from "../auth/token-value";
import { jobTokenValue } from "../auth/job-token";
import type { Instance } from "../instance";
import type { Job } from "../state/pipeline-rows";
import type { Project, User } from "../state/rows";

/** Starts a job as a user, even one without the right to start it, and shows its token this once. */
export function startJob(
  { store, clock }: Instance,
  project: Project,
  user: User,
): { job: Job; token: string } {
  const token = jobTokenValue();
  const job = store.jobs.insert({
    project_id: project.id,
    user_id: user.id,
    status: "running",
    created_at: clock.now(),
    finished_at: null,
    digest: digestOf(token),
  });
  return { job, token };
}

/** Ends a job, and with it the use of its token. */
export function finishJob({ store, clock }: Instance, job: Job): void {
  if (job.status !== "running") return;
  store.jobs.update(job, { status: "success", finished_at: clock.now() });
}
