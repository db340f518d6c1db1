import { instanceAddress, instanceKey, isSameInstance } from "../../model";

/** The GitLab that a provider configuration speaks to, by every address that means it. */
export class Instance {
  /** The address that this run uses, as users write it. */
  readonly address: string;

  /** @param others further addresses of the same instance */
  constructor(
    baseUrl: string,
    private readonly others: readonly string[],
  ) {
    this.address = instanceAddress(baseUrl);
  }

  /** The same for all configurations that name the same addresses, whichever of them they use. */
  get key(): string {
    return [this.address, ...this.others].map(instanceKey).sort()[0] ?? "";
  }

  isAt(address: string): boolean {
    return [this.address, ...this.others].some((own) => isSameInstance(own, address));
  }
}
