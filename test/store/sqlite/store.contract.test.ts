import { describeStore } from '../../contract/store.ts';
import { openTemporaryStore } from '../temporary-store.ts';

describeStore({ name: 'sqlite', open: openTemporaryStore });
