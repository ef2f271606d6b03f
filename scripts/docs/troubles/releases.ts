import { SUFFICIENT, type Troubles } from "./answers";

export const releases: Troubles = {
  "The tag is …, the version in package.json …: tag the release v….": SUFFICIENT,
  'CHANGELOG.md begins with …: say above it, under "## …", what is new.': SUFFICIENT,
};
