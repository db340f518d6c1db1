import type { Instance } from "../instance";
import type { Group, Project, User } from "../state/rows";
import { sourceKey, type SourceRef, type Store } from "../state/store";

/** Removes a group with everything below it. */
export function deleteGroup(instance: Instance, group: Group): void {
  const { store } = instance;
  for (const subgroup of store.groupsByParent.all(group.id)) deleteGroup(instance, subgroup);
  for (const project of store.projectsByGroup.all(group.id)) deleteProject(instance, project);
  // The accounts outlive their group: only the reference to it is removed.
  release(store, store.accountsByGroup.all(group.id));
  for (const share of store.sharesByGroup.all(group.id)) store.shares.delete(share);
  removeContents(store, { type: "group", id: group.id });
  store.groups.delete(group);
}

/** Removes a project with everything in it. */
export function deleteProject({ store }: Instance, project: Project): void {
  release(store, store.accountsByProject.all(project.id));
  removeContents(store, { type: "project", id: project.id });
  for (const trigger of store.triggersByProject.all(project.id)) store.triggers.delete(trigger);
  for (const state of store.terraformStates.rows()) {
    if (state.project_id === project.id) store.terraformStates.delete(state);
  }
  for (const job of store.jobsByProject.all(project.id)) store.jobs.delete(job);
  for (const release of store.releasesByProject.all(project.id)) store.releases.delete(release);
  for (const file of store.packageFilesByProject.all(project.id)) store.packageFiles.delete(file);
  for (const request of store.mergeRequestsByProject.all(project.id)) {
    for (const note of store.notesByMergeRequest.all(request.id)) store.notes.delete(note);
    store.mergeRequests.delete(request);
  }
  for (const issue of store.issuesByProject.all(project.id)) {
    for (const note of store.notesByIssue.all(issue.id)) store.notes.delete(note);
    store.issues.delete(issue);
  }
  store.projects.delete(project);
}

function release(store: Store, accounts: readonly User[]): void {
  for (const account of accounts) {
    store.users.update(account, { provisioned_by_group_id: null, provisioned_by_project_id: null });
  }
}

function removeContents(store: Store, { type, id }: SourceRef): void {
  const key = sourceKey(type, id);
  for (const member of store.membersBySource.all(key)) store.members.delete(member);
  for (const share of store.sharesBySource.all(key)) store.shares.delete(share);
  for (const row of store.invitationsBySource.all(key)) store.invitations.delete(row);
  for (const row of store.accessRequestsBySource.all(key)) store.accessRequests.delete(row);
  for (const token of store.deployTokensBySource.all(key)) store.deployTokens.delete(token);
  for (const variable of store.variablesBySource.all(key)) store.variables.delete(variable);
}
