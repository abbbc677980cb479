import { plusMs } from '../../../platform/process/clock.js';
import type { Answer, TestSubgraph } from '../../../tests/harness/subgraph.js';
import { until } from '../../../platform/jobs/jobs.fixture.js';
