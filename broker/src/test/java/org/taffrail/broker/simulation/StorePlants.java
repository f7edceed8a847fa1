// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Faults between the loop and the store while the broker runs. */
final class StorePlants {
    /** Where an event's type stands in it. */
    private static final int EVENT_TYPE = 4;

    private StorePlants() {}

    /** Never forces what nobody waited for when it was appended. */
    static final class NeverHurried implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public void hurry(long sequence) {
                    // whoever waits by now waits for ever
                }
            };
        }
    }

    /**
     * Says that all is said: memory in which something stands that still is to be is used again.
     */
    static final class SaidTooEarly implements Plant {
        private Loop loop;

        @Override
        public void started(Loop newLoop) {
            loop = newLoop;
        }

        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    if (loop != null) {
                        loop.core().said(Long.MAX_VALUE);
                    }
                    return super.append(batch);
                }
            };
        }
    }

    /** Reports an append as complete before it is durable: a missing force. */
    static final class EffectsBeforeDurability implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                private final Map<Long, Batch> early = new TreeMap<>();

                @Override
                public long append(Batch batch) throws StoreException {
                    long sequence = super.append(batch);
                    early.put(sequence, batch);
                    return sequence;
                }

                @Override
                public int poll(Listener listener) {
                    int reports = early.size();
                    early.forEach(listener::completed);
                    early.clear();
                    return reports + super.poll(new WithoutCompletions(listener));
                }
            };
        }
    }

    /** Passes everything on; a plant overrides what it spoils. */
    static class Listening implements Store.Listener {
        private final Store.Listener listener;

        Listening(Store.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void completed(long sequence, Batch batch) {
            listener.completed(sequence, batch);
        }

        @Override
        public void failed(long sequence, StoreException cause) {
            listener.failed(sequence, cause);
        }

        @Override
        public void read(long partition, long fromOffset, List<byte[]> runs) {
            listener.read(partition, fromOffset, runs);
        }

        @Override
        public void readFailed(long partition, long fromOffset, StoreException cause) {
            listener.readFailed(partition, fromOffset, cause);
        }

        @Override
        public void noticed(StoreNotice notice) {
            listener.noticed(notice);
        }
    }

    private static final class WithoutCompletions extends Listening {
        WithoutCompletions(Store.Listener listener) {
            super(listener);
        }

        @Override
        public void completed(long sequence, Batch batch) {
            // told before
        }
    }

    /** Writes a batch's events and its records as two. */
    static final class TornBatches implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    if (batch.events().length() == 0 || batch.runs().length() == 0) {
                        return super.append(batch);
                    }
                    ByteSink none = new ByteSink(0);
                    super.append(new Batch(batch.events(), none, false, batch.timeMs()));
                    Batch rest = new Batch(none, batch.runs(), false, batch.timeMs());
                    rest.steps(batch.steps());
                    return super.append(rest);
                }
            };
        }
    }

    /** Reports the completions of one poll backwards. */
    static final class CompletionsOutOfOrder implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public int poll(Listener listener) {
                    TreeMap<Long, Batch> completed = new TreeMap<>();
                    int reports =
                            super.poll(
                                    new Listening(listener) {
                                        @Override
                                        public void completed(long sequence, Batch batch) {
                                            completed.put(sequence, batch);
                                        }
                                    });
                    completed.descendingMap().forEach(listener::completed);
                    return reports;
                }
            };
        }
    }

    /** Leaves one kind of event out of what is written. */
    record EventNotLogged(int type) implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    ByteSink left = new ByteSink(64);
                    byte[] array = batch.events().array();
                    int at = 0;
                    while (at < batch.events().length()) {
                        int length = Bytes.getInt(array, at);
                        if (array[at + EVENT_TYPE] != type) {
                            left.putBytes(array, at, length);
                        }
                        at += length;
                    }
                    Batch rest = new Batch(left, batch.runs(), batch.relaxed(), batch.timeMs());
                    rest.steps(batch.steps());
                    return super.append(rest);
                }
            };
        }
    }

    /** Leaves one kind of step out of what is written. */
    record WithoutSteps(Class<? extends Batch.Step> kind) implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    batch.steps(batch.steps().stream().filter(s -> !kind.isInstance(s)).toList());
                    return super.append(batch);
                }
            };
        }
    }

    /** Commits what should be given up. */
    static final class AbortTakenForCommit implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    List<Batch.Step> steps = new ArrayList<>();
                    for (Batch.Step step : batch.steps()) {
                        steps.add(
                                step instanceof Batch.Abort
                                        ? new Batch.Commit(step.stagingId(), step.at())
                                        : step);
                    }
                    batch.steps(steps);
                    return super.append(batch);
                }
            };
        }
    }

    /** Writes the runs of a batch backwards. */
    static final class SwappedRuns implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    if (!batch.steps().isEmpty()) {
                        return super.append(batch);
                    }
                    List<Integer> starts = new ArrayList<>();
                    batch.forEachRun(starts::add);
                    byte[] runs = batch.runs().toByteArray();
                    batch.runs().clear();
                    for (int i = starts.size() - 1; i >= 0; i--) {
                        int at = starts.get(i);
                        batch.runs().putBytes(runs, at, RunLayout.length(runs, at));
                    }
                    return super.append(batch);
                }
            };
        }
    }

    /** Settles what has expired without a copy in the expiry queue. */
    static final class ExpiredNotKept implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    if (!batch.steps().isEmpty()) {
                        return super.append(batch);
                    }
                    byte[] runs = batch.runs().toByteArray();
                    List<Integer> kept = new ArrayList<>();
                    batch.forEachRun(kept::add);
                    kept.removeIf(at -> isExpired(runs, at));
                    batch.runs().clear();
                    kept.forEach(at -> batch.runs().putBytes(runs, at, RunLayout.length(runs, at)));
                    return super.append(batch);
                }
            };
        }

        private static boolean isExpired(byte[] runs, int at) {
            RecordView record = new RecordView().wrap(runs, at + RunLayout.HEADER_BYTES);
            return "expired".equals(record.properties().get("JMS_TAFFRAIL_DEATH_REASON"));
        }
    }

    /** Confirms runs that it never appends. */
    static final class ConfirmedWithoutAppend implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                private int appends;

                @Override
                public long append(Batch batch) throws StoreException {
                    if (++appends % 10 == 0) {
                        batch.runs().clear();
                        batch.steps(List.of());
                    }
                    return super.append(batch);
                }
            };
        }
    }
}
