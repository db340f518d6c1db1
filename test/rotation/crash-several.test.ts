import { describeCrashes } from "./crash";

describeCrashes(["several"]);
