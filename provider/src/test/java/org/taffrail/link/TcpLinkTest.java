// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertFails;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The contract over real sockets. */
class TcpLinkTest {
    @Nested
    class OverTcp extends FrameLinkContract {
        private final List<TcpWire> wires = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();

        @Override
        Link makeLink(ConnectionOptions options) throws Exception {
            TcpWire wire = new TcpWire(broker);
            wires.add(wire);
            Link link = Links.make(ConnectionUrl.parse(wire.url()).with(options), losses::add);
            links.add(link);
            return link;
        }

        @Override
        void dispose() throws Exception {
            for (TcpWire wire : wires) {
                wire.close();
            }
            links.forEach(Link::close);
        }
    }

    @Test
    void refusedConnectionNamesTheBroker() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Link link = Links.make(ConnectionUrl.parse("taffrail://127.0.0.1:" + port), cause -> {});
        WireException e = assertFails(ErrorCode.CONNECTION_LOST, link.open());

        assertTrue(e.getMessage().contains("taffrail://127.0.0.1:" + port), e.getMessage());
        link.close();
    }

    @Test
    void unknownHostNamesTheBroker() {
        Link link = Links.make(ConnectionUrl.parse("taffrail://no.such.host.invalid"), cause -> {});
        WireException e = assertFails(ErrorCode.CONNECTION_LOST, link.open());

        assertTrue(e.getMessage().contains("no.such.host.invalid"), e.getMessage());
    }

    @Test
    void threadsEndWithTheLastLink() throws Exception {
        ScriptedBroker broker = new ScriptedBroker();
        try (TcpWire wire = new TcpWire(broker)) {
            Link link = Links.make(ConnectionUrl.parse(wire.url()), cause -> {});
            var opened = link.open();
            broker.welcome();
            LinkHarness.get(opened);
            assertTrue(linkThreads().stream().allMatch(Thread::isDaemon));
            assertFalse(linkThreads().isEmpty());
            broker.hangUp();
            link.close();
        }

        Awaitility.await().until(() -> linkThreads().isEmpty());
    }

    private static List<Thread> linkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("taffrail-link"))
                .toList();
    }
}
