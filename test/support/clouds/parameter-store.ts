import { AwsError } from "./aws-error";

export interface StoredParameter {
  value: string;
  type: string;
  version: number;
  tier: string;
  kmsKey: string | undefined;
  readonly tags: Map<string, string>;
}

type Input = Readonly<Record<string, unknown>>;
interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/**
 * The Parameter Store of AWS Systems Manager.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export class ParameterStoreCore {
  readonly parameters = new Map<string, StoredParameter>();

  constructor(private readonly usableKeys: ReadonlySet<string>) {}

  answer(operation: string, input: Input): unknown {
    switch (operation) {
      case "PutParameter":
        return this.put(input);
      case "GetParameter":
        return this.get(input);
      case "DeleteParameter":
        this.parameter(input["Name"]);
        this.parameters.delete(String(input["Name"]));
        return {};
      case "ListTagsForResource":
        return {
          TagList: [...this.resource(input).tags].map(([Key, Value]) => ({ Key, Value })),
        };
      case "AddTagsToResource":
        setTags(this.resource(input), input["Tags"] as readonly Tag[]);
        return {};
      case "RemoveTagsFromResource":
        for (const key of input["TagKeys"] as string[]) this.resource(input).tags.delete(key);
        return {};
      default:
        throw new AwsError("UnknownOperationException", operation);
    }
  }

  private put(input: Input): unknown {
    const name = String(input["Name"]);
    const present = this.parameters.get(name);
    const overwrite = input["Overwrite"] === true;
    if (present !== undefined && !overwrite) {
      throw new AwsError("ParameterAlreadyExists", "The parameter already exists.");
    }
    if (overwrite && input["Tags"] !== undefined) {
      throw new AwsError("ValidationException", "Invalid request: tags and overwrite.");
    }
    const type = String(input["Type"]);
    if (present !== undefined && present.type !== type) {
      throw new AwsError("HierarchyTypeMismatchException", "The type cannot be changed.");
    }
    const kmsKey = (input["KeyId"] as string | undefined) ?? present?.kmsKey;
    if (kmsKey !== undefined && !this.usableKeys.has(kmsKey)) {
      throw new AwsError("InvalidKeyId", `Invalid key ${kmsKey}`);
    }
    const value = String(input["Value"]);
    const tier = (input["Tier"] as string | undefined) ?? present?.tier ?? "Standard";
    if (present?.tier === "Advanced" && tier === "Standard") {
      throw new AwsError("ValidationException", "An advanced parameter cannot become standard.");
    }
    if (value === "" || Buffer.byteLength(value) > (tier === "Standard" ? 4096 : 8192)) {
      throw new AwsError("ValidationException", "The value has a bad length.");
    }
    const version = (present?.version ?? 0) + 1;
    const tags = present?.tags ?? new Map<string, string>();
    const parameter = { value, type, version, tier, kmsKey, tags };
    setTags(parameter, (input["Tags"] ?? []) as readonly Tag[]);
    this.parameters.set(name, parameter);
    return { Version: version, Tier: tier };
  }

  private get(input: Input): unknown {
    const { value, type, version } = this.parameter(input["Name"]);
    const isShown = type !== "SecureString" || input["WithDecryption"] === true;
    const Value = isShown ? value : Buffer.from("encrypted").toString("base64");
    return { Parameter: { Name: input["Name"], Type: type, Version: version, Value } };
  }

  private parameter(name: unknown): StoredParameter {
    const found = this.parameters.get(String(name));
    if (found !== undefined) return found;
    throw new AwsError("ParameterNotFound", "");
  }

  private resource(input: Input): StoredParameter {
    const found = this.parameters.get(String(input["ResourceId"]));
    if (found !== undefined && input["ResourceType"] === "Parameter") return found;
    throw new AwsError("InvalidResourceId", "The resource ID is not valid.");
  }
}

function setTags({ tags }: StoredParameter, added: readonly Tag[]): void {
  for (const { Key, Value } of added) {
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u.test(Value)) {
      throw new AwsError("ValidationException", `The tag ${Key} is not valid.`);
    }
    tags.set(Key, Value);
  }
}
