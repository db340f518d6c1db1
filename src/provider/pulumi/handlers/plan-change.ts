import { propose, sameValue, type Attributes, type ConfigOf } from "../../contract";
import { keepIgnored } from "../ignored-changes";
import type { DiffRequest } from "../protocol/messages";
import { canonicalFields } from "../values/canonical";
import { observe, type Observed } from "./observe";
import type { ResourceHost, Wanted } from "./resource-host";

export interface Change {
  readonly wanted: Wanted;
  readonly observed: Observed;
  readonly planned: ConfigOf<Attributes>;
  /** Attributes that will be different from what was observed. */
  readonly changed: readonly string[];
  /** Those of them that only a new object can have. */
  readonly replace: readonly string[];
  /** Whether the preview of this run showed the object in place, although it must be replaced now. */
  readonly isLate: boolean;
}

/** What is to be done to an object, decided by how it is now. Undefined for one that is gone. */
export async function planChange<Context>(
  host: ResourceHost<Context>,
  request: DiffRequest,
): Promise<Change | undefined> {
  const { urn, id, olds, news, ignoreChanges = [] } = request;
  const { config: written, secrets } = host.wanted(news);
  const observed = await observe(host, { urn, id, outputs: olds });
  if (observed === undefined) return undefined;
  const { state: prior } = observed;
  const config = keepIgnored(host.attributes, written, prior, ignoreChanges);
  const proposed = propose(host.type.schema, config, prior);
  const plan = (await host.type.plan?.(
    { config, prior, private: observed.private, proposed, address: urn },
    host.context,
  )) ?? { planned: proposed };
  await host.subject.report(plan.diagnostics, urn);
  const planned = canonicalFields(host.attributes, plan.planned) as ConfigOf<Attributes>;
  const changed = Object.keys(host.attributes).filter(
    (name) => !sameValue(planned[name], prior[name]),
  );
  const replace = plan.replace ?? [];
  const isLate = replace.length > 0 && host.preview.showedInPlace({ urn, state: prior }, replace);
  return { wanted: { config, secrets }, observed, planned, changed, replace, isLate };
}
