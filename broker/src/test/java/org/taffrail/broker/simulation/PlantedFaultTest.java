// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.broker.loop.Audience;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The simulation finds bugs: each of these faults, planted alone, breaks a promise within a bounded
 * number of histories.
 */
class PlantedFaultTest {
    private static final int HISTORIES_MAX = 1_000;

    private static final int EVENT_SETTLED = 5;
    private static final int EVENT_RELEASED = 6;
    private static final int EVENT_EXPOSED = 7;
    private static final int EVENT_TYPE = 4;

    /** The faults. */
    enum Fault {
        EFFECTS_BEFORE_DURABILITY(
                EffectsBeforeDurability::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        BATCH_TORN_IN_TWO(TornBatches::new, Invariant.TRANSACTION_ALL_OR_NOTHING),
        COMPLETIONS_OUT_OF_ORDER(CompletionsOutOfOrder::new, Invariant.NOTHING_STUCK),
        SETTLEMENT_NOT_LOGGED(
                () -> new EventNotLogged(EVENT_SETTLED), Invariant.NO_SETTLED_MESSAGE_RETURNS),
        RELEASE_NOT_LOGGED(
                () -> new EventNotLogged(EVENT_RELEASED), Invariant.REDELIVERED_FLAG_SET),
        EXPOSURE_NOT_LOGGED(
                () -> new EventNotLogged(EVENT_EXPOSED), Invariant.REDELIVERED_FLAG_SET),
        STAGED_TAKEN_FOR_ORDINARY(
                () -> new WithoutSteps(Batch.Stage.class), Invariant.TRANSACTION_ALL_OR_NOTHING),
        STAGED_NEVER_COMMITTED(
                () -> new WithoutSteps(Batch.Commit.class), Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        ABORT_TAKEN_FOR_COMMIT(
                AbortTakenForCommit::new,
                Invariant.TRANSACTION_ALL_OR_NOTHING,
                Invariant.REFUSED_HAS_NO_EFFECT),
        BATCH_SKIPPED_IN_RECOVERY(SkippedBatch::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        SNAPSHOT_CLAIMS_TOO_MUCH(SnapshotClaimsTooMuch::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        NEEDED_RECORDS_DISCARDED(NeededDiscarded::new),
        RUNS_OF_A_BATCH_SWAPPED(SwappedRuns::new, Invariant.ORDER_KEPT_PER_PRODUCER_AND_PRIORITY),
        ACCEPT_TAKEN_FOR_RELEASE(AcceptTakenForRelease::new, Invariant.NO_SETTLED_MESSAGE_RETURNS),
        COMMIT_TAKEN_FOR_ROLLBACK(CommitTakenForRollback::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        RELEASE_TAKEN_FOR_UNSEEN(ReleaseTakenForUnseen::new, Invariant.REDELIVERED_FLAG_SET),
        DRAIN_FORGOTTEN(DrainForgotten::new, Invariant.NOTHING_STUCK),
        DISCONNECT_FORGOTTEN(DisconnectForgotten::new),
        FLAG_FORGOTTEN(FlagForgotten::new, Invariant.REDELIVERED_FLAG_SET),
        DELIVERED_TWICE(DeliveredTwice::new, Invariant.ONE_HOLDER_PER_MESSAGE),
        CONFIRMED_WITHOUT_APPEND(ConfirmedWithoutAppend::new, Invariant.NO_ACKNOWLEDGED_SEND_LOST),
        REFUSED_SEND_APPENDED(RefusedSendTold::new, Invariant.REFUSED_HAS_NO_EFFECT),
        NON_PERSISTENT_RECOVERED(
                NonPersistentRecovered::new, Invariant.NON_PERSISTENT_AT_MOST_ONCE);

        private final Supplier<Plant> plant;
        private final Set<Invariant> breaks;
        private final boolean refused;

        /**
         * Makes a fault that breaks one of these promises; without any the broker itself refuses
         * it.
         */
        Fault(Supplier<Plant> plant, Invariant... breaks) {
            this.plant = plant;
            this.breaks = Set.of(breaks);
            this.refused = breaks.length == 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(Fault fault) {
        Set<Object> others = new HashSet<>();
        for (long seed = 1; seed <= HISTORIES_MAX; seed++) {
            try {
                Simulation.run(seed, fault.plant.get());
            } catch (Violation violation) {
                if (fault.breaks.contains(violation.invariant())) {
                    return;
                }
                others.add(violation.invariant());
            } catch (IllegalStateException | WireException refused) {
                if (fault.refused) {
                    return;
                }
                others.add(refused.getClass());
            }
        }
        fail(fault + " broke only " + others + " in " + HISTORIES_MAX + " histories");
    }

    /** Reports an append as complete before it is durable: a missing force. */
    private static final class EffectsBeforeDurability implements Plant {
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

    private record WithoutCompletions(Store.Listener listener) implements Store.Listener {
        @Override
        public void completed(long sequence, Batch batch) {
            // told before
        }

        @Override
        public void failed(long sequence, StoreException cause) {
            listener.failed(sequence, cause);
        }

        @Override
        public void read(long partition, long fromOffset, List<byte[]> runs) {
            listener.read(partition, fromOffset, runs);
        }
    }

    /** Writes a batch's events and its records as two. */
    private static final class TornBatches implements Plant {
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
    private static final class CompletionsOutOfOrder implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public int poll(Listener listener) {
                    TreeMap<Long, Batch> completed = new TreeMap<>();
                    int reports =
                            super.poll(
                                    new Listener() {
                                        @Override
                                        public void completed(long sequence, Batch batch) {
                                            completed.put(sequence, batch);
                                        }

                                        @Override
                                        public void failed(long sequence, StoreException cause) {
                                            listener.failed(sequence, cause);
                                        }

                                        @Override
                                        public void read(
                                                long partition, long from, List<byte[]> runs) {
                                            listener.read(partition, from, runs);
                                        }
                                    });
                    completed.descendingMap().forEach(listener::completed);
                    return reports;
                }
            };
        }
    }

    /** Leaves one kind of event out of what is written. */
    private record EventNotLogged(int type) implements Plant {
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
    private record WithoutSteps(Class<? extends Batch.Step> kind) implements Plant {
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
    private static final class AbortTakenForCommit implements Plant {
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

    /** Passes over every seventh batch in recovery. */
    private static final class SkippedBatch implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public void recover(RecoveryTarget target) throws StoreException {
                    super.recover(
                            new RecoveryTarget() {
                                @Override
                                public void snapshot(long key, long sequence, byte[] state) {
                                    target.snapshot(key, sequence, state);
                                }

                                @Override
                                public void batch(long sequence, Batch batch) {
                                    if (sequence % 7 != 0) {
                                        target.batch(sequence, batch);
                                    }
                                }

                                @Override
                                public void staging(long stagingId) {
                                    target.staging(stagingId);
                                }
                            });
                }
            };
        }
    }

    /** Says of a snapshot's parts that they hold the next batch too. */
    private static final class SnapshotClaimsTooMuch implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public void recover(RecoveryTarget target) throws StoreException {
                    super.recover(
                            new RecoveryTarget() {
                                @Override
                                public void snapshot(long key, long sequence, byte[] state) {
                                    target.snapshot(key, sequence + 1, state);
                                }

                                @Override
                                public void batch(long sequence, Batch batch) {
                                    target.batch(sequence, batch);
                                }

                                @Override
                                public void staging(long stagingId) {
                                    target.staging(stagingId);
                                }
                            });
                }
            };
        }
    }

    /** Gives up records that are still needed. */
    private static final class NeededDiscarded implements Plant {
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

    /** Writes the runs of a batch backwards. */
    private static final class SwappedRuns implements Plant {
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

    private static ClientFrame withVerb(ClientFrame.Settle frame, Verb verb) {
        return new ClientFrame.Settle(
                frame.requestId(),
                frame.transactionId(),
                frame.consumerId(),
                verb,
                frame.partition(),
                frame.ranges());
    }

    /** Puts an accepted message back. */
    private static final class AcceptTakenForRelease implements Plant {
        private int accepts;

        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Settle settle
                    && settle.verb() == Verb.ACCEPT
                    && settle.transactionId() == 0
                    && ++accepts % 5 == 0) {
                return withVerb(settle, Verb.RELEASE_SEEN);
            }
            return frame;
        }
    }

    /** Rolls back and says that it has committed. */
    private static final class CommitTakenForRollback implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Commit commit) {
                return new ClientFrame.Rollback(commit.requestId(), commit.transactionId());
            }
            return frame;
        }
    }

    /** Forgets that a released message may have been seen. */
    private static final class ReleaseTakenForUnseen implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Settle settle && settle.verb() == Verb.RELEASE_SEEN) {
                return withVerb(settle, Verb.RELEASE_UNSEEN);
            }
            return frame;
        }
    }

    /** Takes a drain for credit. */
    private static final class DrainForgotten implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Credit credit) {
                return new ClientFrame.Credit(
                        credit.consumerId(), credit.messages(), credit.bytes(), false, 0);
            }
            return frame;
        }
    }

    /** Does not hear that a connection has ended. */
    private static final class DisconnectForgotten implements Plant {
        @Override
        public boolean hearsDisconnect() {
            return false;
        }
    }

    private static BrokerFrame.Deliver deliver(
            BrokerFrame.Deliver frame, int count, boolean redelivered) {
        return new BrokerFrame.Deliver(
                frame.consumerId(),
                frame.partition(),
                frame.offset(),
                count,
                redelivered,
                frame.array(),
                frame.at(),
                frame.length());
    }

    /** Says of each delivery that it is the first. */
    private static final class FlagForgotten implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new Listening(audience) {
                @Override
                public void tell(long connection, BrokerFrame frame) {
                    if (frame instanceof BrokerFrame.Deliver deliver) {
                        super.tell(connection, deliver(deliver, 1, false));
                    } else {
                        super.tell(connection, frame);
                    }
                }
            };
        }
    }

    /** Says every twentieth delivery twice. */
    private static final class DeliveredTwice implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new Listening(audience) {
                private int deliveries;

                @Override
                public void tell(long connection, BrokerFrame frame) {
                    super.tell(connection, frame);
                    if (frame instanceof BrokerFrame.Deliver && ++deliveries % 20 == 0) {
                        super.tell(connection, frame);
                    }
                }
            };
        }
    }

    /** Confirms runs that it never appends. */
    private static final class ConfirmedWithoutAppend implements Plant {
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

    /** Says of some sends that they are refused, which are not. */
    private static final class RefusedSendTold implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new Listening(audience) {
                private int confirms;

                @Override
                public void tell(long connection, BrokerFrame frame) {
                    if (frame instanceof BrokerFrame.Confirm confirm && ++confirms % 20 == 0) {
                        super.tell(
                                connection,
                                new BrokerFrame.Refuse(
                                        confirm.first(), confirm.last(), ErrorCode.NO_ROOM, ""));
                    } else {
                        super.tell(connection, frame);
                    }
                }
            };
        }
    }

    /** Takes records of earlier starts for new ones in recovery. */
    private static final class NonPersistentRecovered implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public void recover(RecoveryTarget target) throws StoreException {
                    super.recover(
                            new RecoveryTarget() {
                                @Override
                                public void snapshot(long key, long sequence, byte[] state) {
                                    target.snapshot(key, sequence, state);
                                }

                                @Override
                                public void batch(long sequence, Batch batch) {
                                    batch.forEachRun(at -> persist(batch.runs().array(), at));
                                    target.batch(sequence, batch);
                                }

                                @Override
                                public void staging(long stagingId) {
                                    target.staging(stagingId);
                                }
                            });
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

    /** An audience that passes everything on. */
    private static class Listening implements Audience {
        private final Audience audience;

        Listening(Audience audience) {
            this.audience = audience;
        }

        @Override
        public void tell(long connection, BrokerFrame frame) {
            audience.tell(connection, frame);
        }

        @Override
        public void ended(long connection) {
            audience.ended(connection);
        }
    }
}
