import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { Job } from "../state/pipeline-rows";
import type { Project } from "../state/rows";
import { userJson } from "./user";

/** A job as its own token shows it. There is no repository, so it has no commit. */
export function jobJson(instance: Instance, caller: Caller, job: Job, project: Project) {
  const { id, status, created_at, finished_at } = job;
  const address = `${instance.url}/${project.full_path}`;
  return {
    id,
    status,
    stage: "test",
    name: "job",
    ref: "main",
    tag: false,
    coverage: null,
    allow_failure: false,
    created_at,
    started_at: created_at,
    finished_at,
    erased_at: null,
    duration: null,
    queued_duration: 0,
    user: userJson(instance, caller, caller.user),
    commit: null,
    pipeline: pipelineJson(job, project, address),
    web_url: `${address}/-/jobs/${id}`,
    project: { ci_job_token_scope_enabled: false },
    artifacts: [],
    runner: null,
    runner_manager: null,
    artifacts_expire_at: null,
    archived: false,
    tag_list: [],
  };
}

/** Every job is the only one of its pipeline, and has the same number. */
function pipelineJson({ id, status, created_at }: Job, project: Project, address: string) {
  return {
    ...{ id, iid: id, project_id: project.id, sha: "0".repeat(40), ref: "main", status },
    ...{ source: "push", created_at, updated_at: created_at },
    web_url: `${address}/-/pipelines/${id}`,
  };
}
