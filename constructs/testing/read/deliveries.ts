import type { DeliveryDestination } from "../../words";
import type { DeclaredDelivery } from "../declarations";
import { accountOf, containerOf, ofType } from "./people";
import type { FoundResource, FoundResources, Properties } from "./resource";
import { GLSA_TOKEN, OFFICIAL_TOKENS } from "./tokens";
import { flagOf, listOf, objectOf, textOf } from "./values";

const VARIABLES = ["gitlab_project_variable", "gitlab_group_variable"];

export function deliveriesIn(resources: FoundResources): DeclaredDelivery[] {
  return [
    ...ofType(resources, [GLSA_TOKEN]).flatMap((token) => ownDeliveries(token, resources)),
    ...ofType(resources, VARIABLES).flatMap((variable) => officialDelivery(variable, resources)),
  ];
}

function ownDeliveries(
  { properties }: FoundResource,
  resources: FoundResources,
): DeclaredDelivery[] {
  return listOf(properties.deliverTo).map((entry) => ({
    account: accountOf(resources, properties.serviceAccountId),
    token: String(properties.name),
    to: destination(objectOf(entry) ?? {}, resources),
  }));
}

function destination(entry: Properties, resources: FoundResources): DeliveryDestination {
  const ciVariable = objectOf(entry.ciVariable);
  if (ciVariable !== undefined) return { ciVariable: variable(ciVariable, resources) };
  const { file, vault, command } = entry;
  return { file, vault, command } as DeliveryDestination;
}

/** A variable of the official provider whose value is a token's. */
function officialDelivery(
  { properties }: FoundResource,
  resources: FoundResources,
): DeclaredDelivery[] {
  const token = resources.behind(properties.value);
  if (token === undefined || !OFFICIAL_TOKENS.includes(token.type)) return [];
  return [
    {
      account: accountOf(resources, token.properties.userId),
      token: String(token.properties.name),
      to: { ciVariable: variable(properties, resources) },
    },
  ];
}

function variable(
  properties: Properties,
  resources: FoundResources,
): NonNullable<DeliveryDestination["ciVariable"]> {
  const { project, group } = properties;
  return {
    project: project === undefined ? undefined : containerOf(resources, project),
    group: group === undefined ? undefined : containerOf(resources, group),
    key: String(properties.key),
    environmentScope: textOf(properties.environmentScope),
    protected: flagOf(properties.protected),
    masked: flagOf(properties.masked),
    hidden: flagOf(properties.hidden),
    raw: flagOf(properties.raw),
    overwrite: flagOf(properties.overwrite),
    onDestroy: textOf(properties.onDestroy) as "remove" | "keep" | undefined,
  };
}
