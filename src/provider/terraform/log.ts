/** Core shows a plugin's lines only where one of these is set. */
const isWanted = Boolean(process.env.TF_LOG || process.env.TF_LOG_PROVIDER);

/** Writes one line for Terraform's log, in the form of go-hclog. Never pass it a secret. */
export function log(
  level: "info" | "error",
  message: string,
  fields: { readonly [name: string]: unknown } = {},
): void {
  if (!isWanted) return;
  const line = {
    "@level": level,
    "@message": message,
    "@module": "provider",
    // go-plugin reads no other form than microseconds.
    "@timestamp": new Date().toISOString().replace("Z", "000Z"),
    ...fields,
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
