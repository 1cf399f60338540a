import { expect, test } from 'vitest';
import { evaluateAnswers } from '../../../src/app/evaluate/evaluate-answers.ts';
import type { QuestionSet } from '../../../src/app/evaluate/question-set.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { refusedOrigin } from '../../servers/fault-server.ts';
import { startOpenaiServer } from '../../servers/openai.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const SET: QuestionSet = {
  name: 'leave',
  questions: [],
  open: [{ id: '1', text: 'Who approves parental leave?', kind: null, gold: 'the head of people' }],
  skipped: [],
  keysOf: () => [],
};

test('answers that no other model and no quotation gave are measured, whatever stands behind the model', async () => {
  const folder = temporaryFolder({ 'leave.md': '# Leave\n\nParental leave is approved by the head of people.\n' });
  const other = await startOpenaiServer();
  const settings = {
    ...defaultSettings,
    ollama: { host: await refusedOrigin() },
    openai: { ...defaultSettings.openai, baseUrl: `${other.origin}/v1` },
    generate: { ...defaultSettings.generate, maxRetries: 0 },
    models: { ...defaultSettings.models, fallbacks: ['openai/small-model', 'none'] },
  };
  const knowledgeBase = await openTemporary({ settings });
  await finish(knowledgeBase.add(folder.path));
  try {
    await expect(evaluateAnswers(knowledgeBase, SET, { model: 'ollama/llama3.2' })).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
    });
    expect(other.requests).toEqual([]);
    const { model } = await evaluateAnswers(knowledgeBase, SET, { model: 'openai/small-model' });
    expect(model).toBe('openai/small-model');
  } finally {
    await other.close();
  }
});
