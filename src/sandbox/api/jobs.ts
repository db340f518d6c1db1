import { notFound } from "../http/errors";
import { ok } from "../http/reply";
import { route } from "../http/route";
import { jobJson } from "../json/job";

/** The job of the request's token. */
export const jobRoutes = [
  route({
    method: "GET",
    path: "/job",
    jobToken: ["request"],
    handle({ instance, caller }) {
      const { job } = caller;
      const project = job === undefined ? undefined : instance.store.projects.get(job.project_id);
      // Tokens of users are valid here, but belong to no job.
      if (job === undefined || project === undefined) throw notFound("Job");
      return ok(jobJson(instance, caller, job, project));
    },
  }),
];
