import type { Destination } from "../destination";
import type { Settings } from "../record";
import { StoredValue } from "../stored/stored-value";
import { awsSecret, secretArn } from "./record";
import { SecretStore } from "./secret-store";

export function place(settings: Settings<typeof awsSecret.attributes>): Destination {
  const { name, region, endpoint, field, version_stage: stage, kms_key: kmsKey } = settings;
  const store = new SecretStore({
    label: awsSecret.label(settings, String),
    name,
    region: region ?? secretArn(name)?.region,
    endpoint: endpoint ?? undefined,
    field: field ?? undefined,
    stage,
    kmsKey: kmsKey ?? undefined,
  });
  return new StoredValue(store, settings);
}
