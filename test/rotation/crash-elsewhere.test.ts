import { describeCrashes } from "./crash";

describeCrashes(["file", "vault", "command"]);
