import { image } from "./docker/image";
import { serve } from "./server";

serve("docker", { "docker:index/image:Image": image });
