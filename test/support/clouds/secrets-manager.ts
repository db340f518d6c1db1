import { randomInt } from "node:crypto";
import { AwsError } from "./aws-error";

interface Version {
  readonly content: string;
  readonly stages: Set<string>;
}

export interface StoredSecret {
  readonly name: string;
  readonly arn: string;
  kmsKey: string | undefined;
  readonly tags: Map<string, string>;
  readonly versions: Map<string, Version>;
  isRotated: boolean;
  owner: string | undefined;
  primaryRegion: string | undefined;
  isDeleted: boolean;
}

type Input = Readonly<Record<string, unknown>>;
interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";

/**
 * AWS Secrets Manager's secrets, versions and stages.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html
 */
export class SecretsManagerCore {
  readonly secrets = new Map<string, StoredSecret>();

  constructor(
    private readonly region: string,
    private readonly account: string,
    private readonly usableKeys: ReadonlySet<string>,
  ) {}

  answer(operation: string, input: Input): unknown {
    switch (operation) {
      case "CreateSecret":
        return this.create(input);
      case "DescribeSecret":
        return this.describe(this.secret(input));
      case "GetSecretValue":
        return this.value(this.live(input), input);
      case "PutSecretValue":
        return this.put(this.live(input), input);
      case "UpdateSecret":
        return this.update(this.live(input), input);
      case "UpdateSecretVersionStage":
        return this.moveStage(this.live(input), input);
      case "TagResource":
        return this.tag(this.live(input), input["Tags"] as readonly Tag[]);
      case "UntagResource":
        for (const key of input["TagKeys"] as string[]) this.live(input).tags.delete(key);
        return undefined;
      case "DeleteSecret":
        return this.delete(this.secret(input), input);
      default:
        throw new AwsError("UnknownOperationException", operation);
    }
  }

  private create(input: Input): unknown {
    const name = String(input["Name"]);
    if (!/^[\w/+=.@-]{1,512}$/.test(name)) {
      throw new AwsError("ValidationException", "Invalid name.");
    }
    const token = tokenOf(input);
    const content = input["SecretString"] as string | undefined;
    const present = this.secrets.get(name);
    if (present !== undefined) {
      if (present.versions.get(token)?.content === content && content !== undefined) {
        return { ARN: present.arn, Name: name, VersionId: token };
      }
      throw new AwsError(
        present.isDeleted ? "InvalidRequestException" : "ResourceExistsException",
        `The operation failed because the secret ${name} already exists.`,
      );
    }
    const key = input["KmsKeyId"] as string | undefined;
    this.refuseKey(key);
    const suffix = Array.from({ length: 6 }, () => "abcdefghijKLMNOP012345"[randomInt(22)]);
    const arn = `arn:aws:secretsmanager:${this.region}:${this.account}:secret:${name}-${suffix.join("")}`;
    const secret: StoredSecret = {
      name,
      arn,
      kmsKey: key,
      tags: new Map(),
      versions: new Map(),
      isRotated: false,
      owner: undefined,
      primaryRegion: undefined,
      isDeleted: false,
    };
    this.tag(secret, (input["Tags"] ?? []) as readonly Tag[]);
    this.secrets.set(name, secret);
    if (content === undefined) return { ARN: arn, Name: name };
    return this.put(secret, { ...input, VersionStages: [CURRENT] });
  }

  private put(secret: StoredSecret, input: Input): unknown {
    const token = tokenOf(input);
    const content = String(input["SecretString"]);
    if (content.length < 1 || content.length > 65_536) {
      throw new AwsError("InvalidParameterException", "SecretString has a bad length.");
    }
    this.refuseKey(secret.kmsKey);
    const { arn: ARN, name: Name } = secret;
    const present = secret.versions.get(token);
    if (present !== undefined) {
      if (present.content !== content) {
        throw new AwsError(
          "ResourceExistsException",
          `A version with the id ${token} exists with another value.`,
        );
      }
      return { ARN, Name, VersionId: token, VersionStages: [...present.stages] };
    }
    const stages = [...((input["VersionStages"] as string[] | undefined) ?? [CURRENT])];
    if (secret.versions.size === 0 && !stages.includes(CURRENT)) stages.push(CURRENT);
    secret.versions.set(token, { content, stages: new Set() });
    for (const stage of stages) attach(secret, stage, token);
    return { ARN, Name, VersionId: token, VersionStages: stages };
  }

  private moveStage(secret: StoredSecret, input: Input): unknown {
    const stage = String(input["VersionStage"]);
    const from = input["RemoveFromVersionId"] as string | undefined;
    const to = input["MoveToVersionId"] as string | undefined;
    const holder = holderOf(secret, stage);
    if (holder !== from) {
      throw new AwsError("InvalidParameterException", `${stage} is not attached to ${from}.`);
    }
    if (to === undefined && stage === CURRENT) {
      throw new AwsError("InvalidParameterException", "AWSCURRENT can only be moved.");
    }
    if (to === undefined) secret.versions.get(from ?? "")?.stages.delete(stage);
    else if (!secret.versions.has(to)) {
      throw new AwsError("ResourceNotFoundException", `There is no version ${to}.`);
    } else attach(secret, stage, to);
    return { ARN: secret.arn, Name: secret.name };
  }

  private describe(secret: StoredSecret): unknown {
    const { arn, name, kmsKey, tags, versions, isRotated, owner, primaryRegion } = secret;
    const labelled = [...versions].filter(([, { stages }]) => stages.size > 0);
    return {
      ARN: arn,
      Name: name,
      ...(kmsKey !== undefined && { KmsKeyId: kmsKey }),
      ...(isRotated && { RotationEnabled: true }),
      ...(owner !== undefined && { OwningService: owner }),
      ...(primaryRegion !== undefined && { PrimaryRegion: primaryRegion }),
      ...(secret.isDeleted && { DeletedDate: Date.now() / 1000 }),
      Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
      VersionIdsToStages: Object.fromEntries(
        labelled.map(([id, { stages }]) => [id, [...stages]] as const),
      ),
    };
  }

  private value(secret: StoredSecret, input: Input): unknown {
    const stage = input["VersionStage"] as string | undefined;
    const wanted = input["VersionId"] as string | undefined;
    const id = wanted ?? holderOf(secret, stage ?? CURRENT) ?? "";
    const version = secret.versions.get(id);
    if (version === undefined || (stage !== undefined && !version.stages.has(stage))) {
      throw new AwsError(
        "ResourceNotFoundException",
        `Secrets Manager can't find the specified secret value for staging label: ${stage ?? CURRENT}`,
      );
    }
    this.refuseKey(secret.kmsKey, "DecryptionFailure");
    const { arn: ARN, name: Name } = secret;
    return {
      ARN,
      Name,
      VersionId: id,
      SecretString: version.content,
      VersionStages: [...version.stages],
    };
  }

  private update(secret: StoredSecret, input: Input): unknown {
    const key = input["KmsKeyId"] as string | undefined;
    this.refuseKey(key);
    secret.kmsKey = key ?? secret.kmsKey;
    return { ARN: secret.arn, Name: secret.name };
  }

  private tag(secret: StoredSecret, tags: readonly Tag[]): undefined {
    for (const { Key, Value } of tags) {
      if (!isTagText(Key, 128) || !isTagText(Value, 256) || /^aws:/i.test(Key)) {
        throw new AwsError("InvalidParameterException", `The tag ${Key} is not valid.`);
      }
      secret.tags.set(Key, Value);
    }
    if (secret.tags.size > 50) throw new AwsError("InvalidParameterException", "Too many tags.");
    return undefined;
  }

  private delete(secret: StoredSecret, input: Input): unknown {
    if (input["ForceDeleteWithoutRecovery"] === true) this.secrets.delete(secret.name);
    else secret.isDeleted = true;
    return { ARN: secret.arn, Name: secret.name, DeletionDate: Date.now() / 1000 };
  }

  private secret(input: Input): StoredSecret {
    const id = String(input["SecretId"]);
    const found =
      this.secrets.get(id) ?? [...this.secrets.values()].find(({ arn }) => arn === id) ?? undefined;
    if (found !== undefined) return found;
    throw new AwsError(
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret.",
    );
  }

  private live(input: Input): StoredSecret {
    const secret = this.secret(input);
    if (!secret.isDeleted) return secret;
    throw new AwsError(
      "InvalidRequestException",
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }

  private refuseKey(key: string | undefined, type = "EncryptionFailure"): void {
    if (key === undefined || this.usableKeys.has(key)) return;
    throw new AwsError(type, `The KMS key ${key} cannot be used.`);
  }
}

function attach(secret: StoredSecret, stage: string, id: string): void {
  const holder = holderOf(secret, stage);
  if (holder === id) return;
  if (holder !== undefined) {
    secret.versions.get(holder)?.stages.delete(stage);
    if (stage === CURRENT) attach(secret, PREVIOUS, holder);
  }
  secret.versions.get(id)?.stages.add(stage);
  if (stage === CURRENT) secret.versions.get(id)?.stages.delete(PREVIOUS);
}

function holderOf({ versions }: StoredSecret, stage: string): string | undefined {
  return [...versions].find(([, { stages }]) => stages.has(stage))?.[0];
}

function tokenOf(input: Input): string {
  const token = String(input["ClientRequestToken"] ?? "");
  if (token.length >= 32 && token.length <= 64) return token;
  throw new AwsError("InvalidParameterException", "ClientRequestToken has a bad length.");
}

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function isTagText(text: string, longest: number): boolean {
  return text.length <= longest && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);
}
