import { officialType } from "../../official";
import { glsaAccount } from "../glsa/account";
import { glsaMembership } from "../glsa/membership";
import { glsaToken } from "../glsa/token";
import { isRotatedInPlace, officialAccount, officialMembership, officialToken } from "../official";
import { kindOf } from "../types";
import type { AccountForm } from "./forms";
import type { PlannedObject } from "./planned-object";
import type { PlannedResource } from "./planned-resource";
import type { Values } from "./values";

/** The one form in which the resources of both providers are compared. */
export function plannedObject(resource: PlannedResource): PlannedObject {
  const { type } = resource;
  const official = officialType(type);
  const kind = kindOf(type);
  switch (kind) {
    case "account":
      return { kind, resource, ...sides(resource, (values) => accountForm(values, type)) };
    case "membership":
      return {
        kind,
        resource,
        ...sides(
          resource,
          official ? (values) => officialMembership(values, official) : glsaMembership,
        ),
      };
    case "token":
      return {
        kind,
        resource,
        ...sides(resource, official ? (values) => officialToken(values, official) : glsaToken),
        isKilledInPlace: official !== undefined && isRotatedInPlace(resource),
      };
    case undefined:
      throw new Error(`a review is not about ${type}`);
  }
}

export function accountForm(values: Values, type: string): AccountForm {
  const official = officialType(type);
  return official ? officialAccount(values, official) : glsaAccount(values);
}

function sides<Form>({ before, after }: PlannedResource, form: (values: Values) => Form) {
  return { before: before && form(before), after: after && form(after) };
}
