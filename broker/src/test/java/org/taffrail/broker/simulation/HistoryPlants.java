// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Overview;
import org.taffrail.broker.core.policy.PolicySettings;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.Arrays;

/** Faults in what destinations keep though nobody needs it. */
final class HistoryPlants {
    private HistoryPlants() {}

    private static PolicySettings retention(Long ms, Long bytes, Boolean dropsUnsettled) {
        return new PolicySettings(
                null, null, null, null, null, null, null, ms, bytes, dropsUnsettled);
    }

    /** Keeps nothing beyond need. */
    static final class RetentionIgnored implements Plant {
        @Override
        public Limits limits(Limits limits) {
            return PolicyPlants.with(limits, retention(0L, 0L, null));
        }
    }

    /** Keeps all for ever. */
    static final class RetentionEndless implements Plant {
        @Override
        public Limits limits(Limits limits) {
            return PolicyPlants.with(limits, retention(0L, 1L << 40, null));
        }
    }

    /** Ends what durable subscriptions have not consumed too, which nobody has asked for. */
    static final class UnsettledDropped implements Plant {
        @Override
        public Limits limits(Limits limits) {
            return PolicyPlants.with(limits, retention(null, null, true));
        }
    }

    /** Lets the store give up what only a retention keeps. */
    static final class KeptDiscarded implements Plant {
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
                    return super.discard(
                            (partition, first, last) ->
                                    needed.any(partition, first, last)
                                            && (loop == null || isForGroup(partition, last)));
                }
            };
        }

        private boolean isForGroup(long partition, long last) {
            Overview overview = loop.core().overview();
            return Arrays.stream(DestinationKind.values())
                    .flatMap(kind -> overview.destinations(kind, null, null, 100).rows().stream())
                    .filter(each -> each.id() == partition)
                    .anyMatch(each -> last >= each.firstNeeded());
        }
    }

    /** Leaves out of snapshots when records were appended. */
    static final class MarksLostInASnapshot implements Plant {
        private static final int MARK_BYTES = 32;
        private static final int BEFORE_MARKS_BYTES = 36;

        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public SnapshotWriter startSnapshot() throws StoreException {
                    SnapshotWriter writer = super.startSnapshot();
                    return new SnapshotWriter() {
                        @Override
                        public void put(long key, long sequence, byte[] state, int at, int length)
                                throws StoreException {
                            int left = key == 0 ? length : withoutMarks(state, at, length);
                            writer.put(key, sequence, state, at, left);
                        }

                        @Override
                        public void publish(long upTo) throws StoreException {
                            writer.publish(upTo);
                        }

                        @Override
                        public void abandon() {
                            writer.abandon();
                        }
                    };
                }
            };
        }

        /**
         * Marks end a part: what tells that there are some is changed to tell that there are none.
         */
        private static int withoutMarks(byte[] state, int at, int length) {
            int end = at + length;
            for (int marks = 0; ; marks++) {
                int countAt = end - marks * MARK_BYTES - 4;
                int flagAt = countAt + 4 - BEFORE_MARKS_BYTES - 1;
                if (flagAt < at) {
                    return length;
                }
                if (Bytes.getInt(state, countAt) == marks && state[flagAt] == 1) {
                    state[flagAt] = 0;
                    return flagAt + 1 - at;
                }
            }
        }
    }

    /** Begins behind the message from which on somebody wants to read. */
    static final class BeginsTooLate implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            boolean fromOffset =
                    frame instanceof ClientFrame.Attach attach
                            && attach.start() != null
                            && attach.start().matches("[0-9]+");
            if (!fromOffset) {
                return frame;
            }
            ClientFrame.Attach attach = (ClientFrame.Attach) frame;
            return new ClientFrame.Attach(
                    attach.requestId(),
                    attach.consumerId(),
                    attach.source(),
                    attach.kind(),
                    attach.destination(),
                    attach.subscription(),
                    attach.selector(),
                    attach.noLocal(),
                    Long.toString(Long.parseLong(attach.start()) + 1));
        }
    }
}
