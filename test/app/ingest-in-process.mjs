// node ingest-in-process.mjs <URL of dist/index.js> <database> <folder>: ingests the folder and sends the counts.
const [library, path, folder] = process.argv.slice(2);
const { openKnowledgeBase } = await import(library);
const knowledgeBase = await openKnowledgeBase({ path });
let counts;
for await (const event of knowledgeBase.add(folder)) if (event.type === 'ingest-end') counts = event.report.counts;
knowledgeBase.close();
process.send({ added: counts.added, failed: counts.failed });
process.disconnect();
