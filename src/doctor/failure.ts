import type { GitLabError } from "../gitlab";
import { codeOf } from "../resources/shared/failures";
import { fault, type Finding } from "./finding";

/** A refusal or silence of GitLab, with what the client advises. */
export function failed(doing: string, cause: GitLabError): Finding {
  const { serverMessage, status } = cause;
  const said = status === undefined ? serverMessage : `${status}: ${serverMessage}`;
  return fault(codeOf(cause), `${doing}: ${said}`, cause.remedy);
}
