import type { CheckAnswer, CheckRequest } from "../protocol/messages";
import { decodeInputs } from "../values/decode-inputs";
import { markSensitive } from "../values/mark-sensitive";
import { fromStruct, toStruct } from "../values/wire-values";
import type { ResourceHost } from "./resource-host";

/** Answers the inputs as they are: defaults are for the plan, so that the engine's diff shows what was written. */
export async function checkResource<Context>(
  host: ResourceHost<Context>,
  { urn, news }: CheckRequest,
): Promise<CheckAnswer> {
  const { subject, attributes, type } = host;
  const written = fromStruct(news);
  const { config, problems } = decodeInputs(attributes, written);
  const found =
    problems.length > 0 ? problems : (type.validate?.(config, host.contextOnce(urn)) ?? []);
  const errors = await subject.warn(found, urn);
  return {
    inputs: toStruct(markSensitive(attributes, written)),
    failures: errors.map((entry) => subject.toCheckFailure(entry)),
  };
}
