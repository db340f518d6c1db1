import { CHECK_NAMES, type Check, type CheckName } from "../check";
import { certificates } from "./certificates";
import { clock } from "./clock";
import { config } from "./config";
import { destinations } from "./destinations";
import { engine } from "./engine";
import { gitlab } from "./gitlab";
import { lockFile } from "./lock-file";
import { ownRotation } from "./own-rotation";
import { ownToken } from "./own-token";
import { provider } from "./provider";
import { proxy } from "./proxy";
import { rateLimit } from "./rate-limit";
import { rights } from "./rights";
import { runtime } from "./runtime";
import { state } from "./state";
import { stateLock } from "./state-lock";
import { token } from "./token";
import { version } from "./version";

const BY_NAME: Readonly<Record<CheckName, Check>> = {
  runtime,
  config,
  proxy,
  certificates,
  engine,
  provider,
  "lock-file": lockFile,
  token,
  gitlab,
  clock,
  "rate-limit": rateLimit,
  "own-token": ownToken,
  version,
  state,
  "state-lock": stateLock,
  rights,
  "own-rotation": ownRotation,
  destinations,
};

export const CHECKS: readonly Check[] = CHECK_NAMES.map((name) => BY_NAME[name]);
