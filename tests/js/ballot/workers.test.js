// The crew: worker threads of Node in the place of the browser's workers.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Ballot } from "../../../static/js/ballot/ballots.js";
import { Board } from "../../../static/js/ballot/board.js";
import { checkBallot } from "../../../static/js/ballot/checks.js";
import { deriveCredential, generateCredential } from "../../../static/js/ballot/credentials.js";
import { Fault, NotSupported, ProtocolError } from "../../../static/js/ballot/errors.js";
import { sha256Hex } from "../../../static/js/ballot/hashing.js";
import { tallyBallots } from "../../../static/js/ballot/tally.js";
import { serve } from "../../../static/js/ballot/tasks.js";
import { browserWorker, Crew, inProcess, openCrew } from "../../../static/js/ballot/workers.js";
import { archiveWith, makeElection, spoiled } from "./elections.js";
import { stream } from "./streams.js";
import { threads } from "./threads.js";
import { bytes, text } from "./vectors.js";

const made = makeElection({ voters: 6 });
const { election, roll } = made;
const votes = made.credentials.map((_, voter) => made.ballot(voter, [[voter % 2, 0]]).data);
const setup = { election, credentials: roll };

function counted(ballots) {
  const checked = ballots.map((data) =>
    checkBallot(Ballot.fromJson(data, election), election, roll),
  );
  return tallyBallots(election, roll, checked);
}

/** Opens threads, and remembers them. */
function team() {
  const opened = [];
  const open = () => {
    const worker = threads();
    opened.push(worker);
    return worker;
  };
  return { opened, open };
}

const crews = [];
after(() => {
  for (const crew of crews) crew.close();
});

function hire(open, size) {
  const crew = new Crew(open, size);
  crews.push(crew);
  return crew;
}

test("two workers share the ballots, and their products make the tally", async () => {
  const { open, opened } = team();
  const board = new Board(made.setup, hire(open, 2));
  const progress = [];
  await board.checkBallots(votes, (...each) => progress.push(each));
  assert.deepEqual(
    progress,
    votes.map((_, index) => [index + 1, 6]),
  );
  assert.equal(opened.length, 2);
  const verified = await board.verifyArchive(archiveWith(made, votes, counted(votes)).bytes);
  assert.equal(verified.descriptor.numTallied, 6);
});

test("no more workers are opened than there is work for", async () => {
  const { open, opened } = team();
  const crew = hire(open, 4);
  crew.begin(setup);
  assert.equal(opened.length, 0);
  const hash = sha256Hex(votes[0]);
  await crew.checkBallot(votes[0], { hash });
  await crew.checkBallot(votes[0], { hash });
  assert.equal(opened.length, 1);
});

test("an error of a worker arrives as the same error", async () => {
  const crew = hire(threads, 1);
  crew.begin(setup);
  const wrong = spoiled(votes[1]);
  await assert.rejects(crew.checkBallot(wrong, { hash: sha256Hex(wrong) }), (error) => {
    assert.ok(error instanceof ProtocolError);
    assert.equal(error.fault, Fault.BALLOT_HASH);
    return error.message === Fault.BALLOT_HASH;
  });
  const loose = bytes(` ${text(votes[1])}`);
  await assert.rejects(
    crew.checkBallot(loose, { hash: sha256Hex(loose) }),
    (error) => error.fault === Fault.BALLOT_NOT_CANONICAL,
  );
  await crew.checkBallot(votes[1], { hash: sha256Hex(votes[1]) });
});

test("an error with its detail and its event survives the way", () => {
  const posted = [];
  const handle = serve((message) => posted.push(structuredClone(message)));
  handle({ id: 1, task: "begin", payload: { election: bytes("{}"), credentials: bytes("[]") } });
  assert.equal(posted[0].error.fault, Fault.JSON_WRONG_FIELDS);
  assert.equal(posted[0].error.detail, "election");
  const version = bytes(text(election.data).replace('"version":1', '"version":7'));
  handle({ id: 2, task: "begin", payload: { election: version, credentials: bytes("[]") } });
  assert.equal(posted[1].error.fault, Fault.UNSUPPORTED);
});

test("NotSupported stays what it is", async () => {
  const fake = () => {
    let tell;
    return {
      post: ({ id }) =>
        queueMicrotask(() => tell({ id, error: new NotSupported("x").toMessage() })),
      listen: (onMessage) => {
        tell = onMessage;
      },
      close() {},
    };
  };
  const crew = hire(fake, 1);
  await assert.rejects(crew.encrypt({}), NotSupported);
});

test("a mistake in a worker is told by name only, never with what it was about", async () => {
  const posted = [];
  const handle = serve((message) => posted.push(message));
  const secret = generateCredential(stream("secret"));
  handle({ id: 1, task: "encrypt", payload: { credential: secret, choices: [] } });
  assert.deepEqual(posted, [{ id: 1, error: { failure: "TypeError" } }]);
  const crew = hire(inProcess, 1);
  await assert.rejects(crew.encrypt({ credential: secret, choices: [] }), (error) => {
    assert.ok(!error.message.includes(secret));
    return error.message === "a worker failed: TypeError";
  });
});

test("a ballot is encrypted by a worker, which tells how far it is", async () => {
  const crew = hire(threads, 2);
  crew.begin(setup);
  const [credential] = made.credentials;
  const progress = [];
  const ballot = await crew.encrypt(
    { credential: credential.private, choices: [[0, 1]] },
    (...each) => progress.push(each),
  );
  assert.deepEqual(progress, [[1, 1]]);
  const parsed = Ballot.fromJson(ballot.data, election);
  assert.equal(parsed.tracker, ballot.tracker);
  checkBallot(parsed, election, roll);
});

test("a mistyped credential or choice is refused before anything is encrypted", async () => {
  const crew = hire(inProcess, 1);
  crew.begin(setup);
  const stranger = generateCredential(stream("stranger"));
  assert.ok(!roll.has(deriveCredential(election.uuid, stranger).public.encode()));
  for (const [credential, choices, fault] of [
    [stranger, [[0, 1]], Fault.BALLOT_UNKNOWN_CREDENTIAL],
    ["x", [[0, 1]], Fault.CREDENTIAL_FORM],
    [made.credentials[0].private, [[1, 1]], Fault.CHOICES],
  ])
    await assert.rejects(
      crew.encrypt({ credential, choices }),
      (error) => error.fault === fault && error instanceof ProtocolError,
    );
});

test("closed, a crew stops at once and everything that waited fails", async () => {
  const crew = hire(threads, 2);
  const board = new Board(made.setup, crew);
  const work = board.checkBallots(votes);
  crew.close();
  await assert.rejects(work, { name: "AbortError" });
  await assert.rejects(board.checkBallots(votes), { name: "AbortError" });
  await assert.rejects(crew.encrypt({}), { name: "AbortError" });
});

test("after the first wrong ballot the rest is not checked", async () => {
  let checks = 0;
  const open = () => {
    const worker = inProcess();
    return {
      ...worker,
      post(message) {
        if (message.task === "check") checks += 1;
        worker.post(message);
      },
    };
  };
  const board = new Board(made.setup, hire(open, 1));
  const wrong = bytes(`${text(votes[1])} `);
  await assert.rejects(board.checkBallots([votes[0], wrong, ...votes.slice(2)]), {
    fault: Fault.BALLOT_NOT_CANONICAL,
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(checks < votes.length, String(checks));
});

test("of an archive only the ballot is posted, and it has to be the one announced", async () => {
  const posted = [];
  const open = () => {
    const worker = inProcess();
    return {
      ...worker,
      post(message) {
        posted.push(message);
        worker.post(message);
      },
    };
  };
  const crew = hire(open, 1);
  crew.begin(setup);
  const archive = new Uint8Array(100_000 + votes[0].length);
  archive.set(votes[0], 100_000);
  await crew.checkBallot(archive.subarray(100_000), { hash: sha256Hex(votes[0]) });
  assert.equal(posted.at(-1).payload.data.buffer.byteLength, votes[0].length);
  await assert.rejects(crew.checkBallot(votes[1], { hash: sha256Hex(votes[2]) }), /worker failed/);
});

test("a worker that breaks down fails its ballot, another takes its place", async () => {
  let fail;
  const broken = () => ({
    post: () => queueMicrotask(() => fail()),
    listen: (_onMessage, onFailure) => {
      fail = onFailure;
    },
    close() {},
  });
  const makers = [broken, inProcess];
  const crew = hire(() => makers.shift()(), 1);
  crew.begin(setup);
  const hash = sha256Hex(votes[0]);
  await assert.rejects(crew.checkBallot(votes[0], { hash }), /a worker failed/);
  await crew.checkBallot(votes[0], { hash });
  assert.ok((await crew.multiply([{ hash, weight: 1n }])).equals(counted([votes[0]]).tally));
  await assert.rejects(crew.multiply([{ hash: sha256Hex(votes[1]), weight: 1n }]), /not checked/);
});

test("another election is not begun while one is at work", async () => {
  const crew = hire(inProcess, 1);
  crew.begin(setup);
  const work = crew.checkBallot(votes[0], { hash: sha256Hex(votes[0]) });
  assert.throws(() => crew.begin(setup), /another election/);
  await work;
  const other = makeElection({ seed: "other" });
  crew.begin({ election: other.election, credentials: other.roll });
  await assert.rejects(
    crew.checkBallot(votes[0], { hash: sha256Hex(votes[0]) }),
    (error) => error.fault === Fault.BALLOT_OTHER_ELECTION,
  );
});

test("the browser's workers are modules from the URL given, as many as there are cores", async (context) => {
  const opened = [];
  class FakeWorker extends EventTarget {
    posted = [];
    constructor(url, options) {
      super();
      opened.push({ url, options, worker: this });
    }
    postMessage(message) {
      this.posted.push(message);
    }
    terminate() {
      this.terminated = true;
    }
  }
  globalThis.Worker = FakeWorker;
  const cores = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", {
    value: { hardwareConcurrency: 64 },
    configurable: true,
  });
  context.after(() => {
    delete globalThis.Worker;
    if (cores) Object.defineProperty(globalThis, "navigator", cores);
    else delete globalThis.navigator;
  });
  const crew = openCrew("/static/js/ballot.worker.abc.js");
  const work = Promise.allSettled(Array.from({ length: 20 }, () => crew.encrypt({})));
  assert.equal(opened.length, 8);
  assert.deepEqual(opened[0].options, { type: "module" });
  assert.equal(opened[0].url, "/static/js/ballot.worker.abc.js");
  crew.close();
  assert.ok(opened.every(({ worker }) => worker.terminated));
  await work;
  const heard = [];
  const one = browserWorker("u");
  one.listen(
    (message) => heard.push(message),
    () => heard.push("failure"),
  );
  one.post("hello");
  const { worker } = opened.at(-1);
  assert.deepEqual(worker.posted, ["hello"]);
  worker.dispatchEvent(Object.assign(new Event("message"), { data: 1 }));
  worker.dispatchEvent(new Event("error"));
  assert.deepEqual(heard, [1, "failure"]);
});
