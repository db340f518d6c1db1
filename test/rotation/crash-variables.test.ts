import { describeCrashes } from "./crash";

describeCrashes(["ci_variable", "hidden ci_variable"]);
