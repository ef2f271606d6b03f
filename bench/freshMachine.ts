import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "../components/gate/waitFor";
import { dockerClient } from "../tools/docker";
import { run } from "../tools/shell";

/** A Docker engine that has nothing yet, as the machine of a pipeline's job. */
export class FreshMachine {
  private constructor(
    private readonly folder: string,
    private readonly bridge: string,
    private readonly engine: ChildProcess,
    /** The variables with which a client reaches it. */
    readonly env: { readonly DOCKER_HOST: string },
  ) {}

  static async start(): Promise<FreshMachine> {
    const folder = mkdtempSync(join(tmpdir(), "docker-"));
    const host = `unix://${folder}/socket`;
    const name = folder.split("/").at(-1)!;
    // An engine without a bridge would delete that of the machine's own engine.
    const bridge = name.replace("docker", "bridge");
    await run("ip", ["link", "add", bridge, "type", "bridge"]);
    const engine = spawn(
      "dockerd",
      [
        ...["--data-root", `${folder}/data`, "--exec-root", `${folder}/exec`],
        ...["--pidfile", `${folder}/pid`, "--host", host],
        ...["--bridge", bridge, "--iptables=false", "--ip-masq=false"],
        ...["--containerd-namespace", name, "--containerd-plugins-namespace", `${name}-plugins`],
      ],
      { stdio: "ignore" },
    );
    const machine = new FreshMachine(folder, bridge, engine, { DOCKER_HOST: host });
    const docker = await dockerClient();
    const look = async () => ({ answer: await run(docker, ["version"], { env: machine.env }) });
    await waitFor("A fresh Docker engine", look, { timeout: 60_000 });
    // What the machine before has written is no burden of this one's.
    await run("sync", []);
    return machine;
  }

  async stop(): Promise<void> {
    const ended = once(this.engine, "exit");
    this.engine.kill();
    await ended;
    await run("ip", ["link", "delete", this.bridge]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
