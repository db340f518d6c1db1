import type { Engine, Others } from "../review";
import type {
  Action,
  KnownAccount,
  PlannedResource,
  PlanReading,
} from "../objects/planned-resource";
import { isReviewed, kindOf } from "../types";
import { actionOf } from "./actions";
import type { Check, PlanDocument, ResourceChange, StateModule } from "./document";
import { maskedChange, maskedState } from "./masked";
import { References } from "./references";

/** A plan as `terraform show -json` or `tofu show -json` writes it. */
export function readTerraformPlan(document: PlanDocument): PlanReading {
  const changes = (document.resource_changes ?? []).filter(({ mode }) => mode !== "data");
  const reviewed = changes.filter(({ type }) => isReviewed(type));
  const references = new References(document);
  return {
    engine: engineOf(document),
    resources: [
      ...reviewed.map((change) => plannedResource(change, references)),
      ...unplannedDrift(document, reviewed).map((change) => ({
        ...plannedResource(change, references),
        isDrift: true,
      })),
    ],
    knownAccounts: knownAccounts(document.prior_state?.values?.root_module),
    others: withInvoked(
      othersAmong(changes.filter(({ type }) => !isReviewed(type))),
      document.action_invocations ?? [],
    ),
    remarks: remarksOf(document),
    errored: document.errored === true,
    goneMeanwhile: new Set(
      (document.resource_drift ?? [])
        .filter(({ change }) => actionOf(change.actions) === "delete")
        .map(({ address }) => address),
    ),
  };
}

/** Both call themselves Terraform in their plans, but only one of them says whether a plan can be applied. */
function engineOf(document: PlanDocument): Engine {
  const providers = [
    ...(document.resource_changes ?? []).map(({ provider_name: name }) => name),
    ...Object.values(document.configuration?.provider_config ?? {}).map((each) => each.full_name),
  ];
  if (providers.some((name) => name?.startsWith("registry.opentofu.org/"))) return "opentofu";
  if (providers.some((name) => name?.startsWith("registry.terraform.io/"))) return "terraform";
  const [major = 0, minor = 0] = (document.terraform_version ?? "").split(".").map(Number);
  const tellsApplyable = document.applyable !== undefined || document.complete !== undefined;
  return !tellsApplyable && major === 1 && minor >= 8 ? "opentofu" : "terraform";
}

/** What a plan finds changed and only writes into the state, as one with -refresh-only does. */
function unplannedDrift(
  document: PlanDocument,
  planned: readonly ResourceChange[],
): readonly ResourceChange[] {
  const addresses = new Set(planned.map(({ address }) => address));
  return (document.resource_drift ?? []).filter(
    ({ mode, type, address }) => mode !== "data" && isReviewed(type) && !addresses.has(address),
  );
}

function plannedResource(change: ResourceChange, references: References): PlannedResource {
  const { address, previous_address: previousAddress, type, deposed } = change;
  const { actions, importing } = change.change;
  return {
    address,
    ...(previousAddress !== undefined && { previousAddress }),
    type,
    action: actionOf(actions),
    isImported: importing !== undefined && importing !== null,
    createsFirst: actions[0] === "create" && actions.length > 1,
    isLeftover: deposed !== undefined,
    isDrift: false,
    ...maskedChange(change.change),
    differing: [],
    refersTo: (attribute) => references.accountOf(change, attribute),
  };
}

function othersAmong(changes: readonly ResourceChange[]): Others {
  const actions = changes.map(({ change }) => actionOf(change.actions));
  const count = (...wanted: Action[]) => actions.filter((action) => wanted.includes(action)).length;
  return {
    created: count("create", "replace", "create-and-forget"),
    changed: count("update"),
    deleted: count("delete", "replace"),
  };
}

/** An unknown action: that it does nothing must not be reported. */
function withInvoked(others: Others, invoked: readonly unknown[]): Others {
  return { ...others, changed: others.changed + invoked.length };
}

/** Also those that a targeted plan leaves out, and those that are only looked up. */
function knownAccounts(module: StateModule | undefined): KnownAccount[] {
  if (module === undefined) return [];
  const own = (module.resources ?? []).flatMap((resource) => {
    const { type, address } = resource;
    const values =
      kindOf(type) === "account" ? maskedState(resource.values, resource.sensitive_values) : null;
    return values === null ? [] : [{ address, type, values }];
  });
  return [...own, ...(module.child_modules ?? []).flatMap(knownAccounts)];
}

function remarksOf({
  errored,
  complete,
  deferred_changes: deferred,
  action_invocations: invoked,
  checks = [],
}: PlanDocument): string[] {
  const remarks = openConditions(checks);
  const actions = invoked?.length ?? 0;
  if (actions > 0) {
    const runs = actions === 1 ? "1 action" : `${actions} actions`;
    remarks.push(
      `The apply also runs ${runs} of other providers, about which a plan tells nothing; counted as other changes.`,
    );
  }
  if (errored === true) {
    remarks.push(
      "Planning failed half-way: what the plan shows is not all, and it cannot be applied. Its log says why.",
    );
  }
  const count = deferred?.length ?? 0;
  if (count > 0) {
    const changes = count === 1 ? "1 change is" : `${count} changes are`;
    remarks.push(
      `The plan is not complete: ${changes} deferred, so that a second plan follows its apply.`,
    );
  } else if (complete === false && errored !== true) {
    remarks.push(
      "The plan is not complete: after its apply another one may be needed, because of a target or of what is not known yet.",
    );
  }
  return remarks;
}

/** Such as a policy further inside a program, of a scope that is not known yet. */
function openConditions(checks: readonly Check[]): string[] {
  return checks
    .filter(({ address }) => address?.kind === "resource" && isReviewed(address.type ?? ""))
    .flatMap(({ instances = [] }) => instances.filter(({ status }) => status === "unknown"))
    .map(
      ({ address }) =>
        `Not judged yet: a condition of ${address?.to_display ?? "a resource"}, such as a policy of its part of the program, is decided in the apply.`,
    );
}
