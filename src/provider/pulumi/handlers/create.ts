import { propose, type Attributes, type ConfigOf } from "../../contract";
import type { CreateAnswer, CreateRequest } from "../protocol/messages";
import { canonicalFields } from "../values/canonical";
import { toStruct } from "../values/wire-values";
import { answerApplied } from "./apply-result";
import type { ResourceHost } from "./resource-host";

export async function createResource<Context>(
  host: ResourceHost<Context>,
  { urn, properties, preview }: CreateRequest,
): Promise<CreateAnswer> {
  const { type, context, subject, outputs } = host;
  const { config, secrets } = host.wanted(properties);
  const proposed = propose(type.schema, config, null);
  const plan = (await type.plan?.(
    { config, prior: null, private: null, proposed, address: urn },
    context,
  )) ?? {
    planned: proposed,
  };
  await subject.report(plan.diagnostics, urn);
  const planned = canonicalFields(host.attributes, plan.planned) as ConfigOf<Attributes>;
  if (preview) return { properties: toStruct(outputs.encodePlanned(planned, secrets)) };
  const result = await type.create({ config, planned }, context);
  return answerApplied(host, {
    urn,
    result,
    private: result.private ?? null,
    inputs: properties,
    secrets,
  });
}
