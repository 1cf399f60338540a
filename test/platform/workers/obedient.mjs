// Does what each request says, one after another, and answers with what it was given.
let line = Promise.resolve();

process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, request }) => {
  line = line.then(async () => {
    await acts[request.do]?.(request);
    process.send({ id, reply: { value: request.value, pid: process.pid, environment: Object.keys(process.env) } });
  });
});

const acts = {
  async wait({ milliseconds }) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  },
  hang() {
    for (;;) Math.random();
  },
  async never() {
    await new Promise(() => {});
  },
  exit({ code }) {
    process.exit(code);
  },
  throw() {
    queueMicrotask(() => {
      throw new Error('outside of every catch');
    });
    return new Promise(() => {});
  },
  heap() {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 1000 }, (_, i) => ({ i })));
  },
  async resident({ bytes }) {
    const kept = [];
    for (let at = 0; at < bytes; at += 2 ** 24) {
      kept.push(Buffer.alloc(2 ** 24, 1));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return kept.length;
  },
  answerForAnother() {
    process.send({ id: 999_999, reply: 'not asked for' });
  },
  killSelf({ signal = 'SIGSEGV' }) {
    process.kill(process.pid, signal);
    return new Promise(() => {});
  },
};

process.send('ready');
