import { readDeliveryNote } from "../destinations/delivery-note";
import type { GitLab, VariableEntity } from "../gitlab";
import { describe } from "./containers";
import type { GapLog } from "./gap-log";
import { PagedList } from "./paged-list";
import type { PicturedContainer, PicturedVariable } from "./picture";

/** The CI/CD variables that glsa delivered. Nothing is kept of the others, and no value of any. */
export async function readVariables(
  gitlab: GitLab,
  containers: readonly PicturedContainer[],
  gaps: GapLog,
): Promise<PicturedVariable[]> {
  const read = await Promise.all(
    containers.map(async (container) => {
      const list = new PagedList<VariableEntity>(
        (page) => gitlab.variables.page(container, page),
        ({ key, environment_scope: scope }) => `${key} ${scope}`,
      );
      const isDelivered = ({ description }: VariableEntity) =>
        readDeliveryNote(description) !== undefined;
      const { items, isWhole, failure } = await list.read(isDelivered);
      const what = `the CI/CD variables of ${describe(container)}`;
      const missing = { hides: ["variables"], container, what } as const;
      if (failure !== undefined) gaps.failed(missing, failure);
      else if (!isWhole) gaps.shifted(missing, `/${container.kind}s/:id/variables`);
      return items.flatMap((variable) => pictured(container, variable));
    }),
  );
  return read.flat();
}

function pictured(container: PicturedContainer, variable: VariableEntity): PicturedVariable[] {
  const note = readDeliveryNote(variable.description);
  if (note === undefined) return [];
  return [
    {
      container,
      key: variable.key,
      environmentScope: variable.environment_scope ?? "*",
      variableType: variable.variable_type,
      isProtected: variable.protected,
      isMasked: variable.masked,
      isHidden: variable.hidden === true,
      isRaw: variable.raw,
      note,
    },
  ];
}
