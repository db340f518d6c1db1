import { glsaAccount } from "../glsa/account";
import { glsaMembership } from "../glsa/membership";
import { glsaToken } from "../glsa/token";
import { officialAccount } from "../official/account";
import { officialMembership } from "../official/membership";
import { isRotatedInPlace, officialToken } from "../official/token";
import { isReviewed, kindOf } from "../types";
import type { AccountForm } from "./forms";
import type { PlannedObject } from "./planned-object";
import type { PlannedResource } from "./planned-resource";
import type { Values } from "./values";

/** The one form in which the resources of both providers are compared. */
export function plannedObject(resource: PlannedResource): PlannedObject {
  const { type } = resource;
  if (!isReviewed(type)) throw new Error(`a review is not about ${type}`);
  switch (kindOf(type)) {
    case "account":
      return {
        kind: "account",
        resource,
        ...sides(resource, (values) => accountForm(values, type)),
      };
    case "membership":
      return {
        kind: "membership",
        resource,
        ...sides(resource, isOurs(type) ? glsaMembership : officialMembership),
      };
    case "token":
      return {
        kind: "token",
        resource,
        ...sides(resource, isOurs(type) ? glsaToken : officialToken),
        isKilledInPlace: !isOurs(type) && isRotatedInPlace(resource),
      };
  }
}

export function accountForm(values: Values, type: string): AccountForm {
  return isOurs(type) ? glsaAccount(values) : officialAccount(values, type);
}

function isOurs(type: string): boolean {
  return type.startsWith("glsa_");
}

function sides<Form>({ before, after }: PlannedResource, form: (values: Values) => Form) {
  return { before: before && form(before), after: after && form(after) };
}
