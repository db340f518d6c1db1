import type { SSMClient } from "@aws-sdk/client-ssm";
import { isAwsError } from "../aws/errors";
import { ask, clientOptions, loadSdk, type AwsPlace, type Sdk } from "../aws/service";

export interface Parameter {
  readonly value: string;
  readonly type: string;
}

export interface ParameterSettings {
  readonly tier: "Standard" | "Advanced" | "Intelligent-Tiering" | undefined;
  readonly kmsKey: string | undefined;
}

/** The requests that glsa makes of one parameter. */
export class ParameterService {
  private loaded: Promise<{ readonly sdk: Sdk; readonly client: SSMClient }> | undefined;

  constructor(
    private readonly place: AwsPlace,
    private readonly name: string,
  ) {}

  /** Undefined where there is no such parameter. */
  async read(): Promise<Parameter | undefined> {
    const { sdk, client } = await this.load();
    const command = new sdk.GetParameterCommand({ Name: this.name, WithDecryption: true });
    try {
      const { Parameter } = await this.ask("GetParameter", client, () => client.send(command));
      return { value: Parameter?.Value ?? "", type: Parameter?.Type ?? "" };
    } catch (error) {
      if (isAwsError(error, "ParameterNotFound")) return undefined;
      throw error;
    }
  }

  /** Undefined where there is no such parameter. */
  async tags(): Promise<ReadonlyMap<string, string> | undefined> {
    const { sdk, client } = await this.load();
    const command = new sdk.ListTagsForResourceCommand(this.resource());
    try {
      const reply = await this.ask("ListTagsForResource", client, () => client.send(command));
      const { TagList = [] } = reply;
      return new Map(TagList.map(({ Key = "", Value = "" }) => [Key, Value] as const));
    } catch (error) {
      if (isAwsError(error, "InvalidResourceId")) return undefined;
      throw error;
    }
  }

  /** False where there is one already. */
  async create(
    value: string,
    { kmsKey, tier }: ParameterSettings,
    tag?: readonly [string, string],
  ): Promise<boolean> {
    const { sdk, client } = await this.load();
    const command = new sdk.PutParameterCommand({
      ...this.value(value, { kmsKey, tier }),
      Overwrite: false,
      ...(tag !== undefined && { Tags: [{ Key: tag[0], Value: tag[1] }] }),
    });
    try {
      await this.ask("PutParameter", client, () => client.send(command));
      return true;
    } catch (error) {
      if (isAwsError(error, "ParameterAlreadyExists")) return false;
      throw error;
    }
  }

  async replace(value: string, settings: ParameterSettings): Promise<void> {
    const { sdk, client } = await this.load();
    const command = new sdk.PutParameterCommand({
      ...this.value(value, settings),
      Overwrite: true,
    });
    await this.ask("PutParameter", client, () => client.send(command));
  }

  async tag(name: string, value: string): Promise<void> {
    const { sdk, client } = await this.load();
    const Tags = [{ Key: name, Value: value }];
    const command = new sdk.AddTagsToResourceCommand({ ...this.resource(), Tags });
    await this.ask("AddTagsToResource", client, () => client.send(command));
  }

  async untag(name: string): Promise<void> {
    const { sdk, client } = await this.load();
    const input = { ...this.resource(), TagKeys: [name] };
    const command = new sdk.RemoveTagsFromResourceCommand(input);
    await this.ask("RemoveTagsFromResource", client, () => client.send(command));
  }

  async delete(): Promise<void> {
    const { sdk, client } = await this.load();
    const command = new sdk.DeleteParameterCommand({ Name: this.name });
    try {
      await this.ask("DeleteParameter", client, () => client.send(command));
    } catch (error) {
      if (!isAwsError(error, "ParameterNotFound")) throw error;
    }
  }

  private value(value: string, { kmsKey, tier }: ParameterSettings) {
    return {
      Name: this.name,
      Value: value,
      Type: "SecureString" as const,
      ...(kmsKey !== undefined && { KeyId: kmsKey }),
      ...(tier !== undefined && { Tier: tier }),
    };
  }

  private resource() {
    return { ResourceType: "Parameter" as const, ResourceId: this.name };
  }

  private ask<T>(action: string, client: SSMClient, send: () => Promise<T>): Promise<T> {
    return ask(client, { action: `ssm:${action}`, resource: this.name }, send);
  }

  private load() {
    this.loaded ??= loadSdk().then((sdk) => ({
      sdk,
      client: new sdk.SSMClient(clientOptions(this.place)),
    }));
    return this.loaded;
  }
}
