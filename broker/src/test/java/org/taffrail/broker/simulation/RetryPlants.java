// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Faults in what brings messages back: retries of dead letters, and replays to queues. */
final class RetryPlants {
    private RetryPlants() {}

    private static boolean asksFor(ClientFrame frame, ManageOperation operation) {
        return frame instanceof ClientFrame.Manage manage
                && manage.operation() == operation.number();
    }

    private static Fields.Builder selection(ClientFrame.Manage manage) {
        return new Fields.Builder()
                .put("kind", manage.fields().text("kind"))
                .put("name", manage.fields().text("name"));
    }

    /** Retries to another queue than the one where a message died. */
    static final class RetriedElsewhere implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (!asksFor(frame, ManageOperation.RETRY)) {
                return frame;
            }
            ClientFrame.Manage manage = (ClientFrame.Manage) frame;
            Fields elsewhere = selection(manage).put("to", "q1").build();
            return new ClientFrame.Manage(manage.requestId(), manage.operation(), elsewhere);
        }
    }

    /** Retries one message where all are meant, and says that it is done. */
    static final class RetryForgetsSome implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (!asksFor(frame, ManageOperation.RETRY)) {
                return frame;
            }
            ClientFrame.Manage manage = (ClientFrame.Manage) frame;
            Fields one = selection(manage).put("messages", 1).build();
            return new ClientFrame.Manage(manage.requestId(), manage.operation(), one);
        }
    }

    /** Does not log that a dead letter has left: it is there, and where it died, after a crash. */
    static final class RetriedNotSettled implements Plant {
        private static final int DESTINATION_AT = 8;

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
                public long append(Batch batch) throws StoreException {
                    ByteSink moved = new ByteSink(64);
                    ByteSink left = new ByteSink(64);
                    ManagerPlants.divide(batch, ManagerPlants.MOVED, moved, left);
                    Set<Long> dead = loop == null ? Set.of() : deadLetterQueues();
                    int at = 0;
                    while (at < moved.length()) {
                        int length = Bytes.getInt(moved.array(), at);
                        if (!dead.contains(Bytes.getLong(moved.array(), at + DESTINATION_AT))) {
                            left.putBytes(moved.array(), at, length);
                        }
                        at += length;
                    }
                    return super.append(ManagerPlants.with(left, batch));
                }
            };
        }

        private Set<Long> deadLetterQueues() {
            return loop
                    .core()
                    .overview()
                    .destinations(DestinationKind.QUEUE, null, null, 100)
                    .rows()
                    .stream()
                    .filter(each -> each.name().startsWith("DLQ."))
                    .map(each -> each.id())
                    .collect(Collectors.toSet());
        }
    }

    /** Appends what is replayed twice. */
    static final class ReplayedTwice implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    if (!batch.steps().isEmpty()) {
                        return super.append(batch);
                    }
                    byte[] runs = batch.runs().toByteArray();
                    List<Integer> copies = new ArrayList<>();
                    batch.forEachRun(copies::add);
                    copies.removeIf(at -> !isReplayed(runs, at));
                    copies.forEach(
                            at -> batch.runs().putBytes(runs, at, RunLayout.length(runs, at)));
                    return super.append(batch);
                }
            };
        }

        /** Nobody else copies what has not died while nothing is settled as moved. */
        private static boolean isReplayed(byte[] runs, int at) {
            RecordView record = new RecordView().wrap(runs, at + RunLayout.HEADER_BYTES);
            return record.copy() && !record.properties().containsKey("JMS_TAFFRAIL_DEATH_REASON");
        }
    }
}
