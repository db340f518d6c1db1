import type { Route } from "../http/route";
import { accessRequestRoutes } from "./access-requests";
import { applicationSettingsRoutes } from "./application-settings";
import { auditEventRoutes, sourceAuditEventRoutes } from "./audit-events";
import { allDeployTokensRoute, deployTokenRoutes } from "./deploy-tokens";
import { graphqlRoutes } from "./graphql";
import { groupRoutes } from "./groups";
import { hookRoutes } from "./hooks";
import { impersonationTokenRoutes } from "./impersonation-tokens";
import { instanceVariableRoutes } from "./instance-variables";
import { invitationRoutes } from "./invitations";
import { issueRoutes } from "./issues";
import { jobRoutes } from "./jobs";
import { licenseRoutes } from "./license";
import { memberListRoutes } from "./member-list";
import { memberRoleRoutes } from "./member-roles";
import { memberRoutes } from "./members";
import { mergeRequestRoutes } from "./merge-requests";
import { metadataRoutes } from "./metadata";
import { namespaceAccountTokenRoutes } from "./namespace-account-tokens";
import { namespaceAccountRoutes } from "./namespace-service-accounts";
import { namespaceRoutes } from "./namespaces";
import { noteRoutes } from "./notes";
import { packageRoutes } from "./packages";
import { selfRoutes, tokenRoutes, userTokenRoutes } from "./personal-access-tokens";
import { pipelineTriggerRoutes } from "./pipeline-triggers";
import { projectRoutes } from "./projects";
import { releaseRoutes } from "./releases";
import { resourceAccessTokenRoutes } from "./resource-access-tokens";
import { serviceAccountRoutes } from "./service-accounts";
import { tokenAssociationRoutes } from "./token-associations";
import { shareRoutes } from "./shares";
import { terraformStateRoutes } from "./terraform-state";
import { userStateRoutes } from "./user-states";
import { userRoutes } from "./users";
import { variableRoutes } from "./variables";

/** Every route of the API, in the order of the documentation. */
export const routes: readonly Route[] = [
  ...metadataRoutes,
  ...applicationSettingsRoutes,
  ...licenseRoutes,
  ...userRoutes,
  ...userStateRoutes,
  ...impersonationTokenRoutes,
  ...namespaceRoutes,
  ...serviceAccountRoutes,
  ...namespaceAccountRoutes("group"),
  ...namespaceAccountTokenRoutes("group"),
  ...namespaceAccountRoutes("project"),
  ...namespaceAccountTokenRoutes("project"),
  ...selfRoutes,
  ...tokenAssociationRoutes,
  ...tokenRoutes,
  ...userTokenRoutes,
  ...groupRoutes,
  ...projectRoutes,
  ...memberListRoutes("group"),
  ...memberRoutes("group"),
  ...memberListRoutes("project"),
  ...memberRoutes("project"),
  ...invitationRoutes("group"),
  ...invitationRoutes("project"),
  ...accessRequestRoutes("group"),
  ...accessRequestRoutes("project"),
  ...shareRoutes,
  ...auditEventRoutes,
  ...sourceAuditEventRoutes("group"),
  ...sourceAuditEventRoutes("project"),
  ...memberRoleRoutes,
  ...variableRoutes("group"),
  ...variableRoutes("project"),
  ...instanceVariableRoutes,
  ...resourceAccessTokenRoutes("group"),
  ...resourceAccessTokenRoutes("project"),
  allDeployTokensRoute,
  ...deployTokenRoutes("group"),
  ...deployTokenRoutes("project"),
  ...pipelineTriggerRoutes,
  ...hookRoutes("group"),
  ...hookRoutes("project"),
  ...mergeRequestRoutes,
  ...issueRoutes,
  ...noteRoutes,
  ...jobRoutes,
  ...releaseRoutes,
  ...packageRoutes,
  ...terraformStateRoutes,
  ...graphqlRoutes,
];
