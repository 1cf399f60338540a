// node restore-in-process.mjs <database> <moment>: brings the base back to it.
import { openKnowledgeBase } from '../../../dist/index.js';

const [path, moment] = process.argv.slice(2);
const knowledgeBase = await openKnowledgeBase({ path });
const history = await knowledgeBase.history();
process.send('begun');
await history.restoreBase(history.moment(moment));
process.send('done');
knowledgeBase.close();
process.disconnect();
