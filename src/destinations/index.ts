import { awsParameter } from "./aws-parameter/record";
import { awsSecret } from "./aws-secret/record";
import { azureSecret } from "./azure-secret/record";
import { ciVariable } from "./ci-variable/record";
import { command } from "./command/record";
import { executable } from "./executable/record";
import { file } from "./file/record";
import { gcpSecret } from "./gcp-secret/record";
import { githubSecret } from "./github-secret/record";
import { gitlabVariable } from "./gitlab-variable/record";
import { kubernetesSecret } from "./kubernetes-secret/record";
import { onepassword } from "./onepassword/record";
import { vault } from "./vault/record";

/**
 * Every kind of destination, by its name in `deliver_to`; schemas, bindings and pages list them in this order. The kind
 * `ci_variable` is the folder `ci-variable`: its record, and its implementation, which is loaded where a declaration
 * names the kind (`implementations.ts`, generated from this list).
 */
export const DESTINATIONS = {
  ci_variable: ciVariable,
  file,
  vault,
  kubernetes_secret: kubernetesSecret,
  command,
  executable,
  aws_secret: awsSecret,
  aws_parameter: awsParameter,
  gitlab_variable: gitlabVariable,
  github_secret: githubSecret,
  gcp_secret: gcpSecret,
  azure_secret: azureSecret,
  onepassword,
};
