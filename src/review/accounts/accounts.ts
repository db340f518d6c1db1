import type {
  PlannedAccount,
  PlannedMembership,
  PlannedObject,
  PlannedToken,
} from "../objects/planned-object";
import { accountForm } from "../objects/planned-objects";
import type { AccountForm, AccountReference } from "../objects/forms";
import type { PlannedResource, PlanReading } from "../objects/planned-resource";
import { known } from "../objects/values";

/** An account as the plan knows it, and everything in the plan that is about it. */
export interface AccountGroup {
  readonly label: string;
  readonly owner: string | undefined;
  /** The username, where it is known. */
  readonly username: string | undefined;
  readonly objects: PlannedObject[];
}

/** Groups the objects of a plan by their accounts. */
export class Accounts {
  private readonly groups = new Set<AccountGroup>();
  private readonly byUser = new Map<number, AccountGroup>();
  private readonly byAddress = new Map<string, AccountGroup>();
  private readonly byLabel = new Map<string, AccountGroup>();

  constructor(objects: readonly PlannedObject[], reading: PlanReading) {
    for (const object of objects) if (object.kind === "account") this.addAccount(object);
    for (const { type, values, address } of reading.knownAccounts) {
      this.addKnown(accountForm(values, type), address);
    }
    for (const object of objects) if (object.kind !== "account") this.placeBySides(object);
  }

  all(): readonly AccountGroup[] {
    return [...this.groups];
  }

  private addAccount(object: PlannedAccount): void {
    const { resource, before, after } = object;
    const existing = this.byAddress.get(resource.address);
    const group = existing ?? this.group(describe(object));
    group.objects.push(object);
    this.byAddress.set(resource.address, group);
    for (const form of [before, after]) this.remember(form, group);
  }

  /** One that the plan does not change, or does not show. */
  private addKnown(form: AccountForm, address: string | undefined): void {
    const userId = known(form.userId);
    if (address !== undefined && this.byAddress.has(address)) return;
    if (userId === undefined || this.byUser.has(userId)) return;
    const username = known(form.username);
    const label = username ?? `user ${userId}`;
    const group = this.group({ label, owner: known(form.owner), username });
    this.byUser.set(userId, group);
    if (address !== undefined) this.byAddress.set(address, group);
  }

  private remember(form: AccountForm | null, group: AccountGroup): void {
    const userId = form === null ? undefined : known(form.userId);
    if (userId !== undefined) this.byUser.set(userId, group);
  }

  /** What goes from one account to another is taken from the one and given to the other. */
  private placeBySides(object: PlannedToken | PlannedMembership): void {
    const { before, after, resource } = object;
    const from = before && this.ofReference(before.account, resource);
    const to = after && this.ofReference(after.account, resource);
    if (from === null || to === null || from === to) {
      (to ?? from)?.objects.push(object);
      return;
    }
    from.objects.push(half(object, { after: null, action: "delete" }));
    to.objects.push(half(object, { before: null, action: "create" }));
  }

  private ofReference(reference: AccountReference, resource: PlannedResource): AccountGroup {
    const userId = known(reference.userId);
    if (userId !== undefined)
      return this.byUser.get(userId) ?? this.stranger(userId, reference, resource);
    const address = resource.refersTo(reference.attribute);
    if (address === undefined) return this.unresolved("an account not in this plan");
    return this.byAddress.get(address) ?? this.unresolved(`an account${declaredAs(address)}`);
  }

  /** One of which no username is known. */
  private stranger(
    userId: number,
    { owner, attribute }: AccountReference,
    resource: PlannedResource,
  ): AccountGroup {
    const address = resource.refersTo(attribute);
    const label = `user ${userId}${address === undefined ? "" : declaredAs(address)}`;
    const group = this.group({ label, owner, username: undefined });
    this.byUser.set(userId, group);
    return group;
  }

  private unresolved(label: string): AccountGroup {
    const group =
      this.byLabel.get(label) ?? this.group({ label, owner: undefined, username: undefined });
    this.byLabel.set(label, group);
    return group;
  }

  private group(description: Omit<AccountGroup, "objects">): AccountGroup {
    const group = { ...description, objects: [] };
    this.groups.add(group);
    return group;
  }
}

/** A preview leaves out what stays as it is, but for the name that the program gave it. */
function declaredAs(address: string): string {
  const name = address.split("::").slice(3).join("::");
  return name === "" ? "" : `, "${name}" in the program`;
}

function half<O extends PlannedToken | PlannedMembership>(
  object: O,
  { action, ...sides }: { action: "create" | "delete"; before?: null; after?: null },
): O {
  return { ...object, ...sides, resource: { ...object.resource, ...sides, action } };
}

function describe({ resource, before, after }: PlannedAccount): Omit<AccountGroup, "objects"> {
  const forms = [after, before].flatMap((form) => form ?? []);
  const told = <T>(of: (form: AccountForm) => T | undefined) =>
    forms.map(of).find((each) => each !== undefined);
  const username = told((form) => known(form.username));
  const userId = told((form) => known(form.userId));
  const unnamed = userId === undefined ? `account ${resource.address}` : `user ${userId}`;
  return { label: username ?? unnamed, username, owner: told((form) => known(form.owner)) };
}
