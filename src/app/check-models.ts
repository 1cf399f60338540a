import { isNoModel } from '../config/model-name.ts';
import { createGenerator, providerAddress } from '../generate/registry.ts';
import { isRagError, messageOf } from '../platform/errors.ts';
import type { AppContext } from './app-context.ts';
import { fullNameOf, generatorSettings } from './generator-settings.ts';
import { withoutPrice } from './ledger/budget-error.ts';
import { budgetsOf } from './ledger/budgets.ts';
import { modelPrice } from './ledger/meter-of.ts';
import type { DoctorCheck } from './types.ts';

/** Whether the models that write have what asking them needs, such as a key. Nobody is asked: that may cost money. */
export function checkModels({ settings, runtime }: Pick<AppContext, 'settings' | 'runtime'>): DoctorCheck {
  const name = 'models that write';
  const wanted = [settings.model ?? 'none', ...settings.models.fallbacks].filter((each) => !isNoModel(each));
  if (wanted.length === 0) {
    return { name, status: 'ok', message: 'None is set (model); answers are quoted from the documents.' };
  }
  try {
    const access = generatorSettings(settings, runtime);
    const places = wanted.map((each) => {
      const full = fullNameOf(each, settings);
      createGenerator(full, access).check?.();
      const address = providerAddress(full, access);
      return `${full} (${address === null ? 'this machine' : new URL(address).host})`;
    });
    const [budget] = budgetsOf(settings, runtime.clock.now());
    const unpriced = wanted.map((each) => fullNameOf(each, settings)).find((full) => !modelPrice(full, settings));
    if (budget && unpriced !== undefined) {
      const { message, hint } = withoutPrice(unpriced, budget);
      return { name, status: 'warning', message, hint };
    }
    return { name, status: 'ok', message: `${places.join(', ')}; \`rag models test\` asks one.` };
  } catch (error) {
    return { name, status: 'failed', message: messageOf(error), hint: isRagError(error) ? error.hint : undefined };
  }
}
