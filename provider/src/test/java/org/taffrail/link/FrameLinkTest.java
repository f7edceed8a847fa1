// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertCode;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The contract in memory, and what needs a clock that the test moves. */
class FrameLinkTest {
    private abstract static class InMemory extends FrameLinkContract {
        final List<MemoryWire> wires = new ArrayList<>();
        private final int pieceBytes;

        InMemory(int pieceBytes) {
            this.pieceBytes = pieceBytes;
        }

        @Override
        Link makeLink(ConnectionOptions options) {
            MemoryWire wire = new MemoryWire(broker, pieceBytes);
            wires.add(wire);
            return new FrameLink(
                    wire, options, true, losses::add, Continuity.single(), wire::nowNs);
        }

        @Override
        void dispose() {
            wires.forEach(MemoryWire::close);
        }
    }

    @Nested
    class FramesComeWhole extends InMemory {
        FramesComeWhole() {
            super(1 << 20);
        }
    }

    @Nested
    class FramesComeByteByByte extends InMemory {
        FramesComeByteByByte() {
            super(1);
        }
    }

    @Nested
    class FramesComeInPieces extends InMemory {
        FramesComeInPieces() {
            super(13);
        }
    }

    @Nested
    class AsTimePasses extends InMemory {
        private static final int OWN_MS = 4000;

        private MemoryWire wire;

        AsTimePasses() {
            super(1 << 20);
        }

        private CompletableFuture<Link.Peer> open(int brokerMs) throws Exception {
            link =
                    makeLink(
                            ConnectionOptions.defaults()
                                    .with(ConnectionOptions.HEARTBEAT_MS, OWN_MS)
                                    .with(ConnectionOptions.CONNECT_TIMEOUT_MS, 1000));
            wire = wires.get(wires.size() - 1);
            CompletableFuture<Link.Peer> opened = link.open();
            assertEquals(OWN_MS, broker.expectHello().heartbeatMs());
            wire.onLinkThread(() -> {});
            if (brokerMs >= 0) {
                broker.sendPreamble();
                broker.tell(ScriptedBroker.welcomeFrame(brokerMs));
            }
            return opened;
        }

        @Test
        void idleLinkAsksForASignOfLife() throws Exception {
            get(open(0));
            for (int i = 0; i < 20; i++) {
                wire.advance(OWN_MS / 4);
                broker.expect(ClientFrame.Ping.class);
                broker.tell(new BrokerFrame.Pong());
                wire.onLinkThread(() -> {});
            }

            assertTrue(losses.isEmpty());
        }

        @Test
        void busyLinkDoesNot() throws Exception {
            get(open(0));
            for (int i = 0; i < 20; i++) {
                wire.advance(OWN_MS / 8);
                CompletableFuture<Void> answer = link.commit(1);
                int id = broker.expect(ClientFrame.Commit.class).requestId();
                broker.tell(new BrokerFrame.Done(id));
                get(answer);
            }

            assertTrue(broker.silent());
        }

        @Test
        void theShorterOfBothLimitsSetsThePace() throws Exception {
            get(open(400));
            wire.advance(100);

            broker.expect(ClientFrame.Ping.class);
        }

        @Test
        void silentBrokerIsLost() throws Exception {
            get(open(0));
            CompletableFuture<Void> committed = link.commit(1);
            broker.expect(ClientFrame.Commit.class);
            wire.advance(OWN_MS);
            assertTrue(losses.isEmpty());
            wire.advance(OWN_MS);

            assertCode(ErrorCode.HEARTBEAT_TIMEOUT, next(losses));
            assertFails(ErrorCode.CONNECTION_LOST, committed);
            for (int i = 0; i < 4; i++) {
                broker.expect(ClientFrame.Ping.class);
            }
            broker.expectEnd();
        }

        @Test
        void linkThatHasEndedLeavesNothingDue() throws Exception {
            get(open(0));
            assertEquals(1, wire.timedTasks());
            broker.hangUp();
            broker.expectEnd();
            next(losses);

            assertEquals(0, wire.timedTasks());
        }

        @Test
        void brokerThatDoesNotAnswerTheOpeningIsGivenUp() throws Exception {
            CompletableFuture<Link.Peer> opened = open(-1);
            wire.advance(999);
            assertFalse(opened.isDone());
            wire.advance(1);

            assertFails(ErrorCode.TIMEOUT, opened);
            broker.expectEnd();
        }
    }
}
