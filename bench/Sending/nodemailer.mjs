// Sends with nodemailer's pool for a while. Reads its settings as JSON from standard input, and writes the results as JSON to
// standard output.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { modules, port, secure, user, password, authority, senders, bytes, warmUp, time, connections } = JSON.parse(readFileSync(0, 'utf8'));
const nodemailer = createRequire(modules)('nodemailer');
const transport = nodemailer.createTransport({
  host: 'localhost', port, pool: true, maxConnections: connections,
  secure: false, requireTLS: secure, ignoreTLS: !secure,
  auth: secure ? { user, pass: password } : undefined,
  tls: { ca: [readFileSync(authority)] },
});
const text = bytes < 50000 ? 'Sixty characters of text, which make a line of a usual mail.\r\n'.repeat(Math.ceil(bytes / 62)).slice(0, bytes) : 'The file is attached.';
const file = bytes < 50000 ? null : Buffer.alloc(Math.floor(bytes / 1.37)).map((_, at) => (at * 2654435761) >> 11);
const began = performance.now();
const latencies = [];
let cpu, first, last;
setTimeout(() => { first = performance.now(); cpu = process.cpuUsage(); }, warmUp);
setTimeout(() => { last = performance.now(); cpu = process.cpuUsage(cpu); }, warmUp + time);

async function send() {
  while (performance.now() - began < warmUp + time) {
    const sent = performance.now();
    await transport.sendMail({
      from: { name: 'Acme', address: user }, to: { name: 'Reader', address: 'reader@example.com' }, subject: 'Measured', text,
      attachments: file ? [{ filename: 'measured.bin', content: file }] : [],
    });
    const now = performance.now();
    if (first && !last) latencies.push(now - sent);
  }
}

await Promise.all(Array.from({ length: senders }, send));
while (!last) await new Promise((resolve) => setTimeout(resolve, 10));
transport.close();
latencies.sort((a, b) => a - b);
console.log(JSON.stringify({
  perSecond: latencies.length / ((last - first) / 1000),
  cpu: (cpu.user + cpu.system) / 1000 / latencies.length,
  percentile95: latencies[Math.floor(latencies.length * 0.95)],
}));
