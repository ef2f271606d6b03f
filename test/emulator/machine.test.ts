import { join } from "node:path";
import { Packet } from "dns2";
import { freeAddress, freeSubnets, gatewayOf } from "../../emulator/docker/subnets";
import { answerFor } from "../../emulator/edge/resolver";
import { clientEnvironment } from "../../emulator/environment";
import { openModel } from "../../emulator/model";
import { Store } from "../../emulator/store";
import { temporaryFolder } from "../temporaryFolder";

describe("subnets", () => {
  it("are those of 172.16.0.0/12 that nothing touches", () => {
    expect(freeSubnets([]).slice(0, 2)).toEqual(["172.16.0.0/22", "172.16.4.0/22"]);
    expect(freeSubnets(["172.16.0.0/16", "172.17.1.1/24", "10.0.0.0/8"])[0]).toBe("172.17.4.0/22");
    expect(freeSubnets(["172.16.0.0/12"])).toEqual([]);
  });

  it("give addresses after the gateway's", () => {
    expect(gatewayOf("172.16.4.0/22")).toBe("172.16.4.1");
    expect(freeAddress("172.16.4.0/22", [])).toBe("172.16.4.2");
    expect(freeAddress("172.16.4.0/22", ["172.16.4.2", "172.16.4.3"])).toBe("172.16.4.4");
  });
});

describe("the resolver", () => {
  const ask = (name: string, type: number = Packet.TYPE.A) => {
    const query = new Packet();
    query.header.id = 7;
    query.questions.push(new Packet.Question(name, type, Packet.CLASS.IN));
    const answer = answerFor(query.toBuffer(), "172.16.0.1");
    return answer && Packet.parse(answer).answers.map(({ address }) => address);
  };

  it("sends cloud names to the edge and leaves others alone", () => {
    expect(ask("logs.s3.fr-par.scw.cloud")).toEqual(["172.16.0.1"]);
    expect(ask("s3.fr-par.scw.cloud", Packet.TYPE.AAAA)).toEqual([]);
    expect(ask("example.org")).toBeUndefined();
  });
});

describe("the state", () => {
  it("is the same after a restart", () => {
    const file = join(temporaryFolder(), "state.json");
    const before = openModel(new Store(file));
    before.ports.put({ id: "api", port: 1234 });
    const after = openModel(new Store(file));
    expect(after.tenant).toEqual(before.tenant);
    expect(after.ports.get("api").port).toBe(1234);
  });

  it("gives credentials in the formats that clients check", () => {
    const file = join(temporaryFolder(), "state.json");
    const environment = clientEnvironment(openModel(new Store(file)), {
      apiPort: 1,
      proxyPort: 2,
      bundle: "/bundle.pem",
      region: "fr-par",
    });
    const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
    expect(environment.SCW_ACCESS_KEY).toMatch(/^SCW[A-Z0-9]{17}$/);
    expect(environment.SCW_SECRET_KEY).toMatch(uuid);
    expect(environment.SCW_DEFAULT_PROJECT_ID).toMatch(uuid);
    expect(environment.SCW_DEFAULT_ZONE).toBe("fr-par-1");
    expect(environment.AWS_CA_BUNDLE).toBe("");
  });
});
