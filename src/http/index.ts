export { readCertificates, type CertificateFile } from "./certificates";
export { Connection, type Answer, type ConnectionOptions } from "./connection";
export * from "./limits";
export { NoAnswer } from "./no-answer";
export { proxyFor } from "./proxy";
export { retryAfterSeconds } from "./retry-after";
export { HIDDEN, Secrets, secrets } from "./secrets";
export { printable, serverText } from "./server-text";
export { SetupError } from "./setup-error";
