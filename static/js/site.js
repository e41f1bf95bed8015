// What every page does with script on; all of it also works without.

import { offerCopying } from "./site/copying.js";
import { keepDrafts } from "./site/drafts.js";
import { focusErrors } from "./site/errors.js";
import { watchMenus } from "./site/menus.js";
import { offerPrinting } from "./site/printing.js";
import { takeSteps, waitForWork } from "./site/steps.js";

watchMenus();
keepDrafts();
focusErrors();
offerPrinting();
offerCopying();
takeSteps();
waitForWork();
