import type { EventLogStatistics } from '@taskwire/event-log';
import { Router } from 'express';
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { CallStatistics } from '../../calls/call-limits.ts';
import type { StreamStatistics } from '../../streams/statistics.ts';
import type { FleetMonitor } from './fleet-figures.ts';

/** Sources of the figures. */
export interface MetricsSources {
  streams: StreamStatistics;
  calls: CallStatistics;
  eventLog: EventLogStatistics;
  fleet: Pick<FleetMonitor, 'figures'>;
}

/** A metric's name and help, and a function that reads its values by label. */
interface Reading {
  name: string;
  help: string;
  label?: string;
  values: () => Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>;
}

/** `GET /metrics`: the process and its streams, for Prometheus. Counts only: no user, task or project is named. */
export function metrics(sources: MetricsSources): Router {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const reading of gaugesOf(sources)) addGauge(registry, reading);
  for (const reading of countersOf(sources)) addCounter(registry, reading);
  const router = Router();
  router.get('/metrics', async (_request, response) => {
    response.set({ 'Cache-Control': 'no-store', 'Content-Type': registry.contentType }).end(await registry.metrics());
  });
  return router;
}

function gaugesOf({ streams, calls, eventLog, fleet }: MetricsSources): Reading[] {
  return [
    ...fleetGauges(fleet),
    {
      name: 'taskwire_stream_watchers',
      help: 'Event streams that are open',
      label: 'transport',
      values: () => streams.watchers,
    },
    {
      name: 'taskwire_stream_lagging',
      help: 'Event streams whose client takes less than there is for it',
      values: () => ({ '': streams.lagging }),
    },
    {
      name: 'taskwire_stream_waiting_bytes',
      help: 'Bytes that wait in this process for the clients of event streams',
      values: () => ({ '': streams.waitingBytes }),
    },
    {
      name: 'taskwire_stream_broadcasts',
      help: 'Broadcasts: topics with open streams, each in one encoding',
      values: () => ({ '': streams.broadcasts }),
    },
    {
      name: 'taskwire_calls_in_flight',
      help: 'Calls over tRPC that have not ended, each call of a batch counted',
      values: () => ({ '': calls.inFlight }),
    },
    {
      name: 'taskwire_calls_waiting',
      help: 'Uses of the database that wait for their user’s turn',
      values: () => ({ '': calls.waiting }),
    },
    {
      name: 'taskwire_log_watched',
      help: 'Logs that are being followed, those included that were a moment ago',
      label: 'log',
      values: () => ({ task: eventLog.watchedTasks, topic: eventLog.watchedTopics }),
    },
  ];
}

/** Not known while PostgreSQL or Redis does not answer. */
function fleetGauges(fleet: MetricsSources['fleet']): Reading[] {
  return [
    {
      name: 'taskwire_workers',
      help: 'Worker processes whose heartbeats arrive',
      values: async () => {
        const figures = await fleet.figures();
        return { '': figures?.workers ?? Number.NaN };
      },
    },
    {
      name: 'taskwire_tasks_waiting_for_kind',
      help: 'Unfinished tasks of a kind that no living worker knows',
      label: 'kind',
      values: async () => (await fleet.figures())?.waiting ?? {},
    },
  ];
}

function countersOf({ streams, calls, eventLog }: MetricsSources): Reading[] {
  return [
    {
      name: 'taskwire_stream_deliveries_total',
      help: 'Messages written to streams, once for each of them',
      values: () => ({ '': streams.deliveries }),
    },
    {
      name: 'taskwire_stream_bytes_total',
      help: 'Bytes of the messages written to streams',
      values: () => ({ '': streams.bytes }),
    },
    {
      name: 'taskwire_stream_encodings_total',
      help: 'Messages encoded, once for all streams of a broadcast',
      values: () => ({ '': streams.encodings }),
    },
    {
      name: 'taskwire_stream_refused_total',
      help: 'Streams refused because the user, or the process, had too many, or the user too many filters',
      label: 'reason',
      values: () => streams.refused,
    },
    {
      name: 'taskwire_stream_cut_total',
      help: 'Streams cut off because the client took nothing, or ended because they had lasted long enough',
      label: 'reason',
      values: () => streams.cut,
    },
    {
      name: 'taskwire_calls_refused_total',
      help: 'Requests over tRPC refused because the user, or the process, had too many calls in flight, or batches without a user',
      label: 'reason',
      values: () => calls.refused,
    },
    {
      name: 'taskwire_log_reads_total',
      help: 'Reads of logs in Redis',
      label: 'log',
      values: () => eventLog.logReads,
    },
  ];
}

function addGauge(registry: Registry, { name, help, label, values }: Reading): void {
  new Gauge({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    async collect() {
      const counts = Object.entries(await values());
      this.reset();
      for (const [value, count] of counts) this.set(labels(label, value), count);
    },
  });
}

function addCounter(registry: Registry, { name, help, label, values }: Reading): void {
  new Counter({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    async collect() {
      const counts = Object.entries(await values());
      // The source counts from the process's beginning; this is only its form.
      this.reset();
      for (const [value, count] of counts) this.inc(labels(label, value), count);
    },
  });
}

function labels(label: string | undefined, value: string): Record<string, string> {
  return label === undefined ? {} : { [label]: value };
}
