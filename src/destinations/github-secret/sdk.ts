// What seals a value for GitHub, built into a text of its own.
import { blake2b } from "@noble/hashes/blake2.js";
import nacl from "tweetnacl";

/**
 * An anonymous box that only the holder of the key can open, as libsodium's crypto_box_seal makes it.
 * @see https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
export function seal(text: string, publicKey: Uint8Array): Uint8Array {
  const once = nacl.box.keyPair();
  const keys = new Uint8Array([...once.publicKey, ...publicKey]);
  const nonce = blake2b(keys, { dkLen: nacl.box.nonceLength });
  const box = nacl.box(new TextEncoder().encode(text), nonce, publicKey, once.secretKey);
  return new Uint8Array([...once.publicKey, ...box]);
}
