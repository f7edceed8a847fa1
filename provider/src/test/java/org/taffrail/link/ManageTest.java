// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.FrameLayout;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Management requests on a link, to brokers that understand them and to others. */
class ManageTest {
    private static final Fields FIELDS = new Fields.Builder().put("kind", "queue").build();

    private final ScriptedBroker broker = new ScriptedBroker();
    private final BlockingQueue<Throwable> losses = new LinkedBlockingQueue<>();
    private FrameLink link;

    private void open(long features) throws Exception {
        MemoryWire wire = new MemoryWire(broker, 1 << 20);
        ConnectionOptions options =
                ConnectionOptions.defaults().with(ConnectionOptions.CLOSE_TIMEOUT_MS, 300);
        link = new FrameLink(wire, options, true, losses::add, Continuity.single(), wire::nowNs);
        CompletableFuture<Link.Peer> opened = link.open();
        assertEquals(FrameLayout.MANAGEMENT | FrameLayout.XA, broker.welcome(features).features());
        get(opened);
    }

    @AfterEach
    void close() {
        link.close();
    }

    @Test
    void isAnsweredWithRows() throws Exception {
        open(FrameLayout.MANAGEMENT);
        CompletableFuture<BrokerFrame.Managed> answer = link.manage(7, FIELDS);

        ClientFrame.Manage asked = broker.expect(ClientFrame.Manage.class);
        assertEquals(7, asked.operation());
        assertEquals(FIELDS, asked.fields());
        BrokerFrame.Managed told =
                new BrokerFrame.Managed(asked.requestId(), List.of(FIELDS), "more");
        broker.tell(told);

        assertEquals(told, get(answer));
    }

    @Test
    void isRefusedWithTheBrokersWords() throws Exception {
        open(FrameLayout.MANAGEMENT);
        CompletableFuture<BrokerFrame.Managed> answer = link.manage(7, FIELDS);

        int request = broker.expect(ClientFrame.Manage.class).requestId();
        broker.tell(new BrokerFrame.Failed(request, ErrorCode.NOT_PERMITTED, "not you"));

        assertEquals("not you", assertFails(ErrorCode.NOT_PERMITTED, answer).getMessage());
    }

    @Test
    void anOlderBrokerIsNamedAndNeverAsked() throws Exception {
        open(0);

        WireException refused = assertFails(ErrorCode.NOT_SUPPORTED, link.manage(7, FIELDS));

        assertTrue(refused.getMessage().contains("too old"), refused.getMessage());
        assertTrue(refused.getMessage().contains("scripted"), refused.getMessage());
        link.unsubscribe("next");
        broker.expect(ClientFrame.Unsubscribe.class);
    }

    @Test
    void failsWithTheLink() throws Exception {
        open(FrameLayout.MANAGEMENT);
        CompletableFuture<BrokerFrame.Managed> answer = link.manage(7, FIELDS);
        broker.expect(ClientFrame.Manage.class);

        broker.tell(new BrokerFrame.Closing(ErrorCode.STOPPING, "bye"));

        assertFails(ErrorCode.CONNECTION_LOST, answer);
        assertFails(ErrorCode.CONNECTION_LOST, link.manage(7, FIELDS));
    }
}
