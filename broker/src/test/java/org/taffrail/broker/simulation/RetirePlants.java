// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.SnapshotSpoiler;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.EntryForger;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Faults in what is kept of old records, in snapshots and in what entries say of each other. */
final class RetirePlants {
    private RetirePlants() {}

    /** Drops some of the records that are needed when a segment retires. */
    static final class NeededNotMoved implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long discard(Needed needed) throws StoreException {
                    return super.discard(new Forgetful(needed));
                }
            };
        }

        private record Forgetful(Store.Needed needed) implements Store.Needed {
            @Override
            public boolean any(long partition, long first, long last) {
                return needed.any(partition, first, last);
            }

            @Override
            public Store.Wanted wanted(long partition, long from, long to) {
                Store.Wanted wanted = needed.wanted(partition, from, to);
                return new Store.Wanted() {
                    @Override
                    public boolean any(long first, long last) {
                        return first % 3 != 0 && wanted.any(first, last);
                    }

                    @Override
                    public long records() {
                        return wanted.records();
                    }
                };
            }
        }
    }

    /** Hands out some of what is read with offsets that are too high by one. */
    static final class OffsetReadWrong implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                private int reads;

                @Override
                public int poll(Listener listener) {
                    return super.poll(
                            new StorePlants.Listening(listener) {
                                @Override
                                public void read(long partition, long from, List<byte[]> runs) {
                                    if (++reads % 3 == 0) {
                                        runs.forEach(OffsetReadWrong::shift);
                                    }
                                    super.read(partition, from, runs);
                                }
                            });
                }
            };
        }

        private static void shift(byte[] run) {
            RunLayout.stamp(
                    run,
                    0,
                    RunLayout.partition(run, 0),
                    RunLayout.offset(run, 0) + 1,
                    RunLayout.appendTimeMs(run, 0),
                    RunLayout.incarnation(run, 0));
        }
    }

    /** Loses, in snapshots, some of the messages that wait between settled ones. */
    static final class HolesLost implements Plant {
        private Limits limits;

        @Override
        public Limits limits(Limits configured) {
            limits = configured;
            return configured;
        }

        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public SnapshotWriter startSnapshot() throws StoreException {
                    return new WithoutHoles(super.startSnapshot(), limits);
                }
            };
        }

        private record WithoutHoles(Store.SnapshotWriter writer, Limits limits)
                implements Store.SnapshotWriter {
            @Override
            public void put(long key, long sequence, byte[] state, int at, int length)
                    throws StoreException {
                byte[] part = Arrays.copyOfRange(state, at, at + length);
                byte[] spoilt = SnapshotSpoiler.withoutHoles(limits, key, sequence, part);
                writer.put(key, sequence, spoilt, 0, spoilt.length);
            }

            @Override
            public void publish(long upTo) throws StoreException {
                writer.publish(upTo);
            }

            @Override
            public void abandon() {
                writer.abandon();
            }
        }
    }

    /** Writes down each release twice, and counts it twice. */
    static final class ReleasedTwice implements Plant {
        private static final int TYPE = 4;
        private static final int RELEASED = 6;
        private static final int COUNT = 24;

        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    ByteSink twice = new ByteSink(64);
                    byte[] array = batch.events().array();
                    int at = 0;
                    while (at < batch.events().length()) {
                        int length = Bytes.getInt(array, at);
                        twice.putBytes(array, at, length);
                        if (array[at + TYPE] == RELEASED) {
                            int again = twice.length();
                            twice.putBytes(array, at, length);
                            int count = Bytes.getInt(array, at + COUNT);
                            Bytes.putInt(twice.array(), again + COUNT, count + 1);
                        }
                        at += length;
                    }
                    Batch rest = new Batch(twice, batch.runs(), batch.relaxed(), batch.timeMs());
                    rest.steps(batch.steps());
                    return super.append(rest);
                }
            };
        }
    }

    /** Frees what is staged before it is committed. */
    static final class StagedFreedEarly implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    List<Batch.Step> aborts = new ArrayList<>();
                    for (Batch.Step step : batch.steps()) {
                        if (step instanceof Batch.Commit) {
                            aborts.add(new Batch.Abort(step.stagingId(), 0));
                        }
                    }
                    if (!aborts.isEmpty()) {
                        Batch early = new Batch(false, batch.timeMs());
                        early.steps(aborts);
                        super.append(early);
                    }
                    return super.append(batch);
                }
            };
        }
    }

    /** Goes on as if nothing were when an append has failed. */
    static final class FailureUnheard implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public int poll(Listener listener) {
                    return super.poll(
                            new StorePlants.Listening(listener) {
                                @Override
                                public void failed(long sequence, StoreException cause) {
                                    // nobody hears of it
                                }
                            });
                }
            };
        }
    }

    /** Says something else to be known as durable than what is. */
    record DurableForged(LongUnaryOperator durableOf) implements Plant {
        @Override
        public Folder folder(Folder folder) {
            return new EntryForger(folder, durableOf);
        }
    }
}
