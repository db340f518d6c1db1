import { serveTerraform } from "../../../src/provider/terraform";
import { officialProvider } from "./provider";

void serveTerraform(officialProvider);
