import { hclText } from "./blocks";

const SOURCE = "glsa.internal/glsa/glsa";

export function mentionsProvider(files: readonly string[]): boolean {
  return files.some((text) => text.includes(SOURCE) || /\bprovider\s+"glsa"/.test(text));
}

/** What a folder needs beside the resources. */
export function hclProvider(stack: string): string {
  return `terraform {
  required_providers {
    glsa = { source = "${SOURCE}" }
  }
}

provider "glsa" {
  stack = ${hclText(stack)} # Marks the tokens that belong here. Never change it.
}
`;
}
