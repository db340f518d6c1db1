import { declarePlatform } from "./platform";

declarePlatform();
