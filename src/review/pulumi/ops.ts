import type { UnknownAction } from "../unknown-action";
import type { PreviewDocument } from "./document";

/** @see https://pkg.go.dev/github.com/pulumi/pulumi/sdk/v3/go/common/apitype#OpType */
const OPS = new Set([
  "same",
  "create",
  "update",
  "delete",
  "replace",
  "create-replacement",
  "delete-replaced",
  "read",
  "read-replacement",
  "refresh",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
  "import",
  "import-replacement",
]);

export function unknownOps({ steps }: PreviewDocument): UnknownAction[] {
  return (steps ?? [])
    .filter(({ op }) => !OPS.has(op))
    .map(({ op, urn }) => ({ action: op, address: urn }));
}
