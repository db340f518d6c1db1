import "../../support/quick-pauses";
import type { DESTINATIONS } from "../../../src/destinations";
import { awsFieldUnderTest, awsParameterUnderTest, awsSecretUnderTest } from "./aws";
import { azureSecretUnderTest } from "./azure";
import { ciVariableUnderTest } from "./ci-variable";
import { gcpSecretUnderTest } from "./gcp";
import { githubSecretUnderTest } from "./github";
import { otherInstanceUnderTest, otherProjectUnderTest } from "./gitlab-variable";
import { kubernetesSecretUnderTest } from "./kubernetes-secret";
import { commandUnderTest, executableUnderTest, fileUnderTest } from "./local";
import { onepasswordUnderTest } from "./onepassword";
import { keepsThePromises } from "./promises";
import type { Conforming } from "./under-test";
import { vaultUnderTest } from "./vault";

/** Every kind, so that none can be added without keeping the promises. */
const KINDS: Readonly<Record<keyof typeof DESTINATIONS, Conforming>> = {
  ci_variable: ciVariableUnderTest,
  file: fileUnderTest,
  vault: vaultUnderTest,
  kubernetes_secret: kubernetesSecretUnderTest,
  command: commandUnderTest,
  executable: executableUnderTest,
  aws_secret: awsSecretUnderTest,
  aws_parameter: awsParameterUnderTest,
  gitlab_variable: otherProjectUnderTest,
  github_secret: githubSecretUnderTest,
  gcp_secret: gcpSecretUnderTest,
  azure_secret: azureSecretUnderTest,
  onepassword: onepasswordUnderTest,
};

/** The same kinds, declared in another way that makes them another thing. */
const FURTHER: Readonly<Record<string, Conforming>> = {
  "aws_secret with a field": awsFieldUnderTest,
  "gitlab_variable of an instance": otherInstanceUnderTest,
};

describe.each(Object.entries({ ...KINDS, ...FURTHER }))("%s", (_kind, conforming) => {
  keepsThePromises(conforming);
});
