import { accessLevels } from "../auth/access";
import { plainValue } from "../auth/token-value";
import type { Call } from "../http/call";
import { forbidden, notFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, noContent, ok } from "../http/reply";
import { route } from "../http/route";
import { userBasicJson } from "../json/user";
import { dateTime, integer, required, string } from "../params/types";
import type { PipelineTrigger, Project } from "../state/rows";
import { findProject, requireRole } from "./find";

const base = "/projects/:id/triggers";
const shownCharacters = 4;

function managedProject(call: Call): Project {
  const project = findProject(call);
  requireRole(call, { type: "project", id: project.id }, accessLevels.maintainer);
  return project;
}

/** Only its owner sees the full token of a trigger. */
function triggerJson({ instance, caller }: Call, trigger: PipelineTrigger) {
  const { id, token, description, created_at, updated_at, expires_at, owner_id } = trigger;
  const owner = instance.store.users.get(owner_id);
  return {
    id,
    token: owner_id === caller.user.id ? token : token.slice(0, shownCharacters),
    description,
    created_at,
    updated_at,
    last_used: null,
    expires_at,
    owner: owner === undefined ? null : userBasicJson(instance, owner, caller),
  };
}

function triggerOf(call: Call, id: number): PipelineTrigger {
  const project = managedProject(call);
  const trigger = call.instance.store.triggers.get(id);
  if (trigger?.project_id !== project.id) throw notFound("Trigger");
  return trigger;
}

/** Only its owner and administrators may change a trigger. */
function ownTrigger(call: Call, id: number): PipelineTrigger {
  const trigger = triggerOf(call, id);
  if (trigger.owner_id !== call.caller.user.id && !call.caller.admin) throw forbidden();
  return trigger;
}

const one = { trigger_id: required(integer()) };

/** Tokens that start pipelines. There are no pipelines here, but the tokens have a life cycle of their own. */
export const pipelineTriggerRoutes = [
  route({
    method: "GET",
    path: base,
    params: pageParams,
    handle(call, params) {
      const triggers = call.instance.store.triggersByProject.all(managedProject(call).id);
      return paginate(call, params, triggers, (trigger) => triggerJson(call, trigger));
    },
  }),
  route({
    method: "POST",
    path: base,
    params: { description: required(string()), expires_at: dateTime() },
    handle(call, { description, expires_at = null }) {
      const { store, clock } = call.instance;
      const now = clock.now();
      const trigger = store.triggers.insert({
        project_id: managedProject(call).id,
        token: plainValue("glptt-"),
        description,
        owner_id: call.caller.user.id,
        expires_at,
        created_at: now,
        updated_at: now,
      });
      return created(triggerJson(call, trigger));
    },
  }),
  route({
    method: "GET",
    path: `${base}/:trigger_id`,
    params: one,
    handle: (call, { trigger_id }) => ok(triggerJson(call, triggerOf(call, trigger_id))),
  }),
  route({
    method: "PUT",
    path: `${base}/:trigger_id`,
    params: { ...one, description: string() },
    handle(call, { trigger_id, description }) {
      const { store, clock } = call.instance;
      const trigger = ownTrigger(call, trigger_id);
      const changes = description === undefined ? {} : { description };
      store.triggers.update(trigger, { ...changes, updated_at: clock.now() });
      return ok(triggerJson(call, trigger));
    },
  }),
  route({
    method: "DELETE",
    path: `${base}/:trigger_id`,
    params: one,
    handle(call, { trigger_id }) {
      call.instance.store.triggers.delete(ownTrigger(call, trigger_id));
      return noContent();
    },
  }),
];
