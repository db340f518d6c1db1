export { BoundedConnection } from "./bounded-connection";
export {
  certificateFilesOf,
  certificateFoldersOf,
  readCertificates,
  trustedCertificates,
  type CertificateFile,
} from "./certificates";
export { Connection, type Answer, type ConnectionOptions, type Exchange } from "./connection";
export * from "./limits";
export { NoAnswer } from "./no-answer";
export { proxyFor } from "./proxy";
export { holdsSecret } from "./redact";
export { repeat } from "./repeat";
export {
  GITLAB_RETRIES,
  LOOK_RETRIES,
  sendRepeatedly,
  SERVICE_RETRIES,
  VAULT_RETRIES,
  type AttemptOutcome,
  type RetryPolicy,
} from "./retry";
export { retryAfterSeconds } from "./retry-after";
export { costOf, RunLimits } from "./run-limits";
export { HIDDEN, Secrets, secrets } from "./secrets";
export { printable, serverText } from "./server-text";
export { SetupError } from "./setup-error";
