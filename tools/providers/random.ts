import { randomBytes } from "./random/bytes";
import { randomPassword } from "./random/password";
import { serve } from "./server";

serve("random", {
  "random:index/randomBytes:RandomBytes": randomBytes,
  "random:index/randomPassword:RandomPassword": randomPassword,
});
