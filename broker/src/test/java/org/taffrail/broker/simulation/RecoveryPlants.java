// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

/** Faults in what a start finds in the store. */
final class RecoveryPlants {
    private RecoveryPlants() {}

    /** Stands between what a store delivers in recovery and who recovers. */
    private abstract static class SpoiledRecovery implements Plant {
        @Override
        public final Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public void recover(RecoveryTarget target) throws StoreException {
                    super.recover(spoil(target));
                }
            };
        }

        abstract Store.RecoveryTarget spoil(Store.RecoveryTarget target);
    }

    /** Passes everything on. */
    private static class Passing implements Store.RecoveryTarget {
        private final Store.RecoveryTarget target;

        Passing(Store.RecoveryTarget target) {
            this.target = target;
        }

        @Override
        public void snapshot(long key, long sequence, byte[] state) {
            target.snapshot(key, sequence, state);
        }

        @Override
        public void batch(long sequence, Batch batch) {
            target.batch(sequence, batch);
        }

        @Override
        public void staging(long stagingId) {
            target.staging(stagingId);
        }
    }

    /** Passes over every seventh batch in recovery. */
    static final class SkippedBatch extends SpoiledRecovery {
        @Override
        Store.RecoveryTarget spoil(Store.RecoveryTarget target) {
            return new Passing(target) {
                @Override
                public void batch(long sequence, Batch batch) {
                    if (sequence % 7 != 0) {
                        super.batch(sequence, batch);
                    }
                }
            };
        }
    }

    /** Says of a snapshot's parts that they hold the next batch too. */
    static final class SnapshotClaimsTooMuch extends SpoiledRecovery {
        @Override
        Store.RecoveryTarget spoil(Store.RecoveryTarget target) {
            return new Passing(target) {
                @Override
                public void snapshot(long key, long sequence, byte[] state) {
                    super.snapshot(key, sequence + 1, state);
                }
            };
        }
    }

    /** Forgets in recovery how long failed messages wait. */
    static final class DelayForgotten extends SpoiledRecovery {
        private static final int TYPE = 4;
        private static final int RELEASED = 6;
        private static final int DUE = 28;

        @Override
        Store.RecoveryTarget spoil(Store.RecoveryTarget target) {
            return new Passing(target) {
                @Override
                public void batch(long sequence, Batch batch) {
                    byte[] events = batch.events().array();
                    int at = 0;
                    while (at < batch.events().length()) {
                        if (events[at + TYPE] == RELEASED) {
                            Bytes.putLong(events, at + DUE, 0);
                        }
                        at += Bytes.getInt(events, at);
                    }
                    super.batch(sequence, batch);
                }
            };
        }
    }

    /** Gives up records that are still needed. */
    static final class NeededDiscarded implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long discard(Needed needed) throws StoreException {
                    return super.discard((partition, first, last) -> false);
                }
            };
        }
    }

    /** Gives up what is needed no longer by a settlement that is not durable yet. */
    static final class LateSettlementsForgotten implements Plant {
        private Loop loop;

        @Override
        public void started(Loop started) {
            loop = started;
        }

        @Override
        public Store store(Store store) {
            loop = null;
            return new StoreDecorator(store) {
                @Override
                public long discard(Needed needed) throws StoreException {
                    if (loop != null) {
                        loop.core().endGivingUp();
                    }
                    return super.discard(needed);
                }
            };
        }
    }

    /** Takes records of earlier starts for new ones in recovery. */
    static final class NonPersistentRecovered extends SpoiledRecovery {
        @Override
        Store.RecoveryTarget spoil(Store.RecoveryTarget target) {
            return new Passing(target) {
                @Override
                public void batch(long sequence, Batch batch) {
                    batch.forEachRun(at -> persist(batch.runs().array(), at));
                    super.batch(sequence, batch);
                }
            };
        }

        private static void persist(byte[] runs, int at) {
            int recordAt = at + RunLayout.HEADER_BYTES;
            for (int i = RunLayout.count(runs, at); i > 0; i--) {
                runs[recordAt + 4] |= 1;
                recordAt += RecordLayout.length(runs, recordAt);
            }
        }
    }

    /** Forgets in recovery who has sent what, and with which sequence. */
    static final class SequencesForgotten extends SpoiledRecovery {
        @Override
        Store.RecoveryTarget spoil(Store.RecoveryTarget target) {
            return new Passing(target) {
                @Override
                public void batch(long sequence, Batch batch) {
                    byte[] runs = batch.runs().array();
                    batch.forEachRun(
                            at -> RunLayout.address(runs, at, RunLayout.partition(runs, at), 0, 0));
                    super.batch(sequence, batch);
                }
            };
        }
    }
}
