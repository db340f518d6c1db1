import type { CiVariableDelivery } from "./ci-variable";
import { copyOfCommand, type CommandDelivery } from "./command";
import type { FileDelivery } from "./file";
import type { VaultDelivery } from "./vault";

/** Exactly one of the kinds of destination. */
export interface DeliveryDestination {
  /** A CI/CD variable of a project or group. */
  readonly ciVariable?: CiVariableDelivery;
  /** A file on the machine that runs the apply. */
  readonly file?: FileDelivery;
  /** A field of a KV version 2 secret in HashiCorp Vault or OpenBao. */
  readonly vault?: VaultDelivery;
  /** A program that takes the value on its standard input. */
  readonly command?: CommandDelivery;
}

/** Where a token's value goes, past the engine's state. */
export class Delivery {
  /** A CI/CD variable of a project or group. */
  static ciVariable(variable: CiVariableDelivery): Delivery {
    return new Delivery({ ciVariable: { ...variable } });
  }

  /** A file on the machine that runs the apply. */
  static file(file: FileDelivery): Delivery {
    return new Delivery({ file: { ...file } });
  }

  /** A field of a KV version 2 secret in HashiCorp Vault or OpenBao. */
  static vault(vault: VaultDelivery): Delivery {
    return new Delivery({ vault: { ...vault } });
  }

  /** A program that takes the value on its standard input. */
  static command(command: CommandDelivery): Delivery {
    return new Delivery({ command: copyOfCommand(command) });
  }

  private constructor(
    /** The one destination that is set. */
    readonly destination: DeliveryDestination,
  ) {}
}
