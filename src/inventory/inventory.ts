import type { GitLab } from "../gitlab";
import { AccountInventory } from "./accounts";
import { ContainerInventory } from "./containers";
import { MemberInventory } from "./members";
import { TokenInventory } from "./tokens";
import { Usernames } from "./usernames";
import { UserMemberships } from "./user-memberships";
import { UserInventory } from "./users";
import { VariableInventory } from "./variables";

/**
 * One run's view of the live instance. It is read in bulk on first use and corrected by this run's own writes. A failed
 * list is an error and is read again. An object that a list does not show is requested once more by itself before it
 * counts as gone.
 */
export class Inventory {
  readonly accounts: AccountInventory;
  readonly containers: ContainerInventory;
  readonly members: MemberInventory;
  readonly tokens: TokenInventory;
  readonly userMemberships: UserMemberships;
  readonly usernames = new Usernames();
  readonly users: UserInventory;
  readonly variables: VariableInventory;

  constructor(gitlab: GitLab) {
    this.accounts = new AccountInventory(gitlab, this.usernames);
    this.containers = new ContainerInventory(gitlab);
    this.members = new MemberInventory(gitlab, this.accounts, this.usernames);
    this.tokens = new TokenInventory(gitlab, this.accounts);
    this.userMemberships = new UserMemberships(gitlab, this.accounts);
    this.users = new UserInventory(gitlab, this.accounts);
    this.variables = new VariableInventory(gitlab);
  }
}
