// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

/** What clients hear of sends that wait for room. */
class ShortOfRoomWireTest {
    private final Disk disk = new Disk();
    private final Harness broker = new Harness(disk, Harness.SETTINGS);

    private static final class Disk extends StoreDecorator {
        private StoreNotice.Room news;

        Disk() {
            super(new MemoryStore());
        }

        @Override
        public int poll(Listener listener) {
            if (news != null) {
                listener.noticed(news);
                news = null;
            }
            return super.poll(listener);
        }
    }

    private void room(boolean isShort) {
        disk.news = new StoreNotice.Room(isShort, 5, 10);
        broker.turn();
    }

    @Test
    void theWindowBoundsWhatWaits() {
        WireClient client = broker.client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        room(true);
        for (int i = 0; i < 4; i++) {
            client.send(partition, "waits");
        }
        assertFalse(client.hasHeard());

        client.send(partition, "too much");

        client.hear(BrokerFrame.Refuse.class);
        client.hear(BrokerFrame.Refuse.class);
        client.hear(BrokerFrame.Refuse.class);
        client.hear(BrokerFrame.Refuse.class);
        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
    }

    @Test
    void aPingIsAnsweredMeanwhile() {
        WireClient client = broker.client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        room(true);
        client.send(partition, "waits");
        client.say(new ClientFrame.Ping());

        client.hear(BrokerFrame.Pong.class);
    }

    @Test
    void aGoodbyeTellsThatWhatWaitsIsNotSent() {
        WireClient client = broker.client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        room(true);
        client.send(partition, "waits");
        client.say(new ClientFrame.Goodbye());

        assertEquals(ErrorCode.NO_ROOM, client.hear(BrokerFrame.Refuse.class).code());
        client.awaitClosed();
        assertEquals(0, broker.loop.core().overview().depth(DestinationKind.QUEUE, "q"));
    }

    @Test
    void whoBreaksTheProtocolWithASendThatWaitsIsEndedWhenItsTurnComes() {
        WireClient client = broker.client().open();
        WireClient other = broker.client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        room(true);
        byte[] run = WireClient.run(partition, client.welcome().producerId(), 99, "out of order");
        client.say(new ClientFrame.Send(0, run, 0, run.length));
        other.send(partition, "waits");
        assertFalse(client.isClosed());

        room(false);

        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
        assertEquals(new BrokerFrame.Confirm(1, 1), other.hear(BrokerFrame.Confirm.class));
    }
}
