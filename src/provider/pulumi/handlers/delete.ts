import type { DeleteRequest } from "../protocol/messages";
import { observe } from "./observe";
import type { ResourceHost } from "./resource-host";

/** What is gone already is deleted. */
export async function deleteResource<Context>(
  host: ResourceHost<Context>,
  { urn, id, properties }: DeleteRequest,
): Promise<object> {
  const observed = await observe(host, { urn, id, outputs: properties });
  if (observed === undefined) return {};
  const { state: prior, private: privateState } = observed;
  const request = { prior, private: privateState };
  await host.subject.report(await host.type.warnOfDelete?.(request, host.context), urn);
  const diagnostics = await host.type.delete(request, host.context);
  await host.subject.report(diagnostics, urn);
  return {};
}
