import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { isAwsError } from "../aws/errors";
import { ask, clientOptions, loadSdk, type AwsPlace, type Sdk } from "../aws/service";

/** What DescribeSecret tells of a secret, without a value. */
export interface SecretFacts {
  readonly isRotatedByAws: boolean;
  /** The service that manages the secret, such as `rds`. */
  readonly managedBy: string | undefined;
  readonly isBeingDeleted: boolean;
  /** Set in a replica: values are written in this region. */
  readonly primaryRegion: string | undefined;
  readonly kmsKey: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  /** The version's id by staging label. */
  readonly versions: ReadonlyMap<string, string>;
}

interface NewVersion {
  readonly token: string;
  readonly content: string;
  readonly stage: string;
}

/** The requests that glsa makes of one secret. */
export class SecretsManager {
  private loaded: Promise<{ readonly sdk: Sdk; readonly client: SecretsManagerClient }> | undefined;

  constructor(
    private readonly place: AwsPlace,
    private readonly secret: string,
  ) {}

  /** Undefined where there is no such secret. */
  async describe(): Promise<SecretFacts | undefined> {
    const { sdk, client } = await this.load();
    try {
      const command = new sdk.DescribeSecretCommand({ SecretId: this.secret });
      const found = await this.ask("DescribeSecret", client, () => client.send(command));
      const region = await client.config.region();
      const tags = (found.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value] as const);
      const versions = Object.entries(found.VersionIdsToStages ?? {}).flatMap(([id, stages]) =>
        stages.map((stage) => [stage, id] as const),
      );
      return {
        isRotatedByAws: found.RotationEnabled ?? false,
        managedBy: found.OwningService,
        isBeingDeleted: found.DeletedDate !== undefined,
        primaryRegion: found.PrimaryRegion === region ? undefined : found.PrimaryRegion,
        kmsKey: found.KmsKeyId,
        tags: new Map(tags),
        versions: new Map(versions),
      };
    } catch (error) {
      if (isAwsError(error, "ResourceNotFoundException")) return undefined;
      throw error;
    }
  }

  /** Undefined for a version that does not exist, or is no text. */
  async read(version: string): Promise<string | undefined> {
    const { sdk, client } = await this.load();
    const command = new sdk.GetSecretValueCommand({ SecretId: this.secret, VersionId: version });
    try {
      return (await this.ask("GetSecretValue", client, () => client.send(command))).SecretString;
    } catch (error) {
      if (isAwsError(error, "ResourceNotFoundException")) return undefined;
      throw error;
    }
  }

  async create(
    { token, content }: Omit<NewVersion, "stage">,
    tags: ReadonlyMap<string, string>,
    kmsKey: string | undefined,
  ): Promise<void> {
    const { sdk, client } = await this.load();
    const command = new sdk.CreateSecretCommand({
      Name: this.secret,
      ClientRequestToken: token,
      SecretString: content,
      Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
      ...(kmsKey !== undefined && { KmsKeyId: kmsKey }),
    });
    await this.ask("CreateSecret", client, () => client.send(command));
  }

  /** The same request token makes the same version, however often it is sent. */
  async put({ token, content, stage }: NewVersion): Promise<void> {
    const { sdk, client } = await this.load();
    const command = new sdk.PutSecretValueCommand({
      SecretId: this.secret,
      ClientRequestToken: token,
      SecretString: content,
      VersionStages: [stage],
    });
    await this.ask("PutSecretValue", client, () => client.send(command));
  }

  async moveStage(stage: string, from: string, to: string | undefined): Promise<void> {
    const { sdk, client } = await this.load();
    const command = new sdk.UpdateSecretVersionStageCommand({
      SecretId: this.secret,
      VersionStage: stage,
      RemoveFromVersionId: from,
      ...(to !== undefined && { MoveToVersionId: to }),
    });
    await this.ask("UpdateSecretVersionStage", client, () => client.send(command));
  }

  async tag(name: string, value: string): Promise<void> {
    const { sdk, client } = await this.load();
    const Tags = [{ Key: name, Value: value }];
    const command = new sdk.TagResourceCommand({ SecretId: this.secret, Tags });
    await this.ask("TagResource", client, () => client.send(command));
  }

  async untag(name: string): Promise<void> {
    const { sdk, client } = await this.load();
    const command = new sdk.UntagResourceCommand({ SecretId: this.secret, TagKeys: [name] });
    await this.ask("UntagResource", client, () => client.send(command));
  }

  async changeKey(kmsKey: string): Promise<void> {
    const { sdk, client } = await this.load();
    const command = new sdk.UpdateSecretCommand({ SecretId: this.secret, KmsKeyId: kmsKey });
    await this.ask("UpdateSecret", client, () => client.send(command));
  }

  /** At once: what it held is a token that does not work any more. */
  async delete(): Promise<void> {
    const { sdk, client } = await this.load();
    const input = { SecretId: this.secret, ForceDeleteWithoutRecovery: true };
    const command = new sdk.DeleteSecretCommand(input);
    await this.ask("DeleteSecret", client, () => client.send(command));
  }

  private async ask<T>(
    action: string,
    client: SecretsManagerClient,
    send: () => Promise<T>,
  ): Promise<T> {
    const call = { action: `secretsmanager:${action}`, resource: this.secret };
    return ask(client, call, send);
  }

  private load() {
    this.loaded ??= loadSdk().then((sdk) => ({
      sdk,
      client: new sdk.SecretsManagerClient(clientOptions(this.place)),
    }));
    return this.loaded;
  }
}
