import { warning, type Diagnostic } from "../../contract";
import { detailedDiff } from "../detailed-diff";
import { explainChange } from "../explain-change";
import { toPropertyName } from "../names";
import { CHANGES, NO_CHANGES, type DiffAnswer, type DiffRequest } from "../protocol/messages";
import { fromStruct } from "../values/wire-values";
import { planChange } from "./plan-change";
import type { ResourceHost } from "./resource-host";

export async function diffResource<Context>(
  host: ResourceHost<Context>,
  request: DiffRequest,
): Promise<DiffAnswer> {
  const { subject, attributes, type } = host;
  const change = await planChange(host, request);
  if (change === undefined) {
    const recorded = host.outputs.decode(request.id, fromStruct(request.olds));
    host.preview.replaces(request.urn, recorded?.state ?? {});
    await subject.report([goneWarning(request.id)], request.urn);
    return GONE;
  }
  const { changed, replace, planned, observed, isLate } = change;
  // The update that follows refuses it.
  if (isLate) return { changes: CHANGES, diffs: replace.map(toPropertyName) };
  if (replace.length === 0) host.preview.keeps(request.urn);
  else host.preview.replaces(request.urn, observed.state);
  if (changed.length === 0 && replace.length === 0) return { changes: NO_CHANGES };
  for (const sentence of explainChange(attributes, change)) {
    await subject.inform(sentence, request.urn);
  }
  const recorded = observed.recorded.state;
  const details = detailedDiff(attributes, { prior: observed.state, recorded, planned, replace });
  return {
    changes: CHANGES,
    replaces: replace.map(toPropertyName),
    deleteBeforeReplace: replace.length > 0 && type.deleteBeforeReplace === true,
    diffs: changed.map(toPropertyName),
    detailedDiff: details,
    hasDetailedDiff: Object.keys(details).length > 0,
  };
}

/** Nothing is there that a new object could stand beside; and what depends on the old id must learn the new one. */
const GONE: DiffAnswer = {
  changes: CHANGES,
  replaces: ["id"],
  deleteBeforeReplace: true,
  diffs: ["id"],
};

function goneWarning(id: string): Diagnostic {
  return warning(`${id} is gone`, "Somebody else removed it, so it will be created again.");
}
